"""The courier that the buyer chose is called, and called off."""

from __future__ import annotations

from orders.models import Order
from orders.operations.fulfilment import leave_dead_box, others_in
from orders.operations.refusals import AlreadyWithCourier, NotPossible
from orders.transitions import Event, State
from shipping import operations as shipping
from shipping.couriers import Item
from shipping.models import Parcel


def call_courier(order: Order) -> Order:
    """Have the courier of the buyer's choice come for the packed parcel. Its number is then the order's.

    Raises NotPossible, and what `shipping.operations.book_courier` raises. Never inside a transaction.
    """
    if order.state != State.PACKED or order.parcel is None:
        raise NotPossible(order, Event.SHIP)
    leave_dead_box(order)
    inside = [order, *others_in(order.parcel, order)]
    parcel = shipping.book_courier(
        order.parcel,
        items=[item for each in inside for item in _items(each)],
        cash_on_delivery=sum(each.due_at_door for each in inside),
    )
    _write_number(parcel, parcel.waybill)
    order.refresh_from_db()
    return order


def call_off_courier(order: Order) -> Order:
    """Whoever was to come for the packed parcel does not come. Again changes nothing.

    A call whose answer was lost is asked for again first: what may be booked must be known to be called off.
    Raises NotPossible, AlreadyWithCourier, and what `shipping.operations.book_courier` raises. Never inside a
    transaction.
    """
    if order.state != State.PACKED or order.parcel is None:
        raise NotPossible(order, Event.CANCEL)
    if order.parcel.is_unanswered:
        call_courier(order)
    if not shipping.is_awaited(order.parcel):
        return order
    try:
        shipping.call_off(order.parcel)
    except shipping.CannotBeCalledOff as refusal:
        raise AlreadyWithCourier(order, Event.CANCEL) from refusal
    _write_number(order.parcel, "")
    order.refresh_from_db()
    return order


def _write_number(parcel: Parcel, waybill: str) -> None:
    inside = Order.objects.filter(parcel=parcel, state=State.PACKED)
    inside.update(courier=parcel.courier, waybill=waybill)


def _items(order: Order) -> list[Item]:
    lines = order.lines.select_related("variant__product")
    return [
        Item(
            name=str(line)[:100],
            quantity=line.quantity,
            grams=line.variant.grams,
            value=line.price,
            length=line.variant.length or 0,
            width=line.variant.width or 0,
            height=line.variant.height or 0,
        )
        for line in lines
    ]
