"""What was promised about a product in a show."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from catalog.models import Product
from livestream.models.sessions import LiveSession, PinInterval

MOST_LETTERS = 80


class ClaimQuerySet(models.QuerySet["Claim"]):
    def standing(self) -> Self:
        return self.filter(withdrawn_at__isnull=True)


class Claim(models.Model):
    """A promise with its place in the show. Orders keep a copy; taking it back changes none of them."""

    session = models.ForeignKey(LiveSession, models.PROTECT, related_name="claims")
    product = models.ForeignKey(Product, models.PROTECT, related_name="+")
    pin = models.ForeignKey(PinInterval, models.SET_NULL, null=True, blank=True, related_name="+")
    text = models.CharField(max_length=MOST_LETTERS)
    media_ms = models.PositiveBigIntegerField()
    made_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = ClaimQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="livestream_a_promise_is_made_once",
                fields=["session", "product", "text"],
                condition=Q(withdrawn_at__isnull=True),
            ),
            models.CheckConstraint(name="livestream_a_promise_says_something", condition=~Q(text="")),
        ]

    def __str__(self) -> str:
        return f"{self.session_id}/{self.product_id}: {self.text}"

    @property
    def at_seconds(self) -> int:
        return self.media_ms // 1000
