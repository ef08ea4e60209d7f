"""Who wants to be told when a planned session begins, and what they were told."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from accounts.models import User
from livestream.models.sessions import LiveSession


class Reminder(models.Model):
    """Somebody asked to be reminded of a session."""

    session = models.ForeignKey(LiveSession, models.CASCADE, related_name="reminders")
    user = models.ForeignKey(User, models.CASCADE, related_name="reminders")
    planned_at = models.DateTimeField()  # as this person knows it
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="livestream_one_reminder_each", fields=["session", "user"]),
        ]

    def __str__(self) -> str:
        return f"{self.session_id}: {self.user_id}"


class Notice(models.Model):
    """Something told to whoever waits, once."""

    class Kind(models.TextChoices):
        SOON = "soon"  # a quarter of an hour before
        BEGUN = "begun"
        MOVED = "moved"  # to another time

    reminder = models.ForeignKey(Reminder, models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=5, choices=Kind.choices)
    planned_at = models.DateTimeField()  # the time it speaks of
    sent_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="livestream_a_notice_is_sent_once", fields=["reminder", "kind", "planned_at"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reminder_id}: {self.kind}"
