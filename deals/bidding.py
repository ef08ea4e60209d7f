"""The arithmetic of an auction with maximum bids: pure, so that anybody can replay a list of bids.

A bid is the most somebody would pay. The market bids for them: the leader pays one step above the best
bid of anybody else, and never more than their own maximum. Of two equal maxima the earlier one leads.
Raising one's own maximum while leading never raises one's own price.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

MOST_RUPIAH = 100_000_000
# From this price on, the next bid must be so much higher.
STEPS = (
    (0, 1_000),
    (50_000, 2_500),
    (100_000, 5_000),
    (250_000, 10_000),
    (500_000, 25_000),
    (1_000_000, 50_000),
    (5_000_000, 100_000),
)


@dataclass(frozen=True)
class Bid:
    bidder: int
    maximum: int  # rupiah


@dataclass(frozen=True)
class Standing:
    """Who leads, what they would pay now, and the most they said they would."""

    leader: int | None
    price: int
    maximum: int

    @property
    def least_bid(self) -> int:
        """The least that somebody who does not lead must offer."""
        return self.price if self.leader is None else self.price + step_at(self.price)


def step_at(price: int) -> int:
    return next(step for least, step in reversed(STEPS) if price >= least)


def opening(start: int) -> Standing:
    return Standing(leader=None, price=start, maximum=0)


def after(standing: Standing, bid: Bid) -> Standing:
    """The standing once this bid is in; one that is too low to change anything changes nothing."""
    if standing.leader is None:
        return (
            Standing(bid.bidder, standing.price, bid.maximum) if bid.maximum >= standing.price else standing
        )
    if bid.bidder == standing.leader:
        return Standing(bid.bidder, standing.price, max(standing.maximum, bid.maximum))
    if bid.maximum <= standing.maximum:
        price = min(standing.maximum, bid.maximum + step_at(bid.maximum))
        return Standing(standing.leader, max(standing.price, price), standing.maximum)
    price = min(bid.maximum, standing.maximum + step_at(standing.maximum))
    return Standing(bid.bidder, max(standing.price, price), bid.maximum)


def replay(start: int, bids: Iterable[Bid], *, without: Collection[int] = ()) -> Standing:
    """The standing after all these bids in their order, as if some people had never bid."""
    standing = opening(start)
    for bid in bids:
        if bid.bidder not in without:
            standing = after(standing, bid)
    return standing
