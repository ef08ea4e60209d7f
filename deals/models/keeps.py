"""Wishes that people wrote into the chat."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from catalog.models import Variant
from livestream.models import LiveSession


class Keep(models.Model):
    """A message that asked for goods, understood once. What holds the goods is the order made of it."""

    session = models.ForeignKey(LiveSession, models.PROTECT, related_name="keeps")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    message_id = models.UUIDField()  # the sender's own number of the message
    # Empty while it is not clear which variant is meant.
    variant = models.ForeignKey(Variant, models.PROTECT, null=True, blank=True, related_name="+")
    quantity = models.PositiveSmallIntegerField(default=1)
    created_at = models.DateTimeField(default=timezone.now)
    taken_back_at = models.DateTimeField(null=True, blank=True)
    # When what came of it was settled; empty if whoever was to hold it died before.
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(
                name="deals_keeps_unanswered",
                fields=["created_at"],
                condition=models.Q(answered_at__isnull=True, variant__isnull=False),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                name="deals_a_message_is_kept_once", fields=["session", "user", "message_id"]
            ),
            models.CheckConstraint(
                name="deals_a_keep_is_for_something", condition=Q(quantity__range=(1, 99))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.session_id}: {self.user_id} {self.quantity} x {self.variant_id}"
