"""Calling an order off before it is shipped, and giving money back."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from audit.models import Act
from audit.operations import record
from deals.operations import give_back
from orders.models import Order
from orders.operations.promises import promised_to
from orders.operations.refusals import CarriesOthers, NotPossible
from orders.operations.steps import advance, lock, refuse_unless_allowed
from orders.operations.stock import Counters, move_units, units_held_by, units_of
from orders.transitions import BUYER_MAY_CANCEL, Event, State


@transaction.atomic
def cancel_order(order: Order, reason: str, *, by_buyer: bool = False) -> Order:
    """Put the units back on the stall; what was already paid becomes a refund to make.

    Once it is packed only the seller can: the parcel may be on its way, its number not yet written down.
    """
    locked = lock(order.pk)
    refuse_unless_allowed(locked, Event.CANCEL)
    if by_buyer:
        _refuse_to_buyer(locked)
    held: Counters = "reserved" if locked.state == State.PENDING else "sold"
    if not by_buyer:
        before, after = {"keadaan": locked.state}, {"alasan": reason, "total": locked.total}
        record(Act.CANCEL, about=locked.number, shop_id=locked.shop_id, before=before, after=after)
    paid = held == "sold" and not (locked.is_cod or locked.is_free)
    advance(
        locked,
        Event.CANCEL,
        State.REFUND_DUE if paid else State.CANCELLED,
        at=timezone.now(),
        cancel_reason=reason,
    )
    give_back(promised_to([locked]))
    units = units_held_by([locked]) if held == "reserved" else units_of([locked])
    move_units(units, source=held, target="home")
    return locked


def _refuse_to_buyer(order: Order) -> None:
    """Its fee is also that of the paid orders in its parcel, so it goes last."""
    if order.state not in BUYER_MAY_CANCEL:
        raise NotPossible(order, Event.CANCEL)
    riders = Order.objects.filter(rides_on=order).order_by("pk").select_for_update(no_key=True)
    if any(state in (State.CONFIRMED, State.PACKED) for state in riders.values_list("state", flat=True)):
        raise CarriesOthers(order, Event.CANCEL)


@transaction.atomic
def record_refund(order: Order) -> Order:
    """The money is back with the buyer."""
    locked = lock(order.pk)
    refuse_unless_allowed(locked, Event.REFUND)
    advance(locked, Event.REFUND, State.REFUNDED, at=timezone.now())
    return locked
