"""Reads of payments."""

from __future__ import annotations

from payments.models import GatewayNotice

AT_ONCE = 200


def waiting_notice_ids() -> list[int]:
    waiting = GatewayNotice.objects.filter(handled_at__isnull=True).order_by("pk")
    return list(waiting.values_list("pk", flat=True)[:AT_ONCE])
