"""Affiliates: links, clicks, rates, commission and its settlement.

A commission is a function of its events, never a status that is flipped: settlement posts the
difference between what is due and what was already posted, so that events may come in any order,
twice, or after a crash.
"""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import Func, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from accounts.models import User
from affiliates.wording import REASONS
from catalog.models import Product, Shop
from livestream.models import LiveSession
from orders.models import OrderLine

LEAST_RATE, HIGHEST_RATE = 100, 8000  # basis points: 1 % to 80 %


class Affiliate(models.Model):
    """A person who promotes other people's products for a commission."""

    user = models.OneToOneField(User, models.PROTECT, related_name="affiliate")
    handle = models.SlugField(max_length=30, unique=True)
    joined_at = models.DateTimeField(default=timezone.now)
    suspended_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"@{self.handle}"


class CommissionRateQuerySet(models.QuerySet["CommissionRate"]):
    def valid(self, at: datetime) -> Self:
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=at), valid_from__lte=at)


class CommissionRate(models.Model):
    """What a shop pays for a sale of one product, or of any (product empty), from one moment to another.

    Rows are never edited: a change ends one row and begins the next.
    """

    shop = models.ForeignKey(Shop, models.PROTECT, related_name="commission_rates")
    product = models.ForeignKey(
        Product, models.PROTECT, null=True, blank=True, related_name="commission_rates"
    )
    rate_bp = models.PositiveSmallIntegerField()  # basis points: 1000 is 10 %
    valid_from = models.DateTimeField(default=timezone.now)
    valid_to = models.DateTimeField(null=True, blank=True)

    objects = CommissionRateQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="affiliates_a_rate_is_1_to_80_percent",
                condition=Q(rate_bp__gte=LEAST_RATE, rate_bp__lte=HIGHEST_RATE),
            ),
            ExclusionConstraint(
                name="affiliates_one_rate_at_a_time",
                expressions=[
                    ("shop", RangeOperators.EQUAL),
                    (Coalesce("product", 0), RangeOperators.EQUAL),
                    (
                        Func(
                            "valid_from", "valid_to", function="TSTZRANGE", output_field=DateTimeRangeField()
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rate_bp / 100:g} %"


class ReferralLink(models.Model):
    """An affiliate's short address for a product, a shop or a live session; never for a URL."""

    affiliate = models.ForeignKey(Affiliate, models.PROTECT, related_name="links")
    code = models.CharField(max_length=8, unique=True)  # 7 random characters and a check character
    shop = models.ForeignKey(Shop, models.PROTECT, related_name="+")  # whose sales it may earn on
    product = models.ForeignKey(Product, models.PROTECT, null=True, blank=True, related_name="+")
    session = models.ForeignKey(LiveSession, models.PROTECT, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    disabled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="affiliates_one_link_per_target",
                fields=["affiliate", "shop", "product", "session"],
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="affiliates_a_link_has_one_target",
                condition=Q(product__isnull=True) | Q(session__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def is_active(self) -> bool:
        return self.disabled_at is None and self.affiliate.suspended_at is None

    @property
    def name(self) -> str:
        """What it leads to."""
        return str(self.session or self.product or self.shop)


class DayKey(models.Model):
    """The key under which one day's networks are hashed. Once it is deleted, nobody can link them."""

    day = models.DateField(primary_key=True)
    key = models.BinaryField(max_length=32)

    def __str__(self) -> str:
        return f"{self.day:%F}"


class Click(models.Model):
    """A counted visit through a link: evidence, kept 35 days. No address of a person is stored."""

    link = models.ForeignKey(ReferralLink, models.CASCADE, related_name="clicks")
    visitor = models.UUIDField(default=uuid.uuid4)
    network_hash = models.BinaryField(max_length=16)  # keyed by the day, of /24 or /48 and the browser
    clicked_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(name="affiliates_clicks_of_link", fields=["link", "-clicked_at"])]

    def __str__(self) -> str:
        return f"{self.link_id} {self.clicked_at:%F %T}"


class Touch(models.Model):
    """The latest time a visitor came through a link: what attribution decides on.

    A visitor's touches join the person who signs in there, once: on a shared phone they never move on
    to the next one.
    """

    visitor = models.UUIDField()
    user = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    link = models.ForeignKey(ReferralLink, models.CASCADE, related_name="+")
    shop = models.ForeignKey(Shop, models.CASCADE, related_name="+")
    clicked_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "touches"
        constraints = [
            models.UniqueConstraint(
                name="affiliates_one_touch_per_visitor_link_and_person",
                fields=["visitor", "link", "user"],
                nulls_distinct=False,
            ),
        ]
        indexes = [
            models.Index(name="affiliates_touch_of_visitor", fields=["visitor", "shop"]),
            models.Index(
                name="affiliates_touch_of_user", fields=["user", "shop"], condition=Q(user__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.visitor} {self.link_id}"


class Commission(models.Model):
    """What one order line earns one affiliate: facts frozen when the order is paid."""

    line = models.OneToOneField(OrderLine, models.PROTECT, related_name="commission")
    affiliate = models.ForeignKey(Affiliate, models.PROTECT, related_name="commissions")
    shop = models.ForeignKey(Shop, models.PROTECT, related_name="+")
    rate = models.ForeignKey(CommissionRate, models.PROTECT, related_name="+")
    rate_bp = models.PositiveSmallIntegerField()
    base = models.PositiveBigIntegerField()  # rupiah: price x quantity, without shipping
    quantity = models.PositiveIntegerField()
    gross = models.PositiveBigIntegerField()  # rupiah: floor(base x rate_bp / 10000)
    reserved_at = models.DateTimeField(default=timezone.now)
    matures_at = models.DateTimeField(null=True, blank=True)  # received + return window

    class Meta:
        indexes = [models.Index(name="affiliates_commissions_due", fields=["matures_at"])]

    def __str__(self) -> str:
        return f"{self.affiliate_id}: {self.gross}"


class MissedSale(models.Model):
    """A paid order line that passed by an affiliate's link or session, and why it earned nothing."""

    affiliate = models.ForeignKey(Affiliate, models.PROTECT, related_name="missed_sales")
    line = models.ForeignKey(OrderLine, models.PROTECT, related_name="+")
    reason = models.CharField(max_length=16)  # a Reason of affiliates.attribution
    paid_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="affiliates_a_sale_is_missed_once", fields=["affiliate", "line"]),
        ]

    def __str__(self) -> str:
        return f"{self.affiliate_id}: {self.reason}"

    @property
    def because(self) -> str:
        return str(REASONS[self.reason])


class CommissionAdjustment(models.Model):
    """Something that lowers a commission: added once, never changed."""

    class Kind(models.TextChoices):
        RETURN = "return"
        REFUND = "refund"
        VOID = "void"

    commission = models.ForeignKey(
        Commission, models.PROTECT, related_name="adjustments", db_constraint=False
    )
    kind = models.CharField(max_length=8, choices=Kind.choices)
    units = models.PositiveIntegerField(default=0)
    base_refunded = models.PositiveBigIntegerField(default=0)
    source = models.CharField(max_length=80, unique=True)  # where it came from: makes it happen once
    made_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.commission_id} {self.kind}"


class SettlementBatch(models.Model):
    """One run of the settlement that posted something."""

    cut = models.DateTimeField()  # all that matured up to here has been posted
    posted_at = models.DateTimeField(default=timezone.now)
    count = models.PositiveIntegerField(default=0)
    net = models.BigIntegerField(default=0)  # rupiah moved to affiliates in this run

    class Meta:
        verbose_name_plural = "settlement batches"

    def __str__(self) -> str:
        return f"{self.pk}: {self.net}"


class CommissionPosting(models.Model):
    """What a commission has earned in total after a settlement: cumulative, insert-only."""

    pk = models.CompositePrimaryKey("commission_id", "seq")
    # Hot: no foreign keys and no index but the primary key; the reconciler proves what they would.
    commission = models.ForeignKey(
        Commission, models.PROTECT, related_name="postings", db_constraint=False, db_index=False
    )
    seq = models.PositiveIntegerField()
    batch = models.ForeignKey(
        SettlementBatch, models.PROTECT, related_name="postings", db_constraint=False, db_index=False
    )
    cumulative = models.PositiveBigIntegerField()  # rupiah

    def __str__(self) -> str:
        return f"{self.commission_id}/{self.seq}: {self.cumulative}"


class CommissionWake(models.Model):
    """A commission whose due amount changed. Append-only: a refund in flight must not hide behind another."""

    commission_id = models.BigIntegerField()

    def __str__(self) -> str:
        return str(self.commission_id)
