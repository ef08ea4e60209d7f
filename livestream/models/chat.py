"""Who may say what in a room."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from accounts.models import User
from livestream.models.sessions import LiveSession


class Mute(models.Model):
    """A person who may not speak in a session, until a moment or for all of it."""

    session = models.ForeignKey(LiveSession, models.CASCADE, related_name="mutes")
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    until = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="livestream_a_person_is_muted_once", fields=["session", "user"]),
        ]

    def __str__(self) -> str:
        return f"{self.session_id}: {self.user_id}"
