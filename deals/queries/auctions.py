"""Reads of auctions."""

from __future__ import annotations

from typing import Any

from django.db.models import F, Q, QuerySet

from accounts.models import User
from deals import bidding
from deals.marks import mark_of
from deals.models import Auction, AuctionBid, Award
from livestream.models import LiveSession

SHOWN_FOR_MS = 120_000  # a result stays in the room for so long
LATEST_BIDS = 10


def auctions() -> QuerySet[Auction]:
    return Auction.objects.select_related("session__shop", "variant__product", "leader")


def auction_in(session: LiveSession) -> Auction | None:
    """The auction that the room shows: one that is open, or a result that is still news."""
    since = session.clock_ms() - SHOWN_FOR_MS
    is_news = Q(ends_ms__gt=since) if not session.ended_at else Q(pk__in=[])
    shown = auctions().filter(Q(closed_at__isnull=True) | is_news, session=session)
    return shown.order_by(F("closed_at").desc(nulls_first=True), "-pk").first()


def awards_of(auction: Auction) -> QuerySet[Award]:
    awards = Award.objects.filter(source_kind=Award.Source.AUCTION, source_id=auction.pk)
    return awards.select_related("buyer").order_by("pk")


def winner_of(auction: Auction) -> Award | None:
    """Whose right still stands, or was used."""
    return next((award for award in awards_of(auction) if award.is_alive), None)


def latest_bids(auction: Auction) -> QuerySet[AuctionBid]:
    """The newest first, for whoever runs the auction."""
    return auction.bids.select_related("bidder").order_by("-number")[:LATEST_BIDS]


def own_maximum(auction: Auction, user: User) -> int:
    """The most this person has offered; 0 for nothing."""
    bids = auction.bids.filter(bidder=user).order_by("-maximum").values_list("maximum", flat=True)
    return bids.first() or 0


def least_bid(auction: Auction, bidder: User) -> int:
    """What this person must offer at least. Before the start nobody learns how high others went."""
    if not auction.is_running:
        own = own_maximum(auction, bidder)
        return own + bidding.step_at(own) if own else auction.start_price
    if auction.leader_id == bidder.pk:
        return auction.maximum + bidding.step_at(auction.maximum)
    return auction.standing.least_bid


def told_of(auction: Auction) -> dict[str, Any]:
    """The words about a running auction that everybody hears while it moves."""
    leader = auction.leader
    return {
        "price": auction.price,
        "least": auction.standing.least_bid,
        "leader": leader.chat_name if leader else "",
        "mark": mark_of(auction.session_id, leader.pk) if leader else "",
        "bids": auction.bids_count,
        "ends": auction.ends_ms,
    }
