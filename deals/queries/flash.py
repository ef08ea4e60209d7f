"""Reads of flash deals."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Min, Prefetch, QuerySet
from django.utils import timezone

from catalog.models import Product, Variant
from catalog.queries import PRICES_KEPT, first_photo, lowest_price, price_history, struck_price
from deals.models import FlashDeal
from livestream.models import LiveSession

# Viewers who see the show later than this would find a countdown half over.
FASTEST_GLASS_MS = 8000


def open_deals(session: LiveSession) -> QuerySet[FlashDeal]:
    """Those that are counting down, running, or have only just ended."""
    running = FlashDeal.objects.filter(session=session, closed_at__isnull=True)
    return running.order_by("starts_ms", "pk")


def cards_of(session: LiveSession) -> list[FlashDeal]:
    """The deals that a room shows: those whose time has not run out, with all that a card says."""
    if not session.is_on_air:
        return []
    shown = open_deals(session).filter(ends_ms__gt=session.clock_ms())
    product = Prefetch("variant__product", Product.objects.prefetch_related(first_photo()))
    return list(shown.select_related("variant").prefetch_related(product))


def deals_at_desk(session: LiveSession) -> list[FlashDeal]:
    """The open deals whose time has not run out, for whoever runs the session."""
    unfinished = open_deals(session).filter(ends_ms__gt=session.clock_ms())
    return list(unfinished.select_related("variant__product"))


def past_deals(session: LiveSession) -> QuerySet[FlashDeal]:
    return (
        FlashDeal.objects.filter(session=session, closed_at__isnull=False)
        .select_related("variant__product")
        .order_by("-closed_at", "-pk")
    )


@dataclass(frozen=True)
class PriceLimits:
    """What the past says about a deal's price."""

    most: int  # the highest price that is a reduction; 0 when none is
    struck: int | None  # what may stand struck through beside it


def price_limits(variant: Variant, now: datetime | None = None) -> PriceLimits:
    """Below every list price of the last 30 days, and above no flash price that was paid in them."""
    now = now or timezone.now()
    history = price_history([variant.pk], now)[variant.pk]
    below = min(lowest_price(history) or variant.price, variant.price) - 1
    paid = FlashDeal.objects.filter(variant=variant, taken__gt=0, created_at__gt=now - PRICES_KEPT)
    cheapest_paid = paid.aggregate(price=Min("price"))["price"]
    return PriceLimits(
        most=below if cheapest_paid is None else min(below, cheapest_paid),
        struck=struck_price(history, now),
    )
