"""Settlement: matured commission moves from the shops' reserves to the affiliates."""

from __future__ import annotations

from datetime import datetime

from django.db import connection

from affiliates.models import SettlementBatch

MOST_IN_A_BATCH = 200_000
BUSY = -1


def settle(cut: datetime, *, at_most: int = MOST_IN_A_BATCH) -> SettlementBatch | None:
    """Post what is due up to `cut` and not posted yet; nothing when there is none, or a run is under way.

    Safe however often, by however many and wherever it is killed: the database function compares what
    is due with what was posted, in one transaction.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT affiliates_settle(%s, %s)", [cut, at_most])
        (batch_id,) = cursor.fetchone()
    if batch_id is None or batch_id == BUSY:
        return None
    return SettlementBatch.objects.get(pk=batch_id)


def settle_all(cut: datetime) -> int:
    """Settle batch after batch; how many postings were made."""
    count = 0
    while batch := settle(cut):
        count += batch.count
    return count
