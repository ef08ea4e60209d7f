"""Asking for money: the wish is recorded and committed before the gateway hears of it."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from affiliates import operations as affiliates
from orders.models import Order
from payments.gateway import RANKS, ChargeWish, GatewayAnswer, GatewayProblem, GatewayRefused
from payments.midtrans import MidtransGateway
from payments.models import Charge
from payments.operations.books import post_payment

MARGIN_SECONDS = 60  # the gateway stops taking money before the units go back on the stall


class NotPayable(GatewayProblem):
    """The order does not wait for money, or is paid at the door."""


def open_charge(order: Order) -> Charge:
    """The order's charge, opened at the gateway unless it already is.

    Safe to repeat: a charge whose answer was lost is found again under the order's number.
    """
    charge = Charge.objects.filter(order=order).first()
    if charge is None:
        charge = _record_wish(order)
    if charge.state != Charge.State.WANTED:
        return charge
    if order.state != Order.State.PENDING:
        raise NotPayable
    try:
        answer = MidtransGateway().charge(_wish(order))
    except GatewayRefused as refusal:
        _record_refusal(charge, refusal)
        raise
    return _record_answer(charge, answer)


def _record_wish(order: Order) -> Charge:
    if order.is_cod or order.state != Order.State.PENDING:
        raise NotPayable
    wish = {"method": order.method, "amount": order.total}
    return Charge.objects.get_or_create(order=order, defaults=wish)[0]


def _wish(order: Order) -> ChargeWish:
    assert order.pay_by is not None
    whole = int((order.pay_by - order.placed_at).total_seconds())
    return ChargeWish(
        order_number=order.number,
        amount=order.total,
        method=order.method,
        ordered_at=order.placed_at,
        lives_seconds=max(whole - MARGIN_SECONDS, whole // 2),
        notice_url=settings.SITE_URL + reverse("midtrans_notice"),
    )


@transaction.atomic
def _record_answer(charge: Charge, answer: GatewayAnswer) -> Charge:
    """Keep what the buyer needs to pay. A notice that was faster has the last word on the state."""
    locked = Charge.objects.select_for_update(no_key=True).get(pk=charge.pk)
    locked.transaction_id = answer.transaction_id or locked.transaction_id
    locked.qr_string = answer.qr_string or locked.qr_string
    locked.va_number = answer.va_number or locked.va_number
    locked.expires_at = answer.expires_at or locked.expires_at
    if locked.state == Charge.State.WANTED:
        locked.state, locked.rank = Charge.State.PENDING, RANKS["pending"]
    locked.save()
    return locked


def _record_refusal(charge: Charge, refusal: GatewayRefused) -> None:
    Charge.objects.filter(pk=charge.pk, state=Charge.State.WANTED).update(
        state=Charge.State.FAILED, failure=f"{refusal.code} {refusal.reason}"[:200]
    )


@transaction.atomic
def record_cod_payment(order: Order) -> Charge:
    """The courier took the cash at the door: from here on the order is paid like any other."""
    now = timezone.now()
    paid = {
        "method": order.method,
        "amount": order.total,
        "state": Charge.State.PAID,
        "rank": RANKS["settlement"],
        "paid_at": now,
    }
    charge, is_new = Charge.objects.get_or_create(order=order, defaults=paid)
    if is_new:
        Order.objects.filter(pk=order.pk).update(paid_at=now)
        post_payment(order)
        affiliates.reserve_commission(order)
    return charge
