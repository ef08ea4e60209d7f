"""Reads of orders."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db.models import Count, QuerySet
from django.utils import timezone

from accounts.models import User
from orders.models import Order

State = Order.State


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
