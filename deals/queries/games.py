"""What a host sees of draws, auctions and wishes while they run."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, QuerySet, Sum

from catalog.models import Variant
from deals.models import Auction, Draw, Keep
from deals.queries import auctions, draws
from deals.queries.goods import variants_shown
from livestream.models import LiveSession

MOST_WANTED = 5


def variants_to_promise(session: LiveSession) -> QuerySet[Variant]:
    """What the showcase has of which something is left."""
    in_stock = variants_shown(session).filter(stock__available__gt=0)
    return in_stock.select_related("product", "stock").order_by("live_code", "pk")


def desk_of(session: LiveSession) -> dict[str, Any]:
    auction = auctions.auctions().filter(session=session, closed_at__isnull=True).first()
    return {
        "session": session,
        "auction": auction,
        "bids": auctions.latest_bids(auction) if auction else [],
        "draws": draws.draws()
        .filter(session=session, closed_at__isnull=True)
        .annotate(entered=Count("entries")),
        "past_auctions": auctions.auctions()
        .filter(session=session, closed_at__isnull=False)
        .order_by("-pk")[:5],
        "past_draws": draws.draws().filter(session=session, closed_at__isnull=False).order_by("-pk")[:5],
        "wanted": most_wanted(session),
    }


def most_wanted(session: LiveSession) -> QuerySet[Keep, Any]:
    """What people wrote into the chat that they want, the most wanted first."""
    clear = Keep.objects.filter(session=session, variant__isnull=False, taken_back_at__isnull=True)
    by_variant = clear.values("variant__live_code", "variant__product__name", "variant__name")
    counted = by_variant.annotate(people=Count("user", distinct=True), units=Sum("quantity"))
    return counted.order_by("-units", "variant__live_code")[:MOST_WANTED]


def auctions_of(session: LiveSession) -> QuerySet[Auction]:
    return Auction.objects.filter(session=session)


def draws_of(session: LiveSession) -> QuerySet[Draw]:
    return Draw.objects.filter(session=session)
