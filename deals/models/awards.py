"""A right that somebody won."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from catalog.models import Variant
from livestream.models import LiveSession


class Award(models.Model):
    """One buyer may buy exactly so many of one variant at this price, once, until a moment.

    Whoever gives it sets the units aside and makes the row (`operations.grant_award`); the order that uses
    it is found by the price rule, and takes those units. When that order comes to nothing they are set
    aside again.
    """

    class Source(models.TextChoices):
        AUCTION = "auction", _("Lelang")
        GIVEAWAY = "giveaway", _("Hadiah")
        DRAW = "draw", _("Undian")

    buyer = models.ForeignKey(User, models.PROTECT, related_name="awards")
    variant = models.ForeignKey(Variant, models.PROTECT, related_name="+")
    session = models.ForeignKey(LiveSession, models.PROTECT, related_name="awards")
    quantity = models.PositiveIntegerField(default=1)
    price = models.PositiveBigIntegerField()  # rupiah each; a gift costs nothing
    source_kind = models.CharField(max_length=8, choices=Source.choices)
    source_id = models.BigIntegerField()  # the auction or draw it comes from
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    # When its units were promised to somebody else: from here on no order can use it.
    lapsed_at = models.DateTimeField(null=True, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)  # when its mail went out
    # The order that uses it, from the app above; empty again when that order comes to nothing.
    order_id = models.BigIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="deals_a_source_awards_a_buyer_once", fields=["source_kind", "source_id", "buyer"]
            ),
            models.CheckConstraint(name="deals_an_award_is_for_something", condition=Q(quantity__gt=0)),
            models.CheckConstraint(
                name="deals_a_lapsed_award_is_not_used",
                condition=Q(lapsed_at__isnull=True) | Q(order_id__isnull=True),
            ),
        ]
        indexes = [
            models.Index(name="deals_awards_to_tell", fields=["id"], condition=Q(told_at__isnull=True)),
            models.Index(
                name="deals_awards_open", fields=["buyer", "variant"], condition=Q(order_id__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.buyer_id}: {self.quantity} x {self.variant_id} @{self.price}"

    @property
    def is_alive(self) -> bool:
        """It was used, or still can be."""
        return self.order_id is not None or (self.lapsed_at is None and self.expires_at > timezone.now())
