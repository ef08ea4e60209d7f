"""Which shops are settled early."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Count, Min, Q

from orders.models import Order
from payouts.models import Speed

LOOKS_BACK = timedelta(days=90)
KNOWN_FOR = timedelta(days=30)
LEAST_ORDERS = 20
MOST_LOST_PERCENT = 3  # of the orders that were certain

State = Order.State


def speed_of(shop_id: int, at: datetime) -> Speed:
    """Express for who has sold for a month and let hardly anybody down; decided when an order is certain."""
    orders = Order.objects.filter(shop_id=shop_id, placed_at__gt=at - LOOKS_BACK, placed_at__lte=at)
    seen = orders.aggregate(
        first=Min("received_at"),
        received=Count("pk", filter=Q(state=State.RECEIVED)),
        lost=Count("pk", filter=Q(state__in=(State.REFUND_DUE, State.REFUNDED))),
    )
    if seen["received"] < LEAST_ORDERS or seen["first"] is None or seen["first"] > at - KNOWN_FOR:
        return Speed.STANDARD
    is_reliable = seen["lost"] * 100 <= MOST_LOST_PERCENT * (seen["received"] + seen["lost"])
    return Speed.EXPRESS if is_reliable else Speed.STANDARD
