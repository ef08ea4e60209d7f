"""The numbered log of a room. What has a number is in PostgreSQL before anyone sees it."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection, transaction
from django.db.models import QuerySet

from livestream.models import RoomCounter, RoomEvent


@transaction.atomic(savepoint=False)
def append(session_id: int, events: Sequence[RoomEvent]) -> int:
    """Store these events under the room's next numbers; returns the last one.

    The room's counter stays locked until the transaction ends, so that numbers appear in their order.
    """
    last = _take_numbers(session_id, len(events))
    for seq, event in enumerate(events, last - len(events) + 1):
        event.session_id, event.seq = session_id, seq
    RoomEvent.objects.bulk_create(events)
    return last


def events_after(session_id: int, *, last: int, until: int, limit: int) -> QuerySet[RoomEvent]:
    events = RoomEvent.objects.filter(session=session_id, seq__gt=last, seq__lte=until)
    return events.order_by("seq")[:limit]


def head_of(session_id: int) -> int:
    """The last number given out in the room; 0 when nothing has happened."""
    head = RoomCounter.objects.filter(session=session_id).values_list("head", flat=True).first()
    return head or 0


def _take_numbers(session_id: int, count: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO livestream_roomcounter AS counter (session_id, head) VALUES (%s, %s) "
            "ON CONFLICT (session_id) DO UPDATE SET head = counter.head + EXCLUDED.head RETURNING head",
            [session_id, count],
        )
        last: int = cursor.fetchone()[0]
    return last
