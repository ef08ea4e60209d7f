"""What the daily proof found not to add up."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone


class Finding(models.Model):
    """A difference, kept until the proof finds it no more. Told once."""

    key = models.CharField(max_length=80)
    facts: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    found_at = models.DateTimeField(default=timezone.now)
    gone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="payouts_a_difference_is_told_once", fields=["key"], condition=Q(gone_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return self.key
