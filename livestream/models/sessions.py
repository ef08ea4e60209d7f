"""Live sessions, what is shown in them, and who was there."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from catalog.models import Duty, Product, Shop

MILLISECOND = timedelta(milliseconds=1)


def new_code() -> str:
    """A short address that cannot be guessed from its neighbour's."""
    return secrets.token_hex(5)


class SessionState(models.TextChoices):
    UPCOMING = "upcoming"
    LIVE = "live"
    PAUSED = "paused"
    ENDED = "ended"


class Permission(models.TextChoices):
    """What someone may do in a session that they help to run."""

    HOST = "host", _("Membuka, menutup, dan melihat omzet")
    CHAT = "chat", _("Menjaga obrolan")
    PRODUCTS = "products", _("Menyematkan dan mengatur produk")
    DEALS = "deals", _("Menjalankan promo")
    BOARD = "board", _("Melihat papan angka, tanpa omzet")
    PUBLISH = "publish", _("Boleh siaran, setelah host membuka live")
    WHISPER = "whisper", _("Membisiki host")


class LiveSessionQuerySet(models.QuerySet["LiveSession"]):
    def public(self) -> Self:
        """Without rehearsals, which nobody but the crew ever sees."""
        return self.filter(is_rehearsal=False)

    def of_host(self, user: User) -> Self:
        """One's own, and those of shops whose shows one runs."""
        return self.filter(Q(host=user) | Q(shop__in=Shop.objects.run_by(user, Duty.LIVE)))

    def on_air(self) -> Self:
        return self.filter(went_live_at__isnull=False, ended_at__isnull=True)

    def upcoming(self) -> Self:
        return self.filter(went_live_at__isnull=True, ended_at__isnull=True)

    def ended(self) -> Self:
        return self.filter(ended_at__isnull=False, went_live_at__isnull=False)


class LiveSession(models.Model):
    """A seller's broadcast: planned, then on air, then ended."""

    shop = models.ForeignKey(Shop, models.PROTECT, related_name="live_sessions")
    host = models.ForeignKey(User, models.PROTECT, related_name="hosted_sessions")
    code = models.SlugField(unique=True, default=new_code)
    title = models.CharField(max_length=90)
    planned_at = models.DateTimeField()
    # Decided when it is planned and never changed: practice cannot become a sale, nor a sale practice.
    is_rehearsal = models.BooleanField(default=False, db_default=False, editable=False)
    created_at = models.DateTimeField(default=timezone.now)
    went_live_at = models.DateTimeField(null=True, blank=True)
    # Since when the publisher is gone; empty while pictures arrive.
    interrupted_at = models.DateTimeField(null=True, blank=True)
    interrupted_ms = models.PositiveBigIntegerField(default=0)  # how long it was gone before, in all
    ended_at = models.DateTimeField(null=True, blank=True)
    # Who was let in last to send pictures; a newer one takes over.
    publisher = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    # The publisher's current connection; word of an older one is ignored.
    connection_id = models.UUIDField(null=True, blank=True)
    media_ms = models.PositiveBigIntegerField(default=0)  # the media clock, last told
    poster_at = models.DateTimeField(null=True, blank=True)  # when the newest poster was taken
    recorded_ms = models.PositiveBigIntegerField(default=0)  # length of the replay
    hidden_ms = models.PositiveBigIntegerField(default=0)  # the same, while the host hides it
    replay_deleted_at = models.DateTimeField(null=True, blank=True)
    likes = models.PositiveBigIntegerField(default=0)
    peak_viewers = models.PositiveIntegerField(default=0)

    objects = LiveSessionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="livestream_one_session_on_air_per_shop",
                fields=["shop"],
                condition=Q(went_live_at__isnull=False, ended_at__isnull=True),
            ),
            # A null comparison passes a CHECK, so the start is asked for by name.
            models.CheckConstraint(
                name="livestream_session_ends_after_it_starts",
                condition=Q(ended_at__isnull=True)
                | Q(went_live_at__isnull=True)
                | Q(ended_at__gte=F("went_live_at")),
            ),
            models.CheckConstraint(
                name="livestream_a_replay_is_shown_or_hidden",
                condition=Q(recorded_ms=0) | Q(hidden_ms=0),
            ),
            models.CheckConstraint(
                name="livestream_a_deleted_replay_is_gone",
                condition=Q(replay_deleted_at__isnull=True) | Q(recorded_ms=0, hidden_ms=0),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def state(self) -> SessionState:
        if self.ended_at:
            return SessionState.ENDED
        if not self.went_live_at:
            return SessionState.UPCOMING
        return SessionState.PAUSED if self.interrupted_at else SessionState.LIVE

    @property
    def is_on_air(self) -> bool:
        return self.state in {SessionState.LIVE, SessionState.PAUSED}

    @property
    def clock_runs(self) -> bool:
        """Whether the commerce clock ticks: it stands still while the host's network is gone."""
        return self.state == SessionState.LIVE

    def clock_ms(self, now: datetime | None = None) -> int:
        """The commerce clock: milliseconds that the session was really on air.

        Every timer of the room is a moment of this clock, so that an interruption costs nobody a second.
        """
        if not self.went_live_at:
            return 0
        until = self.ended_at or self.interrupted_at or now or timezone.now()
        return max(0, (until - self.went_live_at) // MILLISECOND - self.interrupted_ms)


class ShowcaseItemQuerySet(models.QuerySet["ShowcaseItem"]):
    def shown(self) -> Self:
        return self.filter(is_hidden=False)


class ShowcaseItem(models.Model):
    """A product that a session offers, in the host's order."""

    session = models.ForeignKey(LiveSession, models.CASCADE, related_name="showcase")
    product = models.ForeignKey(Product, models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)
    is_hidden = models.BooleanField(default=False, db_default=False)  # kept for later in the show

    objects = ShowcaseItemQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="livestream_a_product_is_shown_once", fields=["session", "product"]),
        ]

    def __str__(self) -> str:
        return f"{self.session_id}: {self.product_id}"


class PinInterval(models.Model):
    """When a product was pinned, in milliseconds of the session's media clock: a chapter of the replay."""

    session = models.ForeignKey(LiveSession, models.CASCADE, related_name="pins")
    product = models.ForeignKey(Product, models.PROTECT, related_name="+")
    from_ms = models.PositiveBigIntegerField()
    to_ms = models.PositiveBigIntegerField(null=True, blank=True)
    pinned_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="livestream_one_pin_at_a_time", fields=["session"], condition=Q(to_ms__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.session_id}: {self.product_id} @{self.from_ms}"


class AudienceSample(models.Model):
    """Five seconds of a session on air: who was there, who came and went. A missing one means nobody."""

    session = models.ForeignKey(LiveSession, models.CASCADE, related_name="audience")
    at = models.DateTimeField()  # when the five seconds began
    at_ms = models.PositiveBigIntegerField(default=0)  # the same moment on the commerce clock
    viewers = models.PositiveIntegerField(default=0)  # the most who watched at once
    entered = models.PositiveIntegerField(default=0)  # who came for the first time
    stayed = models.PositiveIntegerField(default=0)  # who had been there for half a minute
    gone = models.PositiveIntegerField(default=0)  # who left and did not come back soon
    likes = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="livestream_one_audience_sample_at_a_time", fields=["session", "at"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.session_id} @{self.at_ms}: {self.viewers}"
