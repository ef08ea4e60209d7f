"""What people mean to buy, and what became one purchase of several orders."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from catalog.models import Variant
from livestream.models import LiveSession

MOST_OF_ONE = 99


class BasketItem(models.Model):
    """So many pieces of a variant that somebody means to buy. Nothing is held for them."""

    buyer = models.ForeignKey(User, models.CASCADE, related_name="+", db_index=False)
    variant = models.ForeignKey(Variant, models.PROTECT, related_name="+", db_index=False)
    quantity = models.PositiveSmallIntegerField()
    price_seen = models.PositiveIntegerField()  # rupiah each, when its buyer last said how many
    # Where it was put in, when that was in a live room or its replay, and how far the show was.
    session = models.ForeignKey(
        LiveSession, models.SET_NULL, null=True, blank=True, related_name="+", db_index=False
    )
    session_ms = models.PositiveBigIntegerField(null=True, blank=True)
    put_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="basket_a_variant_lies_in_it_once", fields=["buyer", "variant"]),
            models.CheckConstraint(
                name="basket_an_item_has_a_quantity",
                condition=Q(quantity__gte=1, quantity__lte=MOST_OF_ONE),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} x {self.variant_id}"


class Purchase(models.Model):
    """One pressing of the button: an order for each shop, and one payment for all of them."""

    key = models.UUIDField(primary_key=True)  # a second tap is the same purchase
    buyer = models.ForeignKey(User, models.PROTECT, related_name="+")
    request_hash = models.CharField(max_length=64)  # same key, other content: refused
    order_ids = ArrayField(models.BigIntegerField(), default=list)
    placed_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return str(self.key)
