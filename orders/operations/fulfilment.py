"""From the stall to the buyer's door."""

from __future__ import annotations

import contextlib

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from audit.models import Act
from audit.operations import record
from deals.operations import give_back
from orders import queries
from orders.models import Order
from orders.operations.payment import note_list_prices
from orders.operations.promises import promised_to
from orders.operations.refusals import NotPossible
from orders.operations.steps import advance, lock
from orders.operations.steps import refuse_unless_allowed as refuse
from orders.operations.stock import move_units, units_of, write_off
from orders.transitions import Event, State
from shipping import operations as shipping
from shipping.models import Parcel
from shipping.states import State as Station

GIVEN_UP = (Station.LOST, Station.RETURNED)


@transaction.atomic
def pack_order(order: Order) -> Order:
    """Into a box of its own, or into the one of an order of the same show that has not left yet."""
    packed = _step(order, Event.PACK, State.PACKED)
    packed.parcel = _box_of(packed)
    packed.save(update_fields=["parcel"])
    return packed


@transaction.atomic
def ship_order(order: Order, *, courier: str, waybill: str) -> Order:
    """The parcel is with the courier, under this waybill number, and with it all that is packed in it."""
    leave_dead_box(order)
    if order.parcel and shipping.is_awaited(order.parcel) and waybill != order.parcel.waybill:
        raise NotPossible(order, Event.SHIP)  # a courier comes for it under another number
    shipped = _step(order, Event.SHIP, State.SHIPPED, courier=courier, waybill=waybill)
    if shipped.parcel:
        shipping.write_waybill(shipped.parcel, courier=courier, waybill=waybill)
        for beside in others_in(shipped.parcel, shipped):
            _step(beside, Event.SHIP, State.SHIPPED, courier=courier, waybill=waybill)
    return shipped


@transaction.atomic
def receive_order(order: Order) -> Order:
    """The buyer has it, or did not object in time. Cash that the courier did not take yet is not there."""
    locked = lock(order.pk)
    if locked.is_before_the_door:
        raise NotPossible(locked, Event.RECEIVE)
    received = _step(order, Event.RECEIVE, State.RECEIVED)
    if received.is_cod:  # paid at the door
        note_list_prices(received)
    return received


@transaction.atomic
def record_cash(order: Order) -> Order:
    """Where no courier tells: the cash for all that lies in the box was taken, so its buyer has it.

    From now on it cannot be refused; its buyer, or time, says that it was received. Again changes nothing.
    """
    lock_box(order)
    locked = lock(order.pk)
    if locked.state == State.SHIPPED and locked.is_cod and locked.parcel and locked.parcel.delivered_at:
        return locked
    if not locked.waits_for_the_shops_word or locked.parcel is None:
        raise NotPossible(locked, Event.RECEIVE)
    shipping.note_delivery(locked.parcel)
    return locked


@transaction.atomic
def refuse_parcel(order: Order, *, reason: str) -> Order:
    """Whoever had ordered it would not pay at the door: the units come home."""
    lock_box(order)
    locked = lock(order.pk)
    if not locked.is_cod or not locked.is_before_the_door:
        raise NotPossible(locked, Event.REFUSE)
    refuse(locked, Event.REFUSE)
    record(Act.REFUSED_PARCEL, about=locked.number, shop_id=locked.shop_id, after={"total": locked.total})
    give_back(promised_to([locked]))
    move_units(units_of([locked]), source="sold", target="home")
    advance(locked, Event.REFUSE, State.CANCELLED, at=timezone.now(), cancel_reason=reason)
    return locked


@transaction.atomic
def give_up_parcel(order: Order, *, reason: str) -> Order:
    """It does not arrive any more: what was paid becomes a refund to make.

    What the courier brought back to the shop is sold again; what it lost is not there.
    """
    locked = lock(order.pk)
    refuse(locked, Event.LOSE)
    parcel, units = locked.parcel, units_of([locked])
    if parcel is None or parcel.state not in GIVEN_UP:
        raise NotPossible(locked, Event.LOSE)
    give_back(promised_to([locked]))
    if parcel.state == Station.RETURNED:
        move_units(units, source="sold", target="home")
    else:
        write_off(units)
    is_paid = not (locked.is_cod or locked.is_free)
    state = State.REFUND_DUE if is_paid else State.CANCELLED
    advance(locked, Event.LOSE, state, at=timezone.now(), cancel_reason=reason)
    return locked


def follow_parcels() -> int:
    """Ship what is packed here and with the courier there; how many."""
    count = 0
    for order in queries.handed_over_unnoticed().select_related("parcel"):
        facts = {"courier": order.parcel.courier, "waybill": order.parcel.waybill} if order.parcel else {}
        with contextlib.suppress(NotPossible), transaction.atomic():  # the seller was quicker
            _step(order, Event.SHIP, State.SHIPPED, **facts)
            count += 1
    return count


def _box_of(order: Order) -> Parcel:
    base = order.rides_on_id or order.pk
    family = Order.objects.filter(Q(pk=base) | Q(rides_on=base)).exclude(pk=order.pk)
    open_boxes = family.filter(state=State.PACKED, parcel__aggregator_id="").select_related("parcel")
    beside = open_boxes.order_by("pk").first()
    if beside and beside.parcel:
        return beside.parcel
    quote = order.quote or (order.rides_on.quote if order.rides_on else None)
    return shipping.open_parcel(shop=order.shop, buyer=order.buyer, address=order.address, quote=quote)


@transaction.atomic
def leave_dead_box(order: Order) -> None:
    """A call that came to nothing keeps its box and its number; what lies in it goes into another one."""
    lock_box(order)
    order.refresh_from_db()
    if order.parcel is None or not shipping.is_called_off(order.parcel):
        return
    fresh = shipping.open_again(order.parcel)
    Order.objects.filter(parcel=order.parcel, state=State.PACKED).update(parcel=fresh)
    order.refresh_from_db()


def lock_box(order: Order) -> None:
    """All that lies in one box in one order, so that two who ship it never wait for each other."""
    if order.parcel_id:
        inside = Order.objects.select_for_update(no_key=True).filter(parcel=order.parcel_id)
        list(inside.order_by("pk").values_list("pk"))


def others_in(parcel: Parcel, order: Order) -> list[Order]:
    inside = Order.objects.filter(parcel=parcel, state=State.PACKED).exclude(pk=order.pk)
    return list(inside.order_by("pk"))


def _step(order: Order, event: Event, state: Order.State, **facts: str) -> Order:
    locked = lock(order.pk)
    refuse(locked, event)
    advance(locked, event, state, at=timezone.now(), **facts)
    return locked
