"""Who wants to hear whenever a shop goes live."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from accounts.models import User
from catalog.models import Shop


class Follow(models.Model):
    """One person follows one shop."""

    shop = models.ForeignKey(Shop, models.CASCADE, related_name="follows")
    user = models.ForeignKey(User, models.CASCADE, related_name="follows")
    created_at = models.DateTimeField(default=timezone.now)
    told_session_id = models.BigIntegerField(null=True, blank=True)  # the last show they were told of

    class Meta:
        constraints = [
            models.UniqueConstraint(name="livestream_a_shop_is_followed_once", fields=["shop", "user"]),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.shop_id}"


class Unfollow(models.Model):
    """When a person last stopped following a shop: who comes back at once has not come anew."""

    shop = models.ForeignKey(Shop, models.CASCADE, related_name="+")
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    left_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="livestream_one_last_unfollow", fields=["shop", "user"]),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.shop_id}"
