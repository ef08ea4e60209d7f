"""The gateway's messages: stored first, acted on afterwards, once."""

from __future__ import annotations

import hashlib
from datetime import timedelta

import structlog
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from payments.gateway import RANKS, GatewayAnswer
from payments.methods import gateway_of
from payments.models import Charge, GatewayNotice, Ticket
from payments.operations.settling import apply_answer
from payments.operations.tickets import open_ticket

Verdict = GatewayNotice.Verdict
# Anyone can send us forgeries: so many an hour are kept to be looked at.
FORGERIES_KEPT = 50
NEEDS_A_PERSON = {
    Verdict.UNKNOWN_ORDER: Ticket.Kind.UNKNOWN_ORDER,
    Verdict.WRONG_AMOUNT: Ticket.Kind.WRONG_AMOUNT,
    Verdict.NOT_CONFIRMED: Ticket.Kind.NOT_CONFIRMED,
}
NAMES = ("order_id", "status_code", "transaction_status", "transaction_id", "refund_amount")
log = structlog.get_logger(__name__)


def record_notice(raw: dict[str, str], *, body: str = "") -> GatewayNotice:
    """Keep a genuine message; the same message again gives the same row, and is counted."""
    notice, is_new = GatewayNotice.objects.get_or_create(
        dedupe="|".join(raw.get(name, "") for name in NAMES),
        defaults={
            "order_number": raw["order_id"],
            "status": raw["transaction_status"],
            "raw": raw,
            "body": body,
        },
    )
    if not is_new:
        GatewayNotice.objects.filter(pk=notice.pk).update(times_heard=F("times_heard") + 1)
    return notice


def record_forgery(raw: dict[str, str], *, body: str) -> None:
    """Keep what was not signed by the gateway, for the eyes of staff alone; a flood of it is not kept."""
    hour_ago = timezone.now() - timedelta(hours=1)
    if (
        GatewayNotice.objects.filter(verdict=Verdict.FORGED, received_at__gte=hour_ago).count()
        >= FORGERIES_KEPT
    ):
        return
    notice, is_new = GatewayNotice.objects.get_or_create(
        dedupe=f"forged|{hashlib.sha256(body.encode()).hexdigest()}",
        defaults={
            "order_number": raw["order_id"],
            "status": raw["transaction_status"],
            "raw": raw,
            "body": body,
            "verdict": Verdict.FORGED,
            "handled_at": timezone.now(),
        },
    )
    if is_new:
        key = f"{timezone.localdate()}:{raw['order_id']}"
        open_ticket(Ticket.Kind.FORGED, key, reference=raw["order_id"], notice=notice)


def apply_notice(notice_id: int) -> None:
    """Act on a message exactly once, however often it is delivered.

    The signature does not cover the status, so the message only wakes us: what counts is what the
    gateway answers when asked, outside of any transaction.
    """
    notice = GatewayNotice.objects.get(pk=notice_id)
    if notice.handled_at:
        return
    charge = Charge.objects.filter(reference=notice.order_number).first()
    answer = gateway_of(charge.method).status(charge.reference) if charge else None
    with transaction.atomic():
        locked = GatewayNotice.objects.select_for_update(no_key=True).get(pk=notice_id)
        if locked.handled_at:
            return
        locked.verdict = _verdict(locked, answer) if charge else Verdict.UNKNOWN_ORDER
        locked.handled_at = timezone.now()
        locked.save(update_fields=["verdict", "handled_at"])
        if locked.verdict in NEEDS_A_PERSON:
            _call_a_person(locked, charge, answer)


def retry_notice(notice: GatewayNotice) -> GatewayNotice:
    """Act on a message once more, as if it had just come: what was strange may be clear by now."""
    strange = GatewayNotice.objects.filter(pk=notice.pk, verdict__in=NEEDS_A_PERSON)
    if strange.update(handled_at=None, verdict=Verdict.WAITING):
        apply_notice(notice.pk)
    notice.refresh_from_db()
    return notice


def _verdict(notice: GatewayNotice, answer: GatewayAnswer | None) -> GatewayNotice.Verdict:
    if answer is None:
        return Verdict.NOT_CONFIRMED
    verdict = apply_answer(answer)
    if answer.rank < RANKS.get(notice.status, 0):
        return Verdict.NOT_CONFIRMED
    return verdict


def _call_a_person(notice: GatewayNotice, charge: Charge | None, answer: GatewayAnswer | None) -> None:
    log.error("gateway_notice_refused", reference=notice.order_number, verdict=notice.verdict)
    part = charge.parts.order_by("pk").first() if charge else None
    open_ticket(
        NEEDS_A_PERSON[Verdict(notice.verdict)],
        notice.order_number,
        reference=notice.order_number,
        amount=answer.amount if answer else 0,
        notice=notice,
        charge=charge,
        order=part.order if part else None,
        facts={
            "told": notice.raw.get("gross_amount", ""),
            "status": notice.status,
            "expected": charge.amount if charge else None,
        },
    )
