"""The gateway's own list of a day against our books: what differs becomes a ticket."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import structlog
from django.db.models import Q, Sum
from django.utils import timezone

from ledger.models import AccountKind, TransactionKind, Transfer
from payments.gateway import PAID, TAKEN_BACK, ReportLine
from payments.methods import WAYS, Taker
from payments.midtrans import MidtransGateway
from payments.models import Charge, ChargePart, Refund, Ticket
from payments.operations.books import posting_of
from payments.operations.settling import ask_about
from payments.operations.tickets import open_ticket

ZONE = ZoneInfo("Asia/Jakarta")  # the gateway's days
AT_GATEWAY = [way.method.value for way in WAYS.values() if way.taker == Taker.GATEWAY]
log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Reconciled:
    day: date
    lines: int  # in the gateway's list
    charges: int  # of ours that were paid that day
    differences: int


def reconcile_yesterday() -> Reconciled | None:
    """Compare with the gateway's list; nothing where it offers none (staff uploads it at the desk)."""
    day = timezone.now().astimezone(ZONE).date() - timedelta(days=1)
    report = MidtransGateway().report(day)
    return None if report is None else reconcile(day, report)


def reconcile(day: date, report: Sequence[ReportLine]) -> Reconciled:
    """Tell of every payment on which the gateway and the books do not agree to the rupiah.

    A payment of which we had not heard yet is asked about first. Again finds the same tickets.
    """
    told = {line.reference: line for line in report if line.status in PAID | TAKEN_BACK}
    _hear_what_we_missed(told)
    ours = _paid_on(day, told)
    held = _held_by_books(ours.values())
    differences = 0
    for reference in sorted(told.keys() | ours.keys()):
        words = _difference(told.get(reference), ours.get(reference), held.get(reference, 0))
        if words:
            differences += 1
            _open(day, reference, words, told.get(reference), ours.get(reference))
    log.info("reconciled", day=str(day), lines=len(report), charges=len(ours), differences=differences)
    return Reconciled(day, len(report), len(ours), differences)


def _hear_what_we_missed(told: dict[str, ReportLine]) -> None:
    missed = Charge.objects.filter(reference__in=told, paid_at__isnull=True, method__in=AT_GATEWAY)
    for charge in missed.order_by("pk"):
        ask_about(charge)


def _paid_on(day: date, told: dict[str, ReportLine]) -> dict[str, Charge]:
    """Ours of that day, and those that the list names."""
    begin = datetime.combine(day, time(), ZONE)
    of_day = Q(paid_at__gte=begin, paid_at__lt=begin + timedelta(days=1))
    charges = Charge.objects.filter(of_day | Q(reference__in=told), method__in=AT_GATEWAY)
    return {charge.reference: charge for charge in charges.filter(paid_at__isnull=False)}


def _held_by_books(charges: Iterable[Charge]) -> dict[str, int]:
    """What the ledger says the gateway owes us for each charge: in, less what it has sent or taken back."""
    ids = {charge.pk: charge.reference for charge in charges}
    owed = dict.fromkeys(ids.values(), 0)
    for part in ChargePart.objects.filter(charge__in=ids).order_by("pk"):
        kind, source = posting_of(part)
        owed[ids[part.charge_id]] += _moved(kind, source, side="debit")
    for refund in Refund.objects.filter(part__charge__in=ids).select_related("part"):
        owed[ids[refund.part.charge_id]] -= _moved(TransactionKind.REFUND_SENT, refund.pk, side="credit")
    for ticket in Ticket.objects.filter(charge__in=ids):
        taken = _moved(TransactionKind.GATEWAY_TOOK_BACK, ticket.pk, side="credit")
        owed[ids[ticket.charge_id or 0]] -= taken
    return owed


def _moved(kind: TransactionKind, source: int, *, side: str) -> int:
    """Through the gateway's account, on that side, by this one transaction."""
    legs = Transfer.objects.filter(
        transaction__kind=kind,
        transaction__source_id=source,
        **{f"{side}__kind": AccountKind.GATEWAY_CLEARING},
    )
    return legs.aggregate(sum=Sum("amount"))["sum"] or 0


def _difference(line: ReportLine | None, charge: Charge | None, owed: int) -> str:
    """One word for it, or nothing."""
    if charge is None:
        return "only_gateway"
    if line is None:
        return "only_ours"
    if line.amount != charge.amount:
        return "other_amount"
    if line.returned is None:  # it says that a part went back, and not how much
        return "" if owed < line.amount else "other_balance"
    return "" if line.amount - line.returned == owed else "other_balance"


def _open(day: date, reference: str, words: str, line: ReportLine | None, charge: Charge | None) -> None:
    part = charge.parts.order_by("pk").first() if charge else None
    open_ticket(
        Ticket.Kind.DIFFERENCE,
        f"{day}:{reference}:{words}",
        reference=reference,
        amount=line.amount if line else charge.amount if charge else 0,
        charge=charge,
        order=part.order if part else None,
        facts={
            "day": str(day),
            "difference": words,
            "gateway": line.amount - line.returned if line and line.returned is not None else None,
            "status": line.status if line else "",
        },
    )
