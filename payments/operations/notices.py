"""The gateway's messages: stored first, acted on afterwards, once."""

from __future__ import annotations

import structlog
from django.db import transaction
from django.utils import timezone

from payments.gateway import RANKS, GatewayAnswer
from payments.midtrans import MidtransGateway
from payments.models import Charge, GatewayNotice
from payments.operations.settling import apply_answer

Verdict = GatewayNotice.Verdict
log = structlog.get_logger(__name__)


def record_notice(raw: dict[str, str]) -> GatewayNotice:
    """Keep a genuine message; the same message again gives the same row."""
    parts = (raw[name] for name in ("order_id", "status_code", "transaction_status", "transaction_id"))
    notice, _ = GatewayNotice.objects.get_or_create(
        dedupe="|".join(parts),
        defaults={"order_number": raw["order_id"], "status": raw["transaction_status"], "raw": raw},
    )
    return notice


def apply_notice(notice_id: int) -> None:
    """Act on a message exactly once, however often it is delivered.

    The signature does not cover the status, so the message only wakes us: what counts is what the
    gateway answers when asked, outside of any transaction.
    """
    notice = GatewayNotice.objects.get(pk=notice_id)
    if notice.handled_at:
        return
    known = Charge.objects.filter(order__number=notice.order_number).exists()
    answer = MidtransGateway().status(notice.order_number) if known else None
    with transaction.atomic():
        locked = GatewayNotice.objects.select_for_update(no_key=True).get(pk=notice_id)
        if locked.handled_at:
            return
        locked.verdict = _verdict(locked, answer) if known else Verdict.UNKNOWN_ORDER
        locked.handled_at = timezone.now()
        locked.save(update_fields=["verdict", "handled_at"])
    if locked.verdict not in (Verdict.APPLIED, Verdict.STALE):
        log.error("gateway_notice_refused", order=notice.order_number, verdict=locked.verdict)


def _verdict(notice: GatewayNotice, answer: GatewayAnswer | None) -> GatewayNotice.Verdict:
    if answer is None:
        return Verdict.NOT_CONFIRMED
    verdict = apply_answer(answer)
    if answer.rank < RANKS.get(notice.status, 0):
        return Verdict.NOT_CONFIRMED
    return verdict
