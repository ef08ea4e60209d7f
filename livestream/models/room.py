"""Everything that happens in a room, in its order."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from livestream.models.sessions import LiveSession


class RoomCounter(models.Model):
    """The last number given out in a room; locked while numbers are taken."""

    session = models.OneToOneField(LiveSession, models.CASCADE, primary_key=True, related_name="counter")
    head = models.PositiveBigIntegerField(default=0)
    # Moves on with every change of who may say what; whoever stores messages compares it under the lock.
    rules_version = models.PositiveIntegerField(db_default=0)

    def __str__(self) -> str:
        return f"{self.session_id}: {self.head}"


class RoomEvent(models.Model):
    """Something every viewer must learn, once and in order: chat, pins, removals, sales, states.

    `seq` is dense within its session. What has a number is in the database before anyone sees it.
    """

    class Kind(models.TextChoices):
        CHAT = "chat"
        REMOVED = "removed"
        PINNED = "pinned"
        UNPINNED = "unpinned"
        SOLD = "sold"
        STATE = "state"
        MUTED = "muted"
        DEAL = "deal"
        HUSHED = "hushed"
        RULES = "rules"
        ANSWER = "answer"
        COMMENT = "comment"
        SHOWCASE = "showcase"
        CLAIM = "claim"

    session = models.ForeignKey(LiveSession, models.CASCADE, related_name="events")
    seq = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=10, choices=Kind.choices)
    sender = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    sender_name = models.CharField(max_length=60, blank=True)
    client_id = models.UUIDField(null=True, blank=True)  # the sender's own: said twice, stored once
    text = models.CharField(max_length=300, blank=True)  # as everybody may see it
    # Only where something in the text was masked.
    original = models.CharField(max_length=300, blank=True, default="", db_default="")
    asks = models.BooleanField(default=False, db_default=False)
    # Which browser said it: livestream.room.devices.
    device = models.CharField(max_length=32, blank=True, default="", db_default="")
    payload = models.JSONField(default=dict, blank=True)
    media_ms = models.PositiveBigIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(name="livestream_a_number_is_given_once", fields=["session", "seq"]),
            models.UniqueConstraint(
                name="livestream_a_message_is_said_once",
                fields=["session", "sender", "client_id"],
                condition=Q(client_id__isnull=False),
            ),
        ]
        indexes = [
            models.Index(name="livestream_room_questions", fields=["session", "seq"], condition=Q(asks=True)),
        ]

    def __str__(self) -> str:
        return f"{self.session_id}/{self.seq} {self.kind}"
