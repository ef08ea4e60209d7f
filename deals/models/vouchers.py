"""Money off, for those who were there."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from livestream.models import LiveSession


class Voucher(models.Model):
    """What a seller gives off in one session: once for each buyer, within a budget.

    A claim is a promise. The budget is spent when claims are made, each at its worst case, so that a
    voucher which somebody holds never fails for want of money.
    """

    class Kind(models.TextChoices):
        AMOUNT = "amount", _("Potongan rupiah")
        PERCENT = "percent", _("Potongan persen")

    class Task(models.TextChoices):
        NONE = "none", _("Tanpa tugas")
        WATCH = "watch", _("Menonton")
        FOLLOW = "follow", _("Mengikuti lapak")

    session = models.ForeignKey(LiveSession, models.PROTECT, related_name="vouchers")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    percent = models.PositiveSmallIntegerField(default=0)
    most_discount = models.PositiveBigIntegerField()  # rupiah: the amount itself, or the cap of a percentage
    min_purchase = models.PositiveIntegerField(default=0)  # rupiah of goods
    budget = models.PositiveBigIntegerField()  # rupiah
    most_claims = models.PositiveIntegerField()
    claimed = models.PositiveIntegerField(default=0)
    task = models.CharField(max_length=8, choices=Task.choices, default=Task.NONE)
    watch_minutes = models.PositiveSmallIntegerField(default=0)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True, blank=True)  # no more claims; those made stay good

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="deals_no_more_is_claimed_than_offered", condition=Q(claimed__lte=F("most_claims"))
            ),
            models.CheckConstraint(
                name="deals_claims_stay_within_the_budget",
                condition=Q(budget__gte=F("claimed") * F("most_discount")),
            ),
            models.CheckConstraint(
                name="deals_a_voucher_is_worth_something",
                condition=Q(most_discount__gt=0)
                & (Q(kind="amount", percent=0) | Q(kind="percent", percent__range=(1, 90))),
            ),
            models.CheckConstraint(
                name="deals_a_watch_task_has_minutes",
                condition=Q(task__in=["none", "follow"], watch_minutes=0)
                | Q(task="watch", watch_minutes__range=(1, 60)),
            ),
        ]
        indexes = [
            models.Index(name="deals_vouchers_open", fields=["session"], condition=Q(closed_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"{self.session_id}: {self.most_discount}"

    @property
    def places(self) -> int:
        """How many can be claimed in all: the count or the budget, whichever is reached first."""
        return min(self.most_claims, self.budget // self.most_discount)

    @property
    def left(self) -> int:
        return max(0, self.places - self.claimed)

    @property
    def is_gone(self) -> bool:
        return self.left == 0


class VoucherClaim(models.Model):
    """A voucher in one buyer's pocket."""

    voucher = models.ForeignKey(Voucher, models.PROTECT, related_name="claims")
    buyer = models.ForeignKey(User, models.PROTECT, related_name="voucher_claims")
    claimed_at = models.DateTimeField(default=timezone.now)
    # The order that uses it, from the app above, and what it took off; nothing while it is unused.
    order_id = models.BigIntegerField(null=True, blank=True)
    discount = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="deals_a_buyer_claims_a_voucher_once", fields=["voucher", "buyer"]),
            models.CheckConstraint(
                name="deals_only_an_order_uses_a_claim",
                condition=Q(order_id__isnull=True, discount=0) | Q(order_id__isnull=False, discount__gt=0),
            ),
        ]
        indexes = [
            models.Index(name="deals_claims_unused", fields=["buyer"], condition=Q(order_id__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"{self.voucher_id}: {self.buyer_id}"


class WatchTime(models.Model):
    """How long somebody has really watched a session, by the commerce clock, while a voucher asked for it."""

    session = models.ForeignKey(LiveSession, models.CASCADE, related_name="+")
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    watched_ms = models.PositiveBigIntegerField(default=0)
    seen_ms = models.PositiveBigIntegerField()  # the clock when they were last seen

    class Meta:
        constraints = [
            models.UniqueConstraint(name="deals_a_person_watches_a_session_once", fields=["session", "user"]),
        ]

    def __str__(self) -> str:
        return f"{self.session_id}: {self.user_id} {self.watched_ms}"
