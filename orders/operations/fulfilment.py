"""From the stall to the buyer's door."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from orders.models import Order
from orders.operations.payment import note_list_prices
from orders.operations.steps import advance, lock
from orders.operations.steps import refuse_unless_allowed as refuse
from orders.transitions import Event, State


@transaction.atomic
def pack_order(order: Order) -> Order:
    return _step(order, Event.PACK, State.PACKED)


@transaction.atomic
def ship_order(order: Order, *, courier: str, waybill: str) -> Order:
    """The parcel is with the courier, under this waybill number."""
    return _step(order, Event.SHIP, State.SHIPPED, courier=courier, waybill=waybill)


@transaction.atomic
def receive_order(order: Order) -> Order:
    """The buyer has it, or did not object in time."""
    received = _step(order, Event.RECEIVE, State.RECEIVED)
    if received.is_cod:  # paid at the door
        note_list_prices(received)
    return received


def _step(order: Order, event: Event, state: Order.State, **facts: str) -> Order:
    locked = lock(order.pk)
    refuse(locked, event)
    advance(locked, event, state, at=timezone.now(), **facts)
    return locked
