"""Acting on the gateway's word about a payment, exactly once."""

from __future__ import annotations

from datetime import timedelta

import structlog
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from affiliates import operations as affiliates
from orders import operations as orders
from orders.models import Order
from payments.gateway import CURRENCY, RANKS, GatewayAnswer, GatewayProblem
from payments.midtrans import MidtransGateway
from payments.models import Charge, GatewayNotice
from payments.operations.books import post_payment, post_refund

PATIENCE = timedelta(minutes=2)
Verdict = GatewayNotice.Verdict
log = structlog.get_logger(__name__)

CLOSED_BY: dict[str, Charge.State] = {
    "deny": Charge.State.FAILED,
    "failure": Charge.State.FAILED,
    "cancel": Charge.State.FAILED,
    "expire": Charge.State.EXPIRED,
}


@transaction.atomic
def apply_answer(answer: GatewayAnswer) -> GatewayNotice.Verdict:
    """Bring charge, order, books and commission in line with the gateway, or change nothing.

    Money for an expired order takes the units again or becomes a refund to make: orders decides.
    """
    order = Order.objects.select_for_update(no_key=True).filter(number=answer.order_number).first()
    charge = Charge.objects.select_for_update(no_key=True).filter(order=order).first() if order else None
    if order is None or charge is None:
        return Verdict.UNKNOWN_ORDER
    if (answer.amount, answer.currency) != (charge.amount, CURRENCY):
        log.error("payment_amount_differs", order=order.number, ours=charge.amount, theirs=answer.amount)
        return Verdict.WRONG_AMOUNT
    if answer.rank <= charge.rank:
        return Verdict.STALE
    charge.rank = answer.rank
    charge.transaction_id = charge.transaction_id or answer.transaction_id
    _act(order, charge, answer)
    charge.save()
    return Verdict.APPLIED


def _act(order: Order, charge: Charge, answer: GatewayAnswer) -> None:
    if answer.is_paid:
        _settle(order, charge)
    elif answer.status == "refund":
        _take_back(order, charge)
    elif answer.status in CLOSED_BY and charge.state in (Charge.State.WANTED, Charge.State.PENDING):
        charge.state, charge.failure = CLOSED_BY[answer.status], answer.status
    elif answer.status == "pending":
        charge.state = Charge.State.PENDING
    elif answer.rank > RANKS["settlement"]:  # part of it went back, so all of it had come
        _settle(order, charge)
        log.error("payment_needs_a_person", order=order.number, status=answer.status)


def _settle(order: Order, charge: Charge) -> None:
    if charge.state == Charge.State.PAID:  # a capture came before the settlement
        return
    charge.state, charge.paid_at, charge.failure = Charge.State.PAID, timezone.now(), ""
    post_payment(order)
    outcome = orders.mark_paid(order.pk)
    if outcome == orders.PaymentOutcome.CONFIRMED:
        affiliates.reserve_commission(order)
    else:
        charge.refund_wanted_at = charge.paid_at
        log.warning("payment_came_too_late", order=order.number)


def _take_back(order: Order, charge: Charge) -> None:
    """The gateway has sent the money back, whoever asked for it."""
    if charge.state != Charge.State.PAID:
        post_payment(order)  # it was paid and returned before we heard of either
    charge.state = Charge.State.REFUNDED
    post_refund(order)
    order.refresh_from_db()
    if order.state == Order.State.REFUND_DUE:
        orders.record_refund(order)
    else:
        log.error("payment_returned_for_a_live_order", order=order.number, state=order.state)


def check_old_charges(limit: int) -> int:
    """Ask the gateway about charges it has been silent on: notices get lost. Returns how many changed."""
    long_ago = timezone.now() - PATIENCE
    open_ = Q(state__in=(Charge.State.WANTED, Charge.State.PENDING), created_at__lte=long_ago)
    unasked = Q(asked_at__isnull=True) | Q(asked_at__lte=long_ago)
    charges = Charge.objects.filter(open_ & unasked).select_related("order")
    oldest = charges.order_by(F("asked_at").asc(nulls_first=True), "pk")[:limit]
    return sum(_check(charge) for charge in oldest)


def _check(charge: Charge) -> bool:
    Charge.objects.filter(pk=charge.pk).update(asked_at=timezone.now())
    try:
        answer = MidtransGateway().status(charge.order.number)
    except GatewayProblem as problem:
        log.warning("gateway_status_failed", order=charge.order.number, problem=str(problem))
        return False
    if answer is None:
        return _give_up(charge)
    return apply_answer(answer) == Verdict.APPLIED


def _give_up(charge: Charge) -> bool:
    """The gateway never heard of it, and the order waits no longer."""
    forgotten = Charge.objects.filter(pk=charge.pk, state=Charge.State.WANTED)
    over = forgotten.exclude(order__state=Order.State.PENDING)
    return bool(over.update(state=Charge.State.EXPIRED))
