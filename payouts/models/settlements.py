"""What an order brings its shop, and how much of that was posted.

As with commission, a settlement is a function of what happened: each posting brings the books to what is
due by then. Refunds may come before it, after it, or while it runs.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.models import Shop
from fees.models import FeeSchedule
from orders.models import Order


class Speed(models.TextChoices):
    STANDARD = "standard", _("biasa")
    EXPRESS = "express", _("cepat")


class Settlement(models.Model):
    """The terms under which one order is settled: written when it is certain, never changed."""

    order = models.OneToOneField(Order, models.PROTECT, related_name="settlement")
    shop = models.ForeignKey(Shop, models.PROTECT, related_name="+")
    schedule = models.ForeignKey(FeeSchedule, models.PROTECT, related_name="+")  # held when it was placed
    speed = models.CharField(max_length=8, choices=Speed.choices, default=Speed.STANDARD)
    is_micro = models.BooleanField(default=False)
    is_exempt = models.BooleanField(default=False)
    # When something is to be posted next; empty while the parcel is under way, and when all is done.
    next_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(name="payouts_due", fields=["next_at"], condition=Q(next_at__isnull=False)),
            models.Index(
                name="payouts_under_way",
                fields=["order"],
                condition=Q(next_at__isnull=True, settled_at__isnull=True),
            ),
            models.Index(name="payouts_settled_of_shop", fields=["shop", "settled_at"]),
        ]

    def __str__(self) -> str:
        return f"{self.order_id} {self.speed}"

    def final_at(self, received_at: datetime) -> datetime:
        return received_at + timedelta(seconds=settings.RETURN_WINDOW_SECONDS)

    def first_at(self, received_at: datetime) -> datetime:
        """When the shop gets its money, or the larger part of it."""
        if self.speed == Speed.STANDARD:
            return self.final_at(received_at)
        early = received_at + timedelta(seconds=settings.EXPRESS_SETTLEMENT_SECONDS)
        return min(early, self.final_at(received_at))


class SettlementPosting(models.Model):
    """All that was settled of an order after this step: sums, not steps. Added once, never changed."""

    settlement = models.ForeignKey(Settlement, models.PROTECT, related_name="postings")
    shop = models.ForeignKey(Shop, models.PROTECT, related_name="+")
    seq = models.PositiveIntegerField()
    posted_at = models.DateTimeField(default=timezone.now)
    # Rupiah. What the shop is owed may fall below nothing when a buyer got back more than was left.
    payable = models.BigIntegerField()
    held_back = models.BigIntegerField()
    platform = models.PositiveBigIntegerField()
    processing = models.PositiveBigIntegerField()
    payment = models.PositiveBigIntegerField()
    tax = models.PositiveBigIntegerField()
    collected = models.BigIntegerField(default=0)  # the shop had it in hand already: set off
    change = models.BigIntegerField()  # of the shop's balance, by this step

    class Meta:
        constraints = [
            models.UniqueConstraint(name="payouts_a_step_is_posted_once", fields=["settlement", "seq"]),
            models.CheckConstraint(name="payouts_steps_are_counted_from_one", condition=Q(seq__gte=1)),
        ]
        indexes = [models.Index(name="payouts_steps_of_shop", fields=["shop", "posted_at"])]

    def __str__(self) -> str:
        return f"{self.settlement_id}/{self.seq}: {self.payable}"


class Hold(models.Model):
    """A reason to wait with an order's settlement: an open return, a dispute."""

    order = models.ForeignKey(Order, models.PROTECT, related_name="settlement_holds")
    source = models.CharField(max_length=80, unique=True)  # who asked for it: makes it happen once
    reason = models.CharField(max_length=120)
    opened_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="payouts_a_hold_ends_after_it_begins",
                condition=Q(closed_at__isnull=True) | Q(closed_at__gte=F("opened_at")),
            ),
        ]

    def __str__(self) -> str:
        return self.source
