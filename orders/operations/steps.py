"""One step of one order, under its lock: what all steps have in common."""

from __future__ import annotations

from datetime import datetime

from orders.models import Order
from orders.operations.refusals import NotPossible
from orders.outbox import Topic, tell
from orders.transitions import STEPS, Event, State, allows

# Which moment a state sets, and what is told about it.
MOMENTS: dict[str, str] = {
    State.CONFIRMED: "paid_at",
    State.PACKED: "packed_at",
    State.SHIPPED: "shipped_at",
    State.RECEIVED: "received_at",
    State.CANCELLED: "closed_at",
    State.EXPIRED: "closed_at",
    State.REFUNDED: "closed_at",
}


def lock(order_id: int) -> Order:
    """The order as it is now, locked before any stock row."""
    return Order.objects.select_for_update(no_key=True).get(pk=order_id)


def refuse_unless_allowed(order: Order, event: Event) -> None:
    if not allows(order.state, event):
        raise NotPossible(order, event)


def advance(order: Order, event: Event, state: Order.State, *, at: datetime, **facts: str) -> None:
    """Write the new state with its moment and the facts that belong to it, and tell of it."""
    if state not in STEPS[State(order.state), event]:
        raise NotPossible(order, event)
    moments = _moments(order, state, at)
    written = {"state": state, **moments, **facts}
    for name, value in written.items():
        setattr(order, name, value)
    order.save(update_fields=written)
    tell(Topic(state.value), [order.pk])


def _moments(order: Order, state: Order.State, at: datetime) -> dict[str, datetime]:
    """What is paid at the door is not paid when it is confirmed."""
    if state not in MOMENTS or (state == State.CONFIRMED and order.is_cod):
        return {}
    return {MOMENTS[state]: at}
