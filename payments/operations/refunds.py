"""Giving money back: wished for, asked of the gateway, recorded when it says it is done."""

from __future__ import annotations

from datetime import timedelta

import structlog
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from orders import operations as orders
from orders.models import Order
from payments.gateway import RANKS, GatewayProblem, GatewayRefused
from payments.midtrans import MidtransGateway
from payments.models import Charge
from payments.operations.books import post_refund

AGAIN_AFTER = timedelta(minutes=5)
log = structlog.get_logger(__name__)


def give_back(order: Order) -> None:
    """After a cancellation: stop a payment that still waits, return one that came. Never raises.

    What cannot be done now is tried again; what the gateway cannot do at all waits for staff.
    """
    charge = Charge.objects.filter(order=order).first()
    if charge is None:
        return
    if charge.state in (Charge.State.WANTED, Charge.State.PENDING):
        _stop(order)
    elif charge.state == Charge.State.PAID:
        Charge.objects.filter(pk=charge.pk, refund_wanted_at__isnull=True).update(
            refund_wanted_at=timezone.now()
        )
        _refund(charge)


def _stop(order: Order) -> None:
    """Best effort: money that comes nevertheless is found to be due back."""
    try:
        MidtransGateway().cancel(order.number)
    except GatewayProblem as problem:
        log.warning("gateway_cancel_failed", order=order.number, problem=str(problem))


def retry_refunds(limit: int) -> int:
    """Ask again for refunds that are due and did not happen; returns how many did now."""
    before = timezone.now() - AGAIN_AFTER
    due = Charge.objects.filter(
        Q(asked_at__isnull=True) | Q(asked_at__lte=before),
        state=Charge.State.PAID,
        refund_wanted_at__isnull=False,
        failure="",
        order__state=Order.State.REFUND_DUE,
    )
    return sum(
        _refund(charge) for charge in due.select_related("order").order_by("refund_wanted_at", "pk")[:limit]
    )


def _refund(charge: Charge) -> bool:
    Charge.objects.filter(pk=charge.pk).update(asked_at=timezone.now())
    number = charge.order.number
    try:
        MidtransGateway().refund(number, amount=charge.amount, reason=charge.order.cancel_reason or "late")
    except GatewayRefused as refusal:  # virtual accounts and some banks' QRIS: staff pays it out by hand
        log.error("refund_needs_a_person", order=number, problem=str(refusal))
        Charge.objects.filter(pk=charge.pk).update(failure=f"{refusal.code} {refusal.reason}"[:200])
        return False
    except GatewayProblem as problem:
        log.warning("refund_failed_for_now", order=number, problem=str(problem))
        return False
    _record_refund(charge.order)
    return True


def record_manual_refund(order: Order) -> None:
    """Staff has paid the buyer back by bank transfer."""
    _record_refund(order)


@transaction.atomic
def _record_refund(order: Order) -> None:
    """Once, whether the gateway's notice or its answer came first."""
    locked = Order.objects.select_for_update(no_key=True).get(pk=order.pk)
    charge = Charge.objects.select_for_update(no_key=True).get(order=locked)
    if charge.state == Charge.State.REFUNDED:
        return
    charge.state, charge.rank, charge.failure = Charge.State.REFUNDED, RANKS["refund"], ""
    charge.save(update_fields=["state", "rank", "failure"])
    orders.record_refund(locked)
    post_refund(locked)
