"""Reads for wishes that people write into the chat."""

from __future__ import annotations

from uuid import UUID

from accounts.models import User
from catalog.models import Variant
from deals.queries.goods import variants_shown
from deals.wishes import Choice
from livestream.models import LiveSession, RoomEvent


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
