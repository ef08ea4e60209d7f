"""The address that the courier aggregator calls: no language, no session."""

from __future__ import annotations

import hmac
import json
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from kit.notices import wake_worker
from shipping import operations, tasks

LARGEST = 16_384
LONGEST_ID = 64
EVENTS = frozenset({"order.status", "order.waybill_id", "order.price"})


@csrf_exempt
@require_POST
def biteship_notice(request: HttpRequest) -> HttpResponse:
    """Store a genuine message and answer at once. An empty body is the aggregator's test of the address."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST:
        return HttpResponse(status=413)
    if not _is_genuine(request):
        return HttpResponse(status=403)
    if not request.body or request.body.strip() == b"{}":
        return HttpResponse("OK", content_type="text/plain")
    notice = _read(request.body)
    if notice is None:
        return HttpResponse(status=400)
    stored = operations.record_notice(notice)
    if stored.handled_at is None:
        wake_worker(tasks.handle_notice, stored.pk)
    return HttpResponse("OK", content_type="text/plain")


def _is_genuine(request: HttpRequest) -> bool:
    """The secret that was agreed on in the aggregator's dashboard; without one nobody is believed."""
    secret = settings.BITESHIP_HOOK_SECRET
    sent = request.headers.get("X-Biteship-Signature", "")
    return bool(secret) and hmac.compare_digest(secret.encode(), sent.encode("utf-8", "replace"))


def _read(body: bytes) -> dict[str, Any] | None:
    try:
        sent: Any = json.loads(body)
    except (ValueError, RecursionError):
        return None
    if not isinstance(sent, dict) or sent.get("event") not in EVENTS:
        return None
    order_id = sent.get("order_id")
    is_plain = isinstance(order_id, str) and 0 < len(order_id) <= LONGEST_ID and order_id.isprintable()
    return sent if is_plain and "\\u0000" not in json.dumps(sent) else None


urlpatterns: list[URLPattern] = [path("hooks/biteship/", biteship_notice, name="biteship_notice")]
