"""Acting on the word about a payment, exactly once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

import structlog
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from affiliates import operations as affiliates
from orders import operations as orders
from orders.models import Order
from payments.gateway import CURRENCY, RANKS, TAKEN_BACK, GatewayAnswer, GatewayProblem
from payments.methods import gateway_of
from payments.models import Charge, ChargePart, GatewayNotice, Purpose, Ticket
from payments.operations.books import post_payment
from payments.operations.refunds import want_part_back
from payments.operations.returns import note_returns
from payments.operations.tickets import open_ticket

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
    """Bring charge, orders, books and commission in line with the gateway, or change nothing.

    Money for an expired order takes the units again or becomes a refund to make: orders decides.
    """
    parts = list(_lock(answer.reference))
    if not parts:
        return Verdict.UNKNOWN_ORDER
    charge = Charge.objects.select_for_update(no_key=True).get(pk=parts[0].charge_id)
    if (answer.amount, answer.currency) != (charge.amount, CURRENCY):
        log.error("payment_amount_differs", charge=charge.reference, ours=charge.amount, theirs=answer.amount)
        return Verdict.WRONG_AMOUNT
    if answer.status in TAKEN_BACK:
        return _hear_of_returns(charge, parts, answer)
    if answer.rank <= charge.rank:
        return Verdict.STALE
    charge.rank = answer.rank
    charge.transaction_id = charge.transaction_id or answer.transaction_id
    return _act(charge, parts, answer)


def _lock(reference: str) -> Iterable[ChargePart]:
    """The parts of a charge, after their orders: every writer locks in this order."""
    parts = ChargePart.objects.filter(charge__reference=reference)
    order_ids = sorted(parts.values_list("order_id", flat=True))
    orders = Order.objects.select_for_update(no_key=True).filter(pk__in=order_ids).order_by("pk")
    list(orders)
    # Shop after shop, as everybody moves units of several shops.
    return parts.select_related("order", "charge").order_by("order__shop_id", "order_id", "pk")


def _act(charge: Charge, parts: list[ChargePart], answer: GatewayAnswer) -> GatewayNotice.Verdict:
    verdict = Verdict.APPLIED
    if answer.is_paid:
        verdict = _settle(charge, parts)
    elif answer.status in CLOSED_BY and charge.is_open:
        charge.state, charge.failure = CLOSED_BY[answer.status], answer.status
    elif answer.status == "pending":
        charge.state = Charge.State.PENDING
    charge.save()
    return verdict


def _hear_of_returns(charge: Charge, parts: list[ChargePart], answer: GatewayAnswer) -> GatewayNotice.Verdict:
    """What went back had come before, even when nobody told us."""
    was_new = charge.paid_at is None
    if was_new:
        charge.rank = RANKS["settlement"]
        _settle(charge, parts)
        charge.save()
    changed = note_returns(charge, answer)
    return Verdict.APPLIED if changed or was_new else Verdict.STALE


def settle(charge: Charge) -> None:
    """The money of this charge has come: a person who can see it says so. Again changes nothing."""
    with transaction.atomic():
        parts = list(_lock(charge.reference))
        locked = Charge.objects.select_for_update(no_key=True).get(pk=charge.pk)
        if locked.paid_at is None:
            locked.rank = RANKS["settlement"]
            _settle(locked, parts)
            locked.save()


def _settle(charge: Charge, parts: Iterable[ChargePart]) -> GatewayNotice.Verdict:
    if charge.paid_at is not None:  # a capture came before the settlement
        return Verdict.APPLIED
    charge.state, charge.paid_at, charge.failure = Charge.State.PAID, timezone.now(), ""
    charge.save(update_fields=["state", "paid_at", "failure"])
    in_time = [_settle_part(charge, part) for part in parts]
    return Verdict.APPLIED if all(in_time) else Verdict.LATE


def _settle_part(charge: Charge, part: ChargePart) -> bool:
    """Whether the order could still take it; else the money is on its way back, and staff knows."""
    if _is_paid_already(part):
        return _send_extra_back(charge, part)
    post_payment(part)
    if orders.mark_paid(part.order_id) == orders.PaymentOutcome.CONFIRMED:
        if part.purpose == Purpose.PRICE:
            _stand_by(part)
            affiliates.reserve_commission(part.order)
        else:
            Order.objects.filter(pk=part.order_id).update(paid_ahead=part.amount)
        return True
    want_part_back(part, key=f"late:{part.pk}", reason="late")
    open_ticket(
        Ticket.Kind.LATE_MONEY,
        part.order.number,
        reference=charge.reference,
        amount=part.amount,
        order=part.order,
        charge=charge,
    )
    log.warning("payment_came_too_late", order=part.order.number)
    return False


def _is_paid_already(part: ChargePart) -> bool:
    """By another payment: its buyer had chosen another way, and both brought the money."""
    others = ChargePart.objects.filter(order=part.order_id, purpose=part.purpose).exclude(pk=part.pk)
    return part.purpose == Purpose.PRICE and others.filter(charge__paid_at__isnull=False).exists()


def _send_extra_back(charge: Charge, part: ChargePart) -> bool:
    part.purpose = Purpose.EXTRA
    part.save(update_fields=["purpose"])
    post_payment(part)
    want_part_back(part, key=f"extra:{part.pk}", reason="paid twice")
    about = {"reference": charge.reference, "amount": part.amount, "order": part.order, "charge": charge}
    open_ticket(Ticket.Kind.PAID_TWICE, charge.reference + part.order.number, **about)
    return False


def _stand_by(part: ChargePart) -> None:
    """Of several ways that were tried, the one that brought the money is the order's."""
    if part.replaced_at is None:
        return
    newer = ChargePart.objects.filter(order=part.order_id, purpose=part.purpose, replaced_at__isnull=True)
    newer.update(replaced_at=timezone.now())
    ChargePart.objects.filter(pk=part.pk).update(replaced_at=None)
    Order.objects.filter(pk=part.order_id).update(method=part.charge.method)


def ask_about(charge: Charge) -> bool:
    """Ask the gateway about one charge now; whether that changed anything."""
    Charge.objects.filter(pk=charge.pk).update(asked_at=timezone.now())
    try:
        answer = gateway_of(charge.method).status(charge.reference)
    except GatewayProblem as problem:
        log.warning("gateway_status_failed", charge=charge.reference, problem=str(problem))
        return False
    if answer is None:
        return _give_up(charge)
    return apply_answer(answer) in (Verdict.APPLIED, Verdict.LATE)


def check_old_charges(limit: int) -> int:
    """Ask the gateway about charges it has been silent on: notices get lost. Returns how many changed."""
    long_ago = timezone.now() - PATIENCE
    open_ = Q(state__in=(Charge.State.WANTED, Charge.State.PENDING), created_at__lte=long_ago)
    unasked = Q(asked_at__isnull=True) | Q(asked_at__lte=long_ago)
    charges = Charge.objects.filter(open_ & unasked)
    oldest = charges.order_by(F("asked_at").asc(nulls_first=True), "pk")[:limit]
    return sum(ask_about(charge) for charge in oldest)


def _give_up(charge: Charge) -> bool:
    """The gateway never heard of it, and no order waits for it any longer."""
    if charge.parts.filter(order__state=Order.State.PENDING).exists():
        return False
    still_open = Charge.objects.filter(pk=charge.pk, state__in=(Charge.State.WANTED, Charge.State.PENDING))
    return bool(still_open.update(state=Charge.State.EXPIRED))
