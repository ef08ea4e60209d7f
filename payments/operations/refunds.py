"""Giving money back, all of it or for some units: decided once, asked of the gateway, recorded when done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

import structlog
from django.db import transaction
from django.db.models import F, Q, QuerySet, Sum
from django.utils import timezone

from affiliates import operations as affiliates
from orders import operations as orders
from orders.models import Order, OrderLine
from payments import telling
from payments.gateway import RANKS, GatewayProblem, GatewayRefused
from payments.methods import gateway_of, is_at_shop
from payments.models import BankRefund, Charge, ChargePart, Refund, RefundLine, Ticket
from payments.operations.books import post_refund
from payments.operations.tickets import close_done, open_ticket

AGAIN_AFTER = timedelta(minutes=5)
State = Refund.State
log = structlog.get_logger(__name__)


class RefundRefused(Exception):
    """Nothing was changed."""


class TooMuch(RefundRefused):
    """More than was paid, or more units than were bought, with what went back before."""


class KeyReused(RefundRefused):
    """The key belongs to a refund of something else."""


def refund_lines(
    order: Order, units: Mapping[int, int], *, reason: str, key: str, shipping: int = 0
) -> list[Refund]:
    """Give back what these units (by line id) really cost, and so much of the shipping.

    The commission of the units is reversed. The same key again gives the same refunds; what cannot be sent
    now is tried again, and what the gateway cannot send is asked of the buyer's bank. Never two for one key;
    none where nothing was paid for these units.
    """
    refunds = _decide_lines(order, units, reason=reason, key=key, shipping=shipping)
    for refund in refunds:
        send_refund(refund)
    return refunds


def refund_rest(order: Order, *, reason: str, key: str) -> list[Refund]:
    """Give back whatever of the order's money has not gone back yet."""
    with transaction.atomic():
        lock_order(order.pk)
        known = list(_of_key(key))
        refunds = known or [
            refund
            for number, part in enumerate(_paid_parts(order))
            if (refund := _want(part, part.amount - part.returned, key=_numbered(key, number), reason=reason))
        ]
    for refund in refunds:
        send_refund(refund)
    return refunds


def give_back(order: Order) -> None:
    """After a cancellation: stop a payment that still waits, return one that came. Never raises.

    What cannot be done now is tried again; what the gateway cannot do at all goes by bank.
    """
    for part in order.charge_parts.select_related("charge"):
        if part.charge.is_open:
            _stop(part.charge)
    refund_rest(order, reason=order.cancel_reason or "cancelled", key=called_off(order))


def called_off(order: Order) -> str:
    """The key of what goes back because the order does not happen."""
    return f"cancel:{order.number}"


def want_part_back(part: ChargePart, *, key: str, reason: str) -> Refund | None:
    """Record that all of a part goes back; inside the transaction that decides it. The sweep sends it."""
    return _of_key(key).first() or _want(part, part.amount - part.returned, key=key, reason=reason)


def retry_refunds(limit: int) -> int:
    """Ask again for refunds that are due and did not happen; returns how many did now."""
    _want_what_was_forgotten()
    before = timezone.now() - AGAIN_AFTER
    due = Refund.objects.filter(Q(asked_at__isnull=True) | Q(asked_at__lte=before), state=State.WANTED)
    return sum(send_refund(refund) for refund in due.order_by("wanted_at", "pk")[:limit])


def _want_what_was_forgotten() -> None:
    """A cancellation that died before it came to the money: all of it, or what was paid ahead of the door."""
    forgotten = ChargePart.objects.filter(
        order__state__in=(Order.State.REFUND_DUE, Order.State.CANCELLED),
        charge__paid_at__isnull=False,
        returned__lt=F("amount"),
    )
    for order_id in forgotten.values_list("order_id", flat=True).order_by("order_id"):
        with transaction.atomic():
            order = lock_order(order_id)
            for part in _paid_parts(order):
                _want(
                    part, part.amount - part.returned, key=f"{called_off(order)}/{part.pk}", reason="refund"
                )


def send_refund(refund: Refund) -> bool:
    """Ask whoever took the money to return it; whether it is done. Never raises, never in a transaction."""
    if refund.state != State.WANTED:
        return False
    charge = refund.part.charge
    Refund.objects.filter(pk=refund.pk).update(asked_at=timezone.now())
    try:
        gateway_of(charge.method).refund(
            charge.reference, amount=refund.amount, key=gateway_key(refund), reason=refund.reason or "refund"
        )
    except (
        GatewayRefused
    ) as refusal:  # virtual accounts and some banks' QRIS, and what a shop or courier took
        _send_by_bank(refund, refusal)
        return False
    except GatewayProblem as problem:
        log.warning("refund_failed_for_now", refund=refund.key, problem=str(problem))
        return False
    record_sent(refund)
    return True


def gateway_key(refund: Refund) -> str:
    """Under which the gateway does it once."""
    return f"{refund.part.charge.reference}-r{refund.pk}"


@transaction.atomic
def record_sent(refund: Refund) -> bool:
    """Once, whether the gateway's notice or its answer came first."""
    order = lock_order(refund.order_id)
    locked = Refund.objects.select_for_update(no_key=True).get(pk=refund.pk)
    if locked.state == State.SENT:
        return False
    locked.state, locked.sent_at = State.SENT, timezone.now()
    locked.save(update_fields=["state", "sent_at"])
    refund.state, refund.sent_at = locked.state, locked.sent_at
    post_refund(locked)
    _close_charge(locked.part.charge)
    close_done(
        f"{Ticket.Kind.PAID_TWICE}:{locked.part.charge.reference}{order.number}",
        by=None,
        note="Sudah dikembalikan.",
    )
    if order.state == Order.State.REFUND_DUE and _is_all_back(order):
        orders.record_refund(order)
        close_done(f"{Ticket.Kind.LATE_MONEY}:{order.number}", by=None, note="Sudah dikembalikan.")
    return True


# ---- deciding --------------------------------------------------------------------------------------


@transaction.atomic
def _decide_lines(
    order: Order, units: Mapping[int, int], *, reason: str, key: str, shipping: int
) -> list[Refund]:
    locked = lock_order(order.pk)
    known = list(_of_key(key))
    if known:
        _refuse_another(known, units, shipping)
        return known
    lines = {line.pk: line for line in locked.lines.order_by("pk")}
    if not units.keys() <= lines.keys() or any(count < 1 for count in units.values()):
        raise TooMuch
    shares = {pk: _share(lines[pk], count) for pk, count in units.items()}
    _refuse_too_much_shipping(locked, shipping)
    amount = sum(shares.values()) + shipping
    if units and not amount:  # prizes
        return []
    refunds = _spread(locked, amount, key=key, reason=reason, shipping=shipping)
    _record_lines(refunds[0], lines, units, shares)
    return refunds


def _refuse_another(known: Sequence[Refund], units: Mapping[int, int], shipping: int) -> None:
    before = {line.line_id: line.units for refund in known for line in refund.lines.all()}
    if before != dict(units) or sum(refund.shipping_amount for refund in known) != shipping:
        raise KeyReused


def _share(line: OrderLine, count: int) -> int:
    """What these units cost after the voucher: counted upwards, so that the shares add up to the line."""
    gone = RefundLine.objects.filter(line=line).aggregate(units=Sum("units"))["units"] or 0
    if gone + count > line.quantity:
        raise TooMuch
    upto = line.paid_amount * (gone + count) // line.quantity
    return upto - line.paid_amount * gone // line.quantity


def _refuse_too_much_shipping(order: Order, shipping: int) -> None:
    gone = order.refunds.aggregate(sum=Sum("shipping_amount"))["sum"] or 0
    if shipping < 0 or gone + shipping > order.shipping_fee:
        raise TooMuch


def _spread(order: Order, amount: int, *, key: str, reason: str, shipping: int) -> list[Refund]:
    """Out of what was paid last first: of a COD parcel, the cash before the deposit."""
    refunds: list[Refund] = []
    for part in _paid_parts(order):
        take = min(amount, part.amount - part.returned)
        refund = _want(part, take, key=_numbered(key, len(refunds)), reason=reason)
        if refund:
            refunds.append(refund)
            amount -= take
    if amount or not refunds:
        raise TooMuch
    refunds[0].shipping_amount = min(shipping, refunds[0].amount)
    refunds[0].save(update_fields=["shipping_amount"])
    return refunds


def _record_lines(
    refund: Refund,
    lines: Mapping[int, OrderLine],
    units: Mapping[int, int],
    shares: Mapping[int, int],
) -> None:
    for pk, count in sorted(units.items()):
        RefundLine.objects.create(refund=refund, line_id=pk, units=count, amount=shares[pk])
        affiliates.reverse_commission(lines[pk], units=count, source=f"refund:{refund.pk}:{pk}")


def _want(part: ChargePart, amount: int, *, key: str, reason: str) -> Refund | None:
    if amount <= 0:
        return None
    ChargePart.objects.filter(pk=part.pk).update(returned=F("returned") + amount)
    return Refund.objects.create(
        order_id=part.order_id, part=part, key=key, reason=reason[:200], amount=amount
    )


def _paid_parts(order: Order) -> list[ChargePart]:
    paid = order.charge_parts.filter(charge__paid_at__isnull=False).select_related("charge")
    return list(paid.order_by("-pk"))


def _numbered(key: str, number: int) -> str:
    return f"{key}#{number + 1}" if number else key


def _of_key(key: str) -> QuerySet[Refund]:
    return Refund.objects.filter(Q(key=key) | Q(key__startswith=f"{key}#")).order_by("pk")


def lock_order(order_id: int) -> Order:
    return Order.objects.select_for_update(no_key=True).get(pk=order_id)


# ---- recording -------------------------------------------------------------------------------------


@transaction.atomic
def _send_by_bank(refund: Refund, refusal: GatewayRefused) -> None:
    """Nothing but a transfer brings it back: the buyer is asked where to."""
    waiting = Refund.objects.filter(pk=refund.pk, state=State.WANTED)
    words = f"{refusal.code} {refusal.reason}"[:200]
    if not waiting.update(state=State.NEEDS_ACCOUNT, refusal=words):
        return
    refund.state = State.NEEDS_ACCOUNT
    payer = BankRefund.Payer.SHOP if is_at_shop(refund.part.charge.method) else BankRefund.Payer.MARKET
    BankRefund.objects.create(refund=refund, payer=payer)
    telling.account_wanted(refund)
    open_ticket(
        Ticket.Kind.REFUND_BY_HAND,
        str(refund.pk),
        reference=refund.part.charge.reference,
        amount=refund.amount,
        order_id=refund.order_id,
        charge=refund.part.charge,
        refund=refund,
        facts={"refusal": words, "payer": payer.value},
    )


def _is_all_back(order: Order) -> bool:
    parts = list(_paid_parts(order))
    is_on_its_way = order.refunds.exclude(state=State.SENT).exists()
    return all(part.returned == part.amount for part in parts) and not is_on_its_way


def _close_charge(charge: Charge) -> None:
    sent = Refund.objects.filter(part__charge=charge, state=State.SENT).aggregate(sum=Sum("amount"))["sum"]
    if sent == charge.amount:
        Charge.objects.filter(pk=charge.pk).update(state=Charge.State.REFUNDED, rank=RANKS["refund"])


def _stop(charge: Charge) -> None:
    """Best effort: money that comes nevertheless is found to be due back. Others may share the payment."""
    if charge.parts.filter(order__state=Order.State.PENDING).exists():
        return
    try:
        gateway_of(charge.method).cancel(charge.reference)
    except GatewayProblem as problem:
        log.warning("gateway_cancel_failed", charge=charge.reference, problem=str(problem))
