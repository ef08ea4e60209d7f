"""Reads of live sessions."""

from __future__ import annotations

from django.db.models import QuerySet

from livestream.models import LiveSession


def sessions_on_air() -> QuerySet[LiveSession]:
    return LiveSession.objects.on_air().select_related("shop__regency").order_by("-went_live_at", "-pk")


def sessions_upcoming() -> QuerySet[LiveSession]:
    return LiveSession.objects.upcoming().select_related("shop__regency").order_by("planned_at", "pk")
