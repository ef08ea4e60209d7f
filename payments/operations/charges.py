"""Asking for money: the wish is recorded and committed before the gateway hears of it."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from orders.models import Order
from payments.gateway import RANKS, ChargeWish, GatewayAnswer, GatewayProblem, GatewayRefused
from payments.methods import gateway_of, is_by_gateway
from payments.models import Charge, ChargePart, Purpose
from payments.models.charges import new_reference
from payments.queries import deposit_of, part_of

MARGIN_SECONDS = 60  # the gateway stops taking money before the units go back on the stall
DEPOSIT_METHOD = Order.Method.QRIS


class NotPayable(GatewayProblem):
    """The order does not wait for money, or is paid at the door."""


class FeeFirst(NotPayable):
    """The order that bears the fee of their parcel is to be paid before this one, or with it."""


def open_charge(order: Order) -> Charge:
    """The order's charge, opened at the gateway unless it already is.

    Safe to repeat: a charge whose answer was lost is found again under its reference.
    """
    part = part_of(order) or _record_wish(order)
    charge = part.charge
    if charge.state != Charge.State.WANTED:
        return charge
    if order.state != Order.State.PENDING:
        raise NotPayable
    try:
        answer = gateway_of(charge.method).charge(_wish(charge))
    except GatewayRefused as refusal:
        _record_refusal(charge, refusal)
        raise
    return _record_answer(charge, answer)


@transaction.atomic
def join_charge(orders: Sequence[Order]) -> Charge:
    """One payment for all these orders of one buyer, by one method of the gateway.

    Nothing is asked of the gateway yet; `open_charge` of any of them does it. Joined before, they stay so.
    From now on they all wait as long as the first of them: a payment is for all of them, or for none.
    """
    locked = _lock([order.pk for order in orders])
    joined = [part.charge for part in map(part_of, locked) if part]
    if joined:
        return joined[0]
    _refuse_odd_company(locked)
    charge = Charge.objects.create(
        reference=locked[0].number if len(locked) == 1 else new_reference(),
        method=locked[0].method,
        amount=sum(order.total for order in locked),
    )
    ChargePart.objects.bulk_create(
        ChargePart(charge=charge, order=order, amount=order.total) for order in locked
    )
    ends = min(order.pay_by for order in locked if order.pay_by)
    Order.objects.filter(pk__in=[order.pk for order in locked]).update(pay_by=ends)
    return charge


def _refuse_odd_company(orders: Sequence[Order]) -> None:
    kinds = {(order.buyer_id, order.method) for order in orders}
    is_waiting = all(order.state == Order.State.PENDING and not order.is_free for order in orders)
    if len(kinds) != 1 or not is_waiting or not is_by_gateway(orders[0].method):
        raise NotPayable
    together = {order.pk for order in orders}
    if any(order.waits_for_its_fee and order.rides_on_id not in together for order in orders):
        raise FeeFirst


@transaction.atomic
def _record_wish(order: Order) -> ChargePart:
    [locked] = _lock([order.pk])
    known = part_of(locked)
    if known:
        return known
    if locked.is_free or locked.state != Order.State.PENDING:
        raise NotPayable
    if locked.waits_for_its_fee:
        raise FeeFirst
    return _deposit_wish(locked) if locked.is_cod else _price_wish(locked)


def _price_wish(order: Order) -> ChargePart:
    is_first = not order.charge_parts.exists()
    charge = Charge.objects.create(
        reference=order.number if is_first else new_reference(), method=order.method, amount=order.total
    )
    return ChargePart.objects.create(charge=charge, order=order, amount=order.total)


def _deposit_wish(order: Order) -> ChargePart:
    amount = deposit_of(order)
    if not amount:
        raise NotPayable
    charge = Charge.objects.create(reference=f"{order.number}-D", method=DEPOSIT_METHOD, amount=amount)
    return ChargePart.objects.create(charge=charge, order=order, amount=amount, purpose=Purpose.DEPOSIT)


def _lock(order_ids: Sequence[int]) -> list[Order]:
    orders = Order.objects.select_for_update(no_key=True).filter(pk__in=order_ids)
    return list(orders.order_by("pk"))


def _wish(charge: Charge) -> ChargeWish:
    """A joint payment ends with the first of its orders."""
    orders = [part.order for part in charge.parts.select_related("order").order_by("pk")]
    ends = min(order.pay_by for order in orders if order.pay_by)
    begun = min(order.placed_at for order in orders)
    whole = int((ends - begun).total_seconds())
    return ChargeWish(
        reference=charge.reference,
        amount=charge.amount,
        method=charge.method,
        ordered_at=begun,
        lives_seconds=max(whole - MARGIN_SECONDS, whole // 2),
        notice_url=settings.SITE_URL + reverse("midtrans_notice"),
        return_url=settings.SITE_URL + reverse("payments:pay", args=[orders[0].number]),
        shop_id=orders[0].shop_id,
    )


@transaction.atomic
def _record_answer(charge: Charge, answer: GatewayAnswer) -> Charge:
    """Keep what the buyer needs to pay. A notice that was faster has the last word on the state."""
    locked = Charge.objects.select_for_update(no_key=True).get(pk=charge.pk)
    for name in ("transaction_id", "qr_string", "va_number", "pay_url", "unique_code", "expires_at"):
        setattr(locked, name, getattr(answer, name) or getattr(locked, name))
    if locked.state == Charge.State.WANTED:
        locked.state, locked.rank = Charge.State.PENDING, RANKS["pending"]
    locked.save()
    return locked


def _record_refusal(charge: Charge, refusal: GatewayRefused) -> None:
    Charge.objects.filter(pk=charge.pk, state=Charge.State.WANTED).update(
        state=Charge.State.FAILED, failure=f"{refusal.code} {refusal.reason}"[:200]
    )


@transaction.atomic
def record_door_cash(order: Order) -> ChargePart | None:
    """The courier took at the door what was not paid ahead; nothing, when all of it was."""
    now = timezone.now()
    paid = order.charge_parts.filter(charge__state=Charge.State.PAID).exclude(purpose=Purpose.DOOR)
    ahead = sum(part.amount for part in paid)
    if ahead >= order.total:
        return None
    charge, _ = Charge.objects.get_or_create(
        reference=f"{order.number}-C",
        defaults={
            "method": Order.Method.COD,
            "amount": order.total - ahead,
            "state": Charge.State.PAID,
            "rank": RANKS["settlement"],
            "paid_at": now,
        },
    )
    part, _ = ChargePart.objects.get_or_create(
        order=order, purpose=Purpose.DOOR, defaults={"charge": charge, "amount": charge.amount}
    )
    return part
