"""What goes in and out of a session over RTMP: keys for OBS, streams at an engine, places outside."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from livestream.models.sessions import LiveSession

MOST_OUTLETS = 3


class StreamKey(models.Model):
    """What a host's OBS proves itself with in one session. Only a digest is kept."""

    session = models.ForeignKey(LiveSession, models.CASCADE, related_name="stream_keys")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=timezone.now)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="livestream_one_stream_key_at_a_time",
                fields=["session", "user"],
                condition=Q(revoked_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.session_id}: {self.user_id}"


class EngineStream(models.Model):
    """A stream that OBS sends to the media engine for a session. `stream_id` is the engine's own name."""

    session = models.ForeignKey(LiveSession, models.CASCADE, related_name="engine_streams")
    stream_id = models.CharField(max_length=100)
    began_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    trouble = models.CharField(max_length=100, blank=True)  # why its pictures cannot be used

    class Meta:
        constraints = [
            models.UniqueConstraint(name="livestream_a_stream_begins_once", fields=["session", "stream_id"]),
            models.UniqueConstraint(
                name="livestream_one_stream_at_a_time",
                fields=["session"],
                condition=Q(ended_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.session_id}: {self.stream_id}"


class EngineRecording(models.Model):
    """A file that the engine has recorded beside our own recording, for whoever looks after the machines."""

    session = models.ForeignKey(LiveSession, models.CASCADE, related_name="engine_recordings")
    path = models.CharField(max_length=400)
    told_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="livestream_a_recording_is_told_once", fields=["session", "path"]),
        ]

    def __str__(self) -> str:
        return self.path


class SessionOutlet(models.Model):
    """Another platform to which a session is passed on. The key is sealed and never shown again."""

    class Standing(models.TextChoices):
        WAITING = "waiting"  # not on air
        CONNECTING = "connecting"
        CONNECTED = "connected"
        LOST = "lost"

    session = models.ForeignKey(LiveSession, models.CASCADE, related_name="outlets")
    place = models.PositiveSmallIntegerField()
    url = models.CharField(max_length=300)
    sealed_key = models.TextField()
    standing = models.CharField(max_length=10, choices=Standing.choices, default=Standing.WAITING)
    trouble = models.CharField(max_length=20, blank=True)
    stood_since = models.DateTimeField(default=timezone.now)
    # Since when it has not carried the show as it did before; meaningful while it is not connected.
    died_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="livestream_one_outlet_for_each_place", fields=["session", "place"]),
            models.CheckConstraint(
                name="livestream_few_outlets", condition=Q(place__gte=1, place__lte=MOST_OUTLETS)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.session_id}: {self.place}"

    @property
    def host(self) -> str:
        """All of the address that is shown: some platforms write keys into the rest."""
        return urlsplit(self.url).hostname or ""


class EmergencyDoor(models.Model):
    """The host's wish that followers hear of our room when a place outside dies, and what came of it."""

    session = models.OneToOneField(LiveSession, models.CASCADE, related_name="emergency_door")
    is_wanted = models.BooleanField(default=False)
    opened_at = models.DateTimeField(null=True, blank=True)
    told_up_to = models.BigIntegerField(default=0)  # the last follower who was reached, by their id
    told = models.PositiveIntegerField(default=0)  # how many got the link: some want no news, or had enough
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="livestream_a_door_opens_before_all_are_told",
                condition=Q(finished_at__isnull=True) | Q(opened_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.session_id}: {self.told}"
