"""What a mentor says to whoever stands before the camera."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from accounts.models import User
from livestream.models.sessions import LiveSession

MOST_LETTERS = 120


class Cue(models.Model):
    """Read once by the host in the show, and kept for talking about it afterwards."""

    session = models.ForeignKey(LiveSession, models.CASCADE, related_name="cues")
    mentor = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    mentor_name = models.CharField(max_length=60)
    text = models.CharField(max_length=MOST_LETTERS)
    media_ms = models.PositiveBigIntegerField()
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(name="livestream_cues_of_a_session", fields=["session", "-id"])]
        constraints = [
            models.CheckConstraint(name="livestream_a_cue_says_something", condition=~models.Q(text="")),
        ]

    def __str__(self) -> str:
        return f"{self.session_id}: {self.text}"
