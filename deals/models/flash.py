"""Lower prices for a few minutes of a session."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from accounts.models import User
from catalog.models import Variant
from livestream.models import LiveSession

SHORTEST_MS, LONGEST_MS = 60_000, 1_200_000


class FlashDeal(models.Model):
    """So many units of a variant at a lower price, between two moments of the session's commerce clock.

    `taken` is how many of them living orders hold. It is counted by the database together with the stock.
    """

    session = models.ForeignKey(LiveSession, models.PROTECT, related_name="flash_deals")
    variant = models.ForeignKey(Variant, models.PROTECT, related_name="flash_deals")
    price = models.PositiveIntegerField()  # rupiah each
    list_price = models.PositiveIntegerField()  # what it cost when the deal was made
    struck_price = models.PositiveIntegerField(null=True, blank=True)  # what may stand struck through
    units = models.PositiveIntegerField()
    per_buyer = models.PositiveSmallIntegerField()
    taken = models.PositiveIntegerField(default=0)
    starts_ms = models.PositiveBigIntegerField()
    ends_ms = models.PositiveBigIntegerField()
    started_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    # When it was over: stopped, run out, or its session ended. Running out is found by the clock first.
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="deals_one_open_flash_deal_for_a_variant",
                fields=["variant"],
                condition=Q(closed_at__isnull=True),
            ),
            models.CheckConstraint(
                name="deals_no_more_is_taken_than_offered", condition=Q(taken__lte=F("units"))
            ),
            models.CheckConstraint(
                name="deals_a_buyer_may_take_something",
                condition=Q(per_buyer__gt=0, per_buyer__lte=F("units")),
            ),
            models.CheckConstraint(
                name="deals_a_deal_is_cheaper", condition=Q(price__gt=0, price__lt=F("list_price"))
            ),
            models.CheckConstraint(
                name="deals_a_flash_lasts_minutes",
                condition=Q(
                    ends_ms__gte=F("starts_ms") + SHORTEST_MS, ends_ms__lte=F("starts_ms") + LONGEST_MS
                ),
            ),
        ]
        indexes = [
            models.Index(name="deals_flash_open", fields=["session"], condition=Q(closed_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"{self.session_id}: {self.variant_id} @{self.price}"

    @property
    def left(self) -> int:
        return self.units - self.taken


class FlashTake(models.Model):
    """How many units of a deal one buyer's living orders hold."""

    # No foreign key in the database: its checks would lock the contended row.
    deal = models.ForeignKey(FlashDeal, models.CASCADE, related_name="takes", db_constraint=False)
    buyer = models.ForeignKey(User, models.PROTECT, related_name="+")
    units = models.PositiveIntegerField()
    most = models.PositiveSmallIntegerField()  # the deal's `per_buyer`, here so that a constraint can hold it

    class Meta:
        constraints = [
            models.UniqueConstraint(name="deals_a_buyer_is_counted_once", fields=["deal", "buyer"]),
            models.CheckConstraint(name="deals_no_buyer_takes_too_much", condition=Q(units__lte=F("most"))),
        ]

    def __str__(self) -> str:
        return f"{self.deal_id}: {self.buyer_id} x {self.units}"
