"""Auctions: announced, started once, bid in, and closed by the clock."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from deals import bidding, broadcasts
from deals.bidding import Bid
from deals.models import Auction, AuctionBid, Award
from deals.operations import promises
from deals.operations.promises import Offer
from deals.operations.refusals import (
    CannotBeStopped,
    DealRefused,
    NotOnAir,
    OfTheHouse,
    TooFarBehind,
    TooLate,
)
from deals.queries.auctions import least_bid
from deals.queries.flash import FASTEST_GLASS_MS
from deals.queries.people import is_of_the_house
from livestream import queries as live
from livestream.models import LiveSession
from livestream.operations.locking import locked

PAY_WITHIN = timedelta(minutes=10)
MOST_OFFERS = 3  # who was outbid that often has long bought something else


class BidTooLow(DealRefused):
    """`least` is what a bid must reach now."""

    def __init__(self, least: int) -> None:
        super().__init__(least)
        self.least = least


class StandsStill(DealRefused):
    """The host's network is gone, so the clock stands, and bids would not be fair."""


@transaction.atomic
def announce_auction(
    session: LiveSession,
    *,
    variant_id: int,
    start_price: int,
    duration_ms: int,
    counter_ms: int,
    is_sudden_death: bool,
) -> Auction:
    """Show what will be auctioned; from now on people may say their maximum."""
    session = locked(session.code)
    if session.ended_at:
        raise NotOnAir
    auction = promises.make(
        Auction(
            session=session,
            variant=promises.variant_shown(session, variant_id),
            units=1,
            start_price=start_price,
            price=start_price,
            duration_ms=duration_ms,
            counter_ms=counter_ms,
            is_sudden_death=is_sudden_death,
        )
    )
    broadcasts.auction_changed(auction)
    return auction


@transaction.atomic
def start_auction(auction_id: int) -> None:
    """Let the clock run. From here on nobody can stop it; a second call changes nothing."""
    auction = promises.locked_promise(Auction, auction_id)
    if auction.closed_at:
        raise TooLate
    if auction.starts_ms is not None:
        return
    if not auction.session.clock_runs:
        raise NotOnAir
    if live.glass_delay_ms(auction.session) > FASTEST_GLASS_MS:
        raise TooFarBehind
    auction.starts_ms = auction.session.clock_ms()
    auction.ends_ms = auction.starts_ms + auction.duration_ms
    auction.save(update_fields=["starts_ms", "ends_ms"])
    broadcasts.auction_changed(auction)


@transaction.atomic
def call_off_auction(auction_id: int) -> None:
    """Take the announcement back; what was said before the start binds nobody."""
    auction = promises.locked_promise(Auction, auction_id)
    if auction.closed_at:
        raise TooLate
    if auction.starts_ms is not None:
        raise CannotBeStopped
    promises.call_off(auction, now=timezone.now())
    broadcasts.auction_gone(auction)


@transaction.atomic
def place_bid(auction_id: int, *, bidder: User, maximum: int, key: UUID) -> Auction:
    """Take the most that somebody would pay, once for each key; returns the auction as it stands then."""
    auction = promises.locked_promise(Auction, auction_id)
    if auction.bids.filter(bidder=bidder, key=key).exists():
        return auction
    now_ms = auction.session.clock_ms()
    _refuse(auction, bidder, maximum, now_ms)
    was_leading = auction.leader_id == bidder.pk
    _take(auction, bidder, maximum)
    if not was_leading:
        _give_time_to_answer(auction, now_ms)
    auction.save(update_fields=["leader", "price", "maximum", "bids_count", "ends_ms"])
    AuctionBid.objects.create(
        auction=auction,
        number=auction.bids_count,
        bidder=bidder,
        maximum=maximum,
        key=key,
        price_after=auction.price,
        at_ms=now_ms,
    )
    broadcasts.auction_moved(auction)
    return auction


def _refuse(auction: Auction, bidder: User, maximum: int, now_ms: int) -> None:
    if auction.closed_at or auction.session.ended_at or _is_over(auction, now_ms):
        raise TooLate
    if auction.is_running and not auction.session.clock_runs:
        raise StandsStill
    if is_of_the_house(auction.session, bidder):
        raise OfTheHouse
    least = least_bid(auction, bidder)
    if maximum < least or maximum > bidding.MOST_RUPIAH:
        raise BidTooLow(least)


def _take(auction: Auction, bidder: User, maximum: int) -> None:
    standing = bidding.after(auction.standing, Bid(bidder.pk, maximum))
    auction.leader_id, auction.price, auction.maximum = standing.leader, standing.price, standing.maximum
    auction.bids_count += 1


def _give_time_to_answer(auction: Auction, now_ms: int) -> None:
    """A bid in the last seconds never is the last word, unless that was said before."""
    if auction.ends_ms is not None and not auction.is_sudden_death:
        auction.ends_ms = max(auction.ends_ms, now_ms + auction.counter_ms)


def has_run_out(auction: Auction, now: datetime) -> bool:
    """By the clock, or with its show."""
    return auction.session.ended_at is not None or _is_over(auction, auction.session.clock_ms(now))


def _is_over(auction: Auction, now_ms: int) -> bool:
    return auction.ends_ms is not None and now_ms >= auction.ends_ms


@transaction.atomic
def close_auction(auction_id: int) -> None:
    """The hammer, once the clock says so: exactly once, however often and by how many it is called.

    A show that ends early ends its auction: whoever leads then has won. One that never started is called off.
    """
    auction, now = promises.locked_promise(Auction, auction_id), timezone.now()
    if auction.closed_at or not has_run_out(auction, now):
        return
    if auction.starts_ms is None:
        promises.call_off(auction, now=now)
        broadcasts.auction_gone(auction)
        return
    auction.closed_at = now
    auction.save(update_fields=["closed_at"])
    _settle(auction, now)
    broadcasts.auction_changed(auction)


@transaction.atomic
def settle_auction(auction_id: int) -> None:
    """Offer it to whoever comes next when the winner let it go."""
    auction, now = promises.locked_promise(Auction, auction_id), timezone.now()
    if auction.closed_at and auction.look_at and auction.look_at <= now:
        _settle(auction, now)
        broadcasts.auction_changed(auction)


def _settle(auction: Auction, now: datetime) -> None:
    queue = _next_in_line(auction)
    promises.settle(auction, source=Award.Source.AUCTION, queue=queue, within=PAY_WITHIN, now=now)


def _next_in_line(auction: Auction) -> Iterator[Offer]:
    """Whoever would lead if those who did not pay had never bid, at the price that would hold then."""
    asked = Award.objects.filter(source_kind=Award.Source.AUCTION, source_id=auction.pk)
    without = set(asked.values_list("buyer_id", flat=True))
    if len(without) >= MOST_OFFERS:
        return
    without.update(auction.bids.filter(bidder__is_active=False).values_list("bidder_id", flat=True))
    bids = [each.bid for each in auction.bids.order_by("number")]
    standing = bidding.replay(auction.start_price, bids, without=without)
    if standing.leader is not None:
        yield Offer(buyer=User.objects.get(pk=standing.leader), price=standing.price)
