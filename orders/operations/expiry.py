"""Orders nobody paid for in time give their units back."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from django.db import transaction
from django.utils import timezone

from deals.operations import give_back
from orders.models import CAME_TO_NOTHING, Order
from orders.operations.promises import promised_to
from orders.operations.stock import move_units, units_held_by
from orders.outbox import Topic, tell
from orders.transitions import State


def expire_unpaid(limit: int) -> int:
    """Release what is overdue, `limit` orders in one transaction, until none is left; returns how many."""
    total = 0
    while expired := _expire_some(limit):
        total += expired
    return total


@transaction.atomic
def _expire_some(limit: int) -> int:
    """Orders that another worker or a payment holds are left to it."""
    now = timezone.now()
    waiting = Order.objects.filter(state=State.PENDING).select_for_update(
        skip_locked=True, no_key=True, of=("self",)
    )
    orders = list(waiting.filter(pay_by__lte=now).order_by("pay_by", "pk")[:limit])
    if not orders:
        # Whose parcel nobody pays for: its fee was the other order's.
        orders = list(waiting.filter(rides_on__state__in=CAME_TO_NOTHING).order_by("pk")[:limit])
    if not orders:
        return 0
    ids = [order.pk for order in orders]
    Order.objects.filter(pk__in=ids).update(state=State.EXPIRED, closed_at=now)
    tell(Topic.EXPIRED, ids)
    for of_shop in by_shop(orders):
        give_back(promised_to(of_shop))
        move_units(units_held_by(of_shop), source="reserved", target="home")
    return len(orders)


def by_shop(orders: Iterable[Order]) -> list[list[Order]]:
    """Shop after shop in the order of their numbers: so everybody works who moves units of several shops.

    Within a shop deals come before stock, and stock goes by variant. Nobody waits in a circle then.
    """
    in_turn = sorted(orders, key=lambda order: (order.shop_id, order.pk))
    return [list(of_shop) for _, of_shop in groupby(in_turn, key=lambda order: order.shop_id)]
