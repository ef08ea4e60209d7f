"""Accounts that were closed."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from accounts.models import User


class Closing(models.Model):
    """A person has left; what may not be kept of them is forgotten once nothing of theirs is open."""

    user = models.OneToOneField(User, models.PROTECT, related_name="closing")
    asked_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="privacy_a_person_is_forgotten_after_they_asked",
                condition=Q(done_at__isnull=True) | Q(done_at__gte=F("asked_at")),
            ),
        ]
        indexes = [
            models.Index(
                name="privacy_closings_waiting", fields=["asked_at"], condition=Q(done_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}"
