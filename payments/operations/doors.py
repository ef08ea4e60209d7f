"""Parcels to be paid at the door: what the buyer confirms, and how it ends there."""

from __future__ import annotations

from django.db import transaction

from affiliates import operations as affiliates
from orders import operations as orders
from orders.models import Order
from payments.models import Charge, DoorStory
from payments.operations.books import post_kept_deposit, post_payment
from payments.operations.charges import FeeFirst, record_door_cash
from payments.queries import deposit_of, deposit_part

REFUSED_AT_THE_DOOR = "Ditolak di tempat"


class DepositFirst(Exception):
    """This buyer has to pay the parcel's way before it is sent."""


def confirm_cod(order: Order) -> bool:
    """The buyer stands by the parcel. False when it was confirmed before.

    Raises FeeFirst, DepositFirst, and NotPossible when the time is over.
    """
    if order.waits_for_its_fee:
        raise FeeFirst
    if order.state == Order.State.PENDING and (deposit_part(order) or deposit_of(order)):
        raise DepositFirst
    return orders.confirm_cod(order.pk)


@transaction.atomic
def record_cod_payment(order: Order) -> None:
    """The courier took the cash at the door: from here on the order is paid like any other."""
    if DoorStory.objects.filter(order=order).exists():
        return
    DoorStory.objects.create(order=order, buyer_id=order.buyer_id, was_accepted=True)
    part = record_door_cash(order)
    if part is not None:
        post_payment(part)
        Order.objects.filter(pk=order.pk).update(paid_at=part.charge.paid_at)
    affiliates.reserve_commission(order)


@transaction.atomic
def record_door_refusal(order: Order) -> None:
    """Nobody paid at the door: the deposit is the shop's, and the buyer's ladder goes down."""
    _, is_new = DoorStory.objects.get_or_create(
        order=order, defaults={"buyer_id": order.buyer_id, "was_accepted": False}
    )
    part = deposit_part(order)
    if is_new and part and part.charge.state == Charge.State.PAID and not part.returned:
        part.returned = part.amount  # no refund may touch it any more
        part.save(update_fields=["returned"])
        post_kept_deposit(part)
