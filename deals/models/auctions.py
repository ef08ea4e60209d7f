"""Auctions with maximum bids."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from accounts.models import User
from deals.bidding import MOST_RUPIAH, Bid, Standing
from deals.models.promises import Promise

SHORTEST_MS, LONGEST_MS = 15_000, 600_000


class Auction(Promise):
    """One unit that goes to whoever offers most.

    `leader`, `price` and `maximum` are what replaying its bids gives; they stand here to be locked.
    """

    start_price = models.PositiveIntegerField()  # rupiah
    duration_ms = models.PositiveIntegerField()
    counter_ms = models.PositiveIntegerField(default=10_000)  # what a late bid leaves to the others
    is_sudden_death = models.BooleanField(default=False)  # late bids leave the end where it is
    leader = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    price = models.PositiveIntegerField()
    maximum = models.PositiveIntegerField(default=0)
    bids_count = models.PositiveIntegerField(default=0)

    class Meta(Promise.Meta):
        constraints = [
            *Promise.Meta.constraints,
            models.UniqueConstraint(
                name="deals_one_auction_at_a_time", fields=["session"], condition=Q(closed_at__isnull=True)
            ),
            models.CheckConstraint(
                name="deals_a_leader_pays_no_more_than_they_said",
                condition=Q(leader__isnull=True, maximum=0)
                | Q(leader__isnull=False, price__lte=F("maximum")),
            ),
            models.CheckConstraint(
                name="deals_an_auction_never_gets_cheaper",
                condition=Q(start_price__gt=0, price__gte=F("start_price"), maximum__lte=MOST_RUPIAH),
            ),
            models.CheckConstraint(name="deals_an_auction_is_for_one_unit", condition=Q(units=1)),
            models.CheckConstraint(
                name="deals_an_auction_lasts_a_while",
                condition=Q(duration_ms__range=(SHORTEST_MS, LONGEST_MS), counter_ms__range=(5_000, 60_000)),
            ),
        ]

    @property
    def standing(self) -> Standing:
        return Standing(leader=self.leader_id, price=self.price, maximum=self.maximum)

    @property
    def shown_price(self) -> int:
        """Before the start nobody learns how high others went."""
        return self.start_price if self.starts_ms is None else self.price

    @property
    def is_running(self) -> bool:
        return self.starts_ms is not None and self.closed_at is None


class AuctionBid(models.Model):
    """The most somebody said they would pay. Rows are only ever added."""

    auction = models.ForeignKey(Auction, models.PROTECT, related_name="bids")
    number = models.PositiveIntegerField()  # from 1, without a gap
    bidder = models.ForeignKey(User, models.PROTECT, related_name="+")
    maximum = models.PositiveIntegerField()  # rupiah
    key = models.UUIDField()  # the bidder's own: sent twice, one bid
    price_after = models.PositiveIntegerField()
    at_ms = models.PositiveBigIntegerField()  # on the commerce clock
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="deals_a_bid_has_its_number", fields=["auction", "number"]),
            models.UniqueConstraint(name="deals_a_bid_is_made_once", fields=["auction", "bidder", "key"]),
        ]

    def __str__(self) -> str:
        return f"{self.auction_id}/{self.number}: {self.maximum}"

    @property
    def bid(self) -> Bid:
        return Bid(bidder=self.bidder_id, maximum=self.maximum)
