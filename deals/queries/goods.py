"""Reads of what a room can make a deal of."""

from __future__ import annotations

from django.db.models import QuerySet

from catalog.models import Variant
from livestream.models import LiveSession, ShowcaseItem


def variants_shown(session: LiveSession) -> QuerySet[Variant]:
    """On sale, and in the session's showcase; not what the host keeps back for later."""
    shown = ShowcaseItem.objects.shown().filter(session=session)
    return Variant.objects.on_sale().filter(product__in=shown.values("product"))
