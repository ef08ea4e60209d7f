"""What is left of a show's people once their marks are forgotten."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from livestream.models import LiveSession


class ShowSummary(models.Model):
    """Who came to an old show, in sums: the marks of single people are gone."""

    session = models.OneToOneField(LiveSession, models.CASCADE, primary_key=True, related_name="summary")
    entered = models.PositiveIntegerField()
    tapped = models.PositiveIntegerField()
    # [{"source": "whatsapp", "entered": 70, "tapped": 26, "ordered": 11, "goods": 511000}, …]
    sources = models.JSONField(default=list)
    thinned_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.session_id}: {self.entered}"
