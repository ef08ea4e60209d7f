"""What an order's page says of returns, and the moment of buying."""

from __future__ import annotations

from typing import Any

from django import template

from kit import moments
from orders.models import Order
from returns.models import Evidence, Return
from returns.queries import moment_of, offer, returns_of_order

register = template.Library()


@register.simple_tag
def shown_by(request: Return, party: str) -> list[Evidence]:
    """The photos of one side."""
    return [photo for photo in request.evidence.all() if photo.party == party]


@register.filter
def ms_stopwatch(milliseconds: int) -> str:
    return moments.stopwatch(milliseconds // 1000)


@register.inclusion_tag("returns/_of_order.html")
def returns_of(order: Order) -> dict[str, Any]:
    """For the buyer."""
    if order.state != Order.State.RECEIVED:
        return {"order": order, "moment": moment_of(order)}
    return {
        "order": order,
        "returns": returns_of_order(order),
        "offer": offer(order),
        "moment": moment_of(order),
    }


@register.inclusion_tag("returns/_of_order.html")
def returns_at_desk(order: Order) -> dict[str, Any]:
    """For the shop."""
    asked = returns_of_order(order) if order.state == Order.State.RECEIVED else []
    return {"order": order, "returns": asked}
