"""Reads of orders."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db import connection
from django.db.models import Count, QuerySet
from django.utils import timezone

from accounts.models import User
from orders.models import Order

State = Order.State
TERMS = """
    SELECT subtotal, discount, shipping_fee, total, prices, list_prices
    FROM orders_terms(%s, %s, %s::bigint[], %s::int[], %s)
"""


@dataclass(frozen=True)
class Quote:
    """What an order would cost now, in rupiah: by the function that places it."""

    subtotal: int
    discount: int
    shipping_fee: int
    total: int
    prices: list[int]  # in the order of the variants' ids
    list_prices: list[int]


def quote(buyer: User | None, *, shop_id: int, basket: Mapping[int, int]) -> Quote:
    """For a basket of variants on sale."""
    variants = sorted(basket)
    quantities = [basket[variant_id] for variant_id in variants]
    with connection.cursor() as cursor:
        cursor.execute(TERMS, [buyer.pk if buyer else None, shop_id, variants, quantities, timezone.now()])
        return Quote(*cursor.fetchone())


def orders_of_buyer(user: User) -> QuerySet[Order]:
    return _with_lines(Order.objects.of_buyer(user)).order_by("-placed_at", "-pk")


def orders_of_seller(user: User) -> QuerySet[Order]:
    return _with_lines(Order.objects.of_seller(user)).order_by("-placed_at", "-pk")


def _with_lines(orders: QuerySet[Order]) -> QuerySet[Order]:
    return orders.select_related("shop", "buyer", "session").prefetch_related("lines__variant__product")


def counts_by_state(user: User) -> dict[str, int]:
    """How many orders the seller has in each state."""
    rows = Order.objects.of_seller(user).order_by().values("state").annotate(count=Count("pk"))
    return {row["state"]: row["count"] for row in rows}


def deliveries_to_confirm() -> QuerySet[Order]:
    """Shipped so long ago that silence counts as receipt."""
    long_ago = timezone.now() - timedelta(seconds=settings.AUTO_RECEIVE_SECONDS)
    return Order.objects.filter(state=State.SHIPPED, shipped_at__lte=long_ago).order_by("shipped_at", "pk")
