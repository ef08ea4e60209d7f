"""Who may say what in a room, what waits to be looked at, and what was asked and answered."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from catalog.models import Product, Shop
from livestream.models.room import RoomEvent
from livestream.models.sessions import LiveSession


def _person(**options: object) -> models.ForeignKey[User | None, User | None]:
    """Somebody who did something; the deed outlives the account."""
    fields = {"null": True, "blank": True, "related_name": "+", **options}
    return models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, **fields)  # type: ignore[arg-type]


class SlowMode(models.IntegerChoices):
    """Seconds that a viewer waits between two messages."""

    OFF = 0, _("Mati")
    THREE = 3, _("3 detik")
    FIVE = 5, _("5 detik")
    TEN = 10, _("10 detik")
    THIRTY = 30, _("30 detik")


class SessionRules(models.Model):
    """How the chat of one session goes. A session without a row has the rules of a new one."""

    session = models.OneToOneField(LiveSession, models.CASCADE, primary_key=True, related_name="chat_rules")
    slow_s = models.PositiveSmallIntegerField(choices=SlowMode.choices, default=SlowMode.OFF)
    holds_first = models.BooleanField(default=False)  # a person's first message in this shop is looked at
    refuses_links = models.BooleanField(default=False)
    followers_only = models.BooleanField(default=False, db_default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="livestream_slow_mode_is_one_of_five", condition=Q(slow_s__in=SlowMode.values)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.session_id}: {self.slow_s} s"


class BlockedWord(models.Model):
    """A word or phrase that a shop's rooms, or without a shop all rooms, do not let through."""

    shop = models.ForeignKey(Shop, models.CASCADE, null=True, blank=True, related_name="blocked_words")
    written = models.CharField(max_length=60)
    key = models.CharField(max_length=240)  # livestream.moderation.words.key_of
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="livestream_a_shop_blocks_a_word_once", fields=["shop", "key"]),
            models.UniqueConstraint(
                name="livestream_the_market_blocks_a_word_once",
                fields=["key"],
                condition=Q(shop__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.written


class Mute(models.Model):
    """A person who may not speak in a session, until a moment or for all of it."""

    session = models.ForeignKey(LiveSession, models.CASCADE, related_name="mutes")
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    name = models.CharField(max_length=60, blank=True)  # as the person was called in the room
    until = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    created_by = _person()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="livestream_a_person_is_muted_once", fields=["session", "user"]),
        ]

    def __str__(self) -> str:
        return f"{self.session_id}: {self.user_id}"


class Ban(models.Model):
    """A person who may not speak in any room of a shop: the account, its phone and the device they used."""

    shop = models.ForeignKey(Shop, models.CASCADE, related_name="bans")
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    name = models.CharField(max_length=60)
    said = models.CharField(max_length=300, blank=True)  # what it was for
    phone = models.CharField(max_length=16, blank=True)
    device = models.CharField(max_length=32, blank=True)  # livestream.room.devices
    created_at = models.DateTimeField(default=timezone.now)
    created_by = _person()
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = _person()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="livestream_a_shop_bans_a_person_once",
                fields=["shop", "user"],
                condition=Q(lifted_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.shop_id}: {self.name}"


class HeldMessage(models.Model):
    """A message that waits for somebody of the crew. It has no number until it is let through."""

    class Reason(models.TextChoices):
        FIRST = "first", _("Pesan pertama")
        PHRASE = "phrase", _("Ajakan ke luar pasar")

    class Decision(models.TextChoices):
        WAITING = "waiting"
        PUBLISHED = "published"
        REJECTED = "rejected"

    session = models.ForeignKey(LiveSession, models.CASCADE, related_name="held_messages")
    sender = models.ForeignKey(User, models.CASCADE, related_name="+")
    sender_name = models.CharField(max_length=60)
    client_id = models.UUIDField()
    device = models.CharField(max_length=32, blank=True)
    text = models.CharField(max_length=300)
    original = models.CharField(max_length=300, blank=True)
    reason = models.CharField(max_length=6, choices=Reason.choices)
    decision = models.CharField(max_length=9, choices=Decision.choices, default=Decision.WAITING)
    created_at = models.DateTimeField(default=timezone.now)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = _person()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="livestream_a_message_is_held_once", fields=["session", "sender", "client_id"]
            ),
        ]
        indexes = [
            models.Index(
                name="livestream_held_waiting", fields=["session", "id"], condition=Q(decision="waiting")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.session_id}: {self.text}"


class PinnedComment(models.Model):
    """The message that stands above a room's chat."""

    session = models.OneToOneField(
        LiveSession, models.CASCADE, primary_key=True, related_name="pinned_comment"
    )
    message = models.OneToOneField(RoomEvent, models.CASCADE, related_name="+")

    def __str__(self) -> str:
        return f"{self.session_id}: {self.message_id}"


class Answer(models.Model):
    """What the crew answered to a question, and where in the show. Saved ones stand with the product."""

    session = models.ForeignKey(LiveSession, models.CASCADE, related_name="answers")
    shop = models.ForeignKey(Shop, models.CASCADE, related_name="answers")
    product = models.ForeignKey(Product, models.SET_NULL, null=True, blank=True, related_name="answers")
    question = models.CharField(max_length=300)
    key = models.CharField(max_length=300)  # livestream.moderation.asking.key_of
    text = models.CharField(max_length=300)
    media_ms = models.PositiveBigIntegerField(default=0)
    is_saved = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now)
    created_by = _person()

    class Meta:
        indexes = [
            GinIndex(name="livestream_answer_key_trigrams", fields=["key"], opclasses=["gin_trgm_ops"]),
        ]

    def __str__(self) -> str:
        return self.question

    @property
    def seconds(self) -> int:
        """Where in the replay it was said."""
        return self.media_ms // 1000


class AnsweredQuestion(models.Model):
    """A message of the question queue that is dealt with: answered in writing, aloud, or not a question."""

    message = models.OneToOneField(RoomEvent, models.CASCADE, primary_key=True, related_name="dealt_with")
    answer = models.ForeignKey(Answer, models.SET_NULL, null=True, blank=True, related_name="questions")
    answered_at = models.DateTimeField(default=timezone.now)
    answered_by = _person()

    def __str__(self) -> str:
        return f"{self.message_id}"
