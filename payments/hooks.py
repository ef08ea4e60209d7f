"""Addresses that machines call: no language, no session."""

from __future__ import annotations

import json
import re
from typing import Any

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from kit.notices import wake_worker
from payments import operations, tasks
from payments.signatures import is_genuine

LONGEST_STATUS = 30  # what is kept of it; the signature does not cover it
LARGEST = 16_384  # bytes; a notice is about one thousand
NEEDED = ("order_id", "status_code", "gross_amount", "signature_key", "transaction_status", "transaction_id")
KEPT = (
    *NEEDED[:3],
    *NEEDED[4:],
    "fraud_status",
    "currency",
    "payment_type",
    "transaction_time",
    "refund_amount",
)
WORD = re.compile(r"[ -~]{1,64}")  # what a field may look like; the signature is longer
AMOUNT = re.compile(r"\d{1,12}(\.\d\d)?")
log = structlog.get_logger(__name__)


@csrf_exempt
@require_POST
def midtrans_notice(request: HttpRequest) -> HttpResponse:
    """Store a genuine notice and answer at once; the work is done by a task.

    200 also to what is stale or strange but genuine, so that it is not sent for ever.
    """
    if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST:
        return HttpResponse(status=413)
    notice = _read(request.body)
    if notice is None:
        return HttpResponse(status=400)
    if not is_genuine(notice, settings.MIDTRANS_SERVER_KEY):
        log.warning("gateway_notice_forged", order=notice["order_id"])
        operations.record_forgery(_kept(notice), body=_text(request.body))
        return HttpResponse(status=403)
    stored = operations.record_notice(_kept(notice), body=_text(request.body))
    if stored.handled_at is None:
        wake_worker(tasks.handle_notice, stored.pk)
    return HttpResponse("OK", content_type="text/plain")


def _read(body: bytes) -> dict[str, str] | None:
    """A flat JSON object whose fields are short plain strings, or nothing."""
    try:
        sent: Any = json.loads(body)
    except (ValueError, RecursionError):
        return None
    if not isinstance(sent, dict):
        return None
    notice = {name: sent[name] for name in (*KEPT, "signature_key") if name in sent}
    if not all(isinstance(value, str) for value in notice.values()) or not set(NEEDED) <= set(notice):
        return None
    words = (value for name, value in notice.items() if name != "signature_key")
    is_plain = all(WORD.fullmatch(word) for word in words) and notice["signature_key"].isascii()
    is_plain = is_plain and len(notice["transaction_status"]) <= LONGEST_STATUS
    return notice if is_plain and AMOUNT.fullmatch(notice["gross_amount"]) else None


def _kept(notice: dict[str, str]) -> dict[str, str]:
    return {name: notice[name] for name in KEPT if name in notice}


def _text(body: bytes) -> str:
    """As it came, but for what a database cannot hold."""
    return body.decode("utf-8", "replace").replace("\0", "\ufffd")


urlpatterns: list[URLPattern] = [path("hooks/midtrans/", midtrans_notice, name="midtrans_notice")]
