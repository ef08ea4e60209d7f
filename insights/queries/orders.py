"""Which orders count as what. Every number of a live sale is made of these."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import F, Q, QuerySet

from livestream.models import LiveSession
from orders.models import Order, OrderLine

# Paid, or promised to the courier, and not called off.
KEPT = (Order.State.CONFIRMED, Order.State.PACKED, Order.State.SHIPPED, Order.State.RECEIVED)
# What the buyer owes for the goods, after every discount and without shipping.
GOODS = F("total") - F("shipping_fee")
LINE_GOODS = F("price") * F("quantity") - F("discount")


def orders_on_air(session: LiveSession) -> QuerySet[Order]:
    """Placed while the session was on air, whatever became of them."""
    return Order.objects.filter(_on_air(session))


def orders_off_air(session: LiveSession) -> QuerySet[Order]:
    """From the session's page before the show, and from its replay."""
    return Order.objects.filter(session=session).exclude(_on_air(session))


def lines_on_air(session: LiveSession) -> QuerySet[OrderLine]:
    return OrderLine.objects.filter(order__in=orders_on_air(session))


def kept(prefix: str = "") -> Q:
    return Q(**{f"{prefix}state__in": KEPT})


def placed_in_any(shows: Sequence[LiveSession]) -> Q:
    """Placed while one of these shows, which are over, was on air."""
    after, until = F("session__went_live_at"), F("session__ended_at")
    return Q(session__in=shows, placed_at__gte=after, placed_at__lte=until)


def _on_air(session: LiveSession) -> Q:
    during = Q(session=session, placed_at__gte=session.went_live_at) if session.went_live_at else Q(pk__in=[])
    return during & Q(placed_at__lte=session.ended_at) if session.ended_at else during
