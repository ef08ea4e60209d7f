"""How long everybody has for their step of a return."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings

from orders.models import Order

ANSWER = timedelta(days=2)  # the shop; then its silence is a yes
SEND_BACK = timedelta(days=10)  # the buyer; then the return is over
CHECK = timedelta(days=5)  # the shop, after the parcel was sent back; then what came back counts as good
APPEAL = timedelta(days=3)  # the buyer, after a no
LAST_DAY = timedelta(days=1)


def asking_ends_at(order: Order) -> datetime | None:
    """Until when the buyer may ask; nothing before they have it.

    A day, or a seventh, less than the money waits: so nothing is settled that can still be sent back.
    """
    if order.received_at is None:
        return None
    window = timedelta(seconds=settings.RETURN_WINDOW_SECONDS)
    return order.received_at + window - min(LAST_DAY, window / 7)
