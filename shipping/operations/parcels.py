"""Parcels: made when a seller packs, given to a courier, known by their waybill."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from catalog.models import Shop
from shipping.couriers import Booking, CourierRefused, CourierUnavailable, Item, Place, biteship
from shipping.models import Parcel, Quote, Setup, Way
from shipping.states import State, known

CALLED_OFF = "Pesanan dibatalkan"  # read by the courier
BY_THE_SHOP = "shop_says_delivered"  # what stands in the place of a courier's word


class NotBookable(Exception):
    """No courier is known for it, or it was booked before."""


class CourierSaysNo(Exception):
    """The courier's reason stands in the parcel's `problem`."""


class OutcomeUnknown(Exception):
    """It may be booked or not: ask again, under the same reference."""


class CannotBeCalledOff(Exception):
    """The courier has it already."""


def open_parcel(*, shop: Shop, buyer: User, address: dict[str, Any], quote: Quote | None) -> Parcel:
    """By the way that the buyer chose; without a choice the seller hands it to whom they like."""
    way = quote.way if quote else Way.COURIER
    courier, service = (quote.courier, quote.service) if quote else ("", "")
    return Parcel.objects.create(
        shop=shop, buyer=buyer, address=address, way=way, courier=courier, service=service
    )


def write_waybill(parcel: Parcel, *, courier: str, waybill: str) -> None:
    """The seller brought it to a counter; of a courier that nobody tells us about."""
    Parcel.objects.filter(pk=parcel.pk).update(courier=courier, waybill=waybill, state=State.ON_THE_WAY)


def note_delivery(parcel: Parcel) -> None:
    """The shop says that its buyer has it; of a parcel that no courier tells us about."""
    now = timezone.now()
    Parcel.objects.filter(pk=parcel.pk).update(state=State.DELIVERED, delivered_at=now, told_at=now)
    parcel.events.create(word=BY_THE_SHOP, state=State.DELIVERED, at=now)
    parcel.refresh_from_db()


def book_courier(parcel: Parcel, *, items: Sequence[Item], cash_on_delivery: int) -> Parcel:
    """Have the courier come for it. The wish is recorded, then asked for, then the answer recorded.

    Its reference makes a second call for the same parcel the same booking.
    """
    origin = _origin(_want(parcel).shop_id)
    try:
        booking = biteship.Biteship().book(
            reference=f"parcel-{parcel.pk}",
            origin=origin,
            destination=_destination(parcel.address),
            courier=parcel.courier,
            service=parcel.service,
            items=items,
            cash_on_delivery=cash_on_delivery,
        )
    except CourierRefused as refusal:
        Parcel.objects.filter(pk=parcel.pk).update(problem=str(refusal)[:200])
        raise CourierSaysNo(str(refusal)) from refusal
    except CourierUnavailable as problem:
        raise OutcomeUnknown from problem
    return _keep(parcel.pk, booking)


def is_awaited(parcel: Parcel) -> bool:
    """Whether a courier was booked and has not fetched it yet."""
    return parcel.is_followed and parcel.state == State.WAITING


def is_called_off(parcel: Parcel) -> bool:
    """Whether a courier was booked and will not come: the booking is over, and this box with it."""
    return parcel.is_followed and parcel.state == State.FAILED


def call_off(parcel: Parcel) -> None:
    """The booked courier does not come any more.

    Raises CannotBeCalledOff, OutcomeUnknown. Again, or after a lost answer, is the same as once.
    """
    try:
        biteship.Biteship().cancel(parcel.aggregator_id, reason=CALLED_OFF)
    except CourierRefused as refusal:
        raise CannotBeCalledOff(str(refusal)) from refusal
    except CourierUnavailable as problem:
        raise OutcomeUnknown from problem
    Parcel.objects.filter(pk=parcel.pk, state=State.WAITING).update(state=State.FAILED)
    parcel.refresh_from_db()


def open_again(parcel: Parcel) -> Parcel:
    """A box for the same way to the same door, that nobody was called for."""
    names = ("shop", "buyer", "address", "way", "courier", "service")
    return Parcel.objects.create(**{name: getattr(parcel, name) for name in names})


@transaction.atomic
def _want(parcel: Parcel) -> Parcel:
    locked = Parcel.objects.select_for_update(no_key=True).get(pk=parcel.pk)
    if locked.way != Way.COURIER or not locked.service or locked.aggregator_id:
        raise NotBookable
    locked.wanted_at, locked.problem = timezone.now(), ""
    locked.save(update_fields=["wanted_at", "problem"])
    return locked


@transaction.atomic
def _keep(parcel_id: int, booking: Booking) -> Parcel:
    locked = Parcel.objects.select_for_update(no_key=True).get(pk=parcel_id)
    locked.aggregator_id, locked.waybill = booking.aggregator_id, booking.waybill[:40]
    locked.state = known(booking.status) or locked.state
    locked.save(update_fields=["aggregator_id", "waybill", "state"])
    return locked


def _origin(shop_id: int) -> Place:
    setup = Setup.objects.filter(shop=shop_id).exclude(couriers=[]).first()
    if setup is None:
        raise NotBookable
    return Place(setup.contact, setup.phone, setup.street, setup.postal_code)


def _destination(address: dict[str, Any]) -> Place:
    parts = (address["street"], address["village"], address["district"], address["regency"])
    return Place(
        contact=address["recipient"],
        phone=address["phone"],
        street=", ".join(filter(None, parts)),
        postal_code=address["postal_code"],
        note=address.get("landmark", ""),
    )
