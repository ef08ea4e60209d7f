"""What the gateway says has gone back: our own refunds are ticked off, everything else needs a person."""

from __future__ import annotations

from django.db.models import Sum

from orders.models import Order
from payments.gateway import CHARGED_BACK, GatewayAnswer
from payments.methods import is_by_gateway
from payments.models import BankRefund, Charge, Refund, Ticket
from payments.operations.books import post_taken_back
from payments.operations.refunds import called_off, gateway_key, record_sent, want_part_back
from payments.operations.tickets import TAKEN_BACK, open_ticket
from payments.shares import told_apart


def note_returns(charge: Charge, answer: GatewayAnswer) -> bool:
    """Bring our refunds in line with the gateway's, under the charge's lock; whether anything is new."""
    ours = list(Refund.objects.filter(part__charge=charge).select_related("part__charge").order_by("pk"))
    ticked = [record_sent(refund) for refund in ours if _is_sent(refund, charge, answer)]
    extra = _told(charge, answer) - _accounted(charge)
    if extra <= 0:
        return any(ticked)
    if _is_one_we_waited_for(ours, extra) or _is_owed_anyway(charge, extra):
        return True
    _open(charge, answer, extra)
    return True


def _is_sent(refund: Refund, charge: Charge, answer: GatewayAnswer) -> bool:
    """When all of a payment is gone, what we still wanted to send is with its buyer, too."""
    is_whole = _told(charge, answer) >= charge.amount and refund.state == Refund.State.WANTED
    return is_whole or gateway_key(refund) in answer.refunds


def _told(charge: Charge, answer: GatewayAnswer) -> int:
    """How much is gone in all; a full return may come without its sum."""
    is_whole = answer.status in ("refund", "chargeback")
    return answer.returned or (charge.amount if is_whole else 0)


def _accounted(charge: Charge) -> int:
    """What of it we know already: sent by the gateway for us, or found before."""
    if not is_by_gateway(charge.method):
        return 0
    by_hand = BankRefund.objects.values("refund")
    sent = Refund.objects.filter(part__charge=charge, state=Refund.State.SENT).exclude(pk__in=by_hand)
    found = Ticket.objects.filter(charge=charge, kind__in=TAKEN_BACK)
    sums = [each.aggregate(sum=Sum("amount"))["sum"] or 0 for each in (sent, found)]
    return sum(sums)


def _is_one_we_waited_for(ours: list[Refund], amount: int) -> bool:
    """Staff may have pressed the button on the gateway's own pages."""
    for refund in ours:
        if refund.amount == amount and refund.state == Refund.State.WANTED:
            return record_sent(refund)
    return False


def _is_owed_anyway(charge: Charge, amount: int) -> bool:
    """The order was called off, and the gateway was told before us that its money goes back."""
    for part in charge.parts.filter(order__state=Order.State.REFUND_DUE).order_by("pk"):
        if part.amount - part.returned == amount:
            refund = want_part_back(part, key=called_off(part.order), reason="refund")
            return refund is not None and record_sent(refund)
    return False


def _open(charge: Charge, answer: GatewayAnswer, amount: int) -> None:
    """A ticket for each order whose money it surely was; one for the payment where a person has to say."""
    parts = {part.pk: part for part in charge.parts.select_related("order").order_by("pk")}
    left = {pk: part.amount - part.returned for pk, part in parts.items()}
    shares = told_apart(left, amount) if len(parts) > 1 else {}
    for pk, share in shares.items():
        _open_one(charge, answer, share, parts[pk].order, f":{parts[pk].order.number}")
    if not shares:
        order = next(iter(parts.values())).order if len(parts) == 1 else None
        _open_one(charge, answer, amount, order)


def _open_one(
    charge: Charge, answer: GatewayAnswer, amount: int, order: Order | None, beside: str = ""
) -> None:
    is_chargeback = answer.status in CHARGED_BACK
    ticket = open_ticket(
        Ticket.Kind.CHARGEBACK if is_chargeback else Ticket.Kind.UNASKED_REFUND,
        f"{charge.reference}:{_told(charge, answer)}{beside}",
        reference=charge.reference,
        amount=amount,
        charge=charge,
        order=order,
        facts={"status": answer.status, "keys": sorted(answer.refunds)},
    )
    post_taken_back(ticket)
