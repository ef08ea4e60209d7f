"""Work that follows a write: recorded in its transaction, done at least once afterwards.

Handlers are given by whoever stands above: this module knows the topics, not what they lead to.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum

import structlog
from django.db import transaction
from django.utils import timezone

from orders.models import OutboxEntry

CLAIM = 200
log = structlog.get_logger(__name__)


class Topic(StrEnum):
    PLACED = "placed"  # written by the SQL function
    CONFIRMED = "confirmed"  # paid, or COD accepted (then by the SQL function)
    PACKED = "packed"
    SHIPPED = "shipped"
    RECEIVED = "received"
    CANCELLED = "cancelled"
    EXPIRED = "expired"
    REFUND_DUE = "refund_due"
    REFUNDED = "refunded"


def tell(topic: Topic, order_ids: Iterable[int]) -> None:
    """Record that something happened to these orders, inside the transaction that makes it so."""
    OutboxEntry.objects.bulk_create(
        [OutboxEntry(topic=topic, order_id=order_id) for order_id in order_ids], ignore_conflicts=True
    )


def drain(handlers: Mapping[str, Callable[[int], None]]) -> int:
    """Hand every waiting entry to its topic's handler, with its order's id; returns how many were done.

    A handler may see an entry twice, never zero times. One that fails leaves its entry waiting and does
    not hold up the others. A topic without a handler interests nobody and is done with.
    """
    done = after = 0
    while entries := _drain_some(handlers, after):
        done += sum(entries.values())
        after = max(entries)
    return done


@transaction.atomic
def _drain_some(handlers: Mapping[str, Callable[[int], None]], after: int) -> dict[int, bool]:
    """Claim some entries that nobody else works on; tells of each whether it was done."""
    waiting = OutboxEntry.objects.filter(done_at__isnull=True, pk__gt=after).order_by("pk")
    claimed = list(waiting.select_for_update(skip_locked=True, no_key=True)[:CLAIM])
    outcome = {entry.pk: _was_handled(entry, handlers.get(entry.topic)) for entry in claimed}
    done = [pk for pk, is_done in outcome.items() if is_done]
    OutboxEntry.objects.filter(pk__in=done).update(done_at=timezone.now())
    return outcome


def _was_handled(entry: OutboxEntry, handler: Callable[[int], None] | None) -> bool:
    """One bad entry must not stop the others, nor undo what they wrote."""
    if handler is None:
        return True
    try:
        with transaction.atomic():
            handler(entry.order_id)
    except Exception:
        log.exception("outbox_entry_failed", topic=entry.topic, order=entry.order_id)
        return False
    return True
