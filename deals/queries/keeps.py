"""Reads for wishes that people write into the chat."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet

from accounts.models import User
from catalog.models import Variant
from deals.models import Keep
from deals.queries.goods import variants_shown
from deals.wishes import Choice
from livestream.models import LiveSession, RoomEvent

MOMENT = timedelta(seconds=10)  # longer than any request may take to hold it


def choices_in(session: LiveSession) -> list[Choice]:
    """What the session shows, in the order in which it is offered."""
    shown = variants_shown(session).order_by("product", "position", "pk")
    rows = shown.values_list("pk", "product_id", "live_code", "name")
    return [
        Choice(variant_id=pk, product_id=product, live_code=code, name=name)
        for pk, product, code, name in rows
    ]


def message_of(session: LiveSession, user: User, message_id: UUID) -> str | None:
    """What this person said under this number, as long as it stands in the chat."""
    said = RoomEvent.objects.filter(
        session=session, sender=user, client_id=message_id, kind=RoomEvent.Kind.CHAT, removed_at__isnull=True
    )
    return said.values_list("text", flat=True).first()


def names_of(variant_ids: list[int]) -> dict[int, Variant]:
    return Variant.objects.select_related("product", "stock").in_bulk(variant_ids)


def keeps_unanswered(at: datetime) -> QuerySet[Keep]:
    """Clear wishes, of shows that are on air, that somebody understood and then could not go on with.

    They are left alone for a moment, because most are being held just now; and after the time for which
    they would have been held nobody waits for them any more.
    """
    since = at - timedelta(seconds=settings.RESERVATION_SECONDS)
    waiting = Keep.objects.filter(answered_at__isnull=True, taken_back_at__isnull=True, variant__isnull=False)
    recent = waiting.filter(created_at__range=(since, at - MOMENT), session__in=LiveSession.objects.on_air())
    return recent.select_related("session", "user", "variant__product", "variant__shop").order_by("pk")
