"""What people are told, by which ways, and what they do not want to hear."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User


class Kind(models.TextChoices):
    ORDER = "order", _("Pesanan")
    RETURN = "return", _("Retur dan sengketa")
    REVIEW = "review", _("Ulasan")
    LIVE = "live", _("Pengingat live")
    NEWS = "news", _("Kabar dari lapak")


class Channel(models.TextChoices):
    INBOX = "inbox", _("Di sini")
    MAIL = "mail", _("Email")
    PUSH = "push", _("HP")


# What a shop says to be visited, and not because something has happened to the reader's own things.
MARKETING = frozenset({Kind.LIVE, Kind.NEWS})
# What concerns somebody's money and goods can always be read again.
ALWAYS_KEPT = frozenset({Kind.ORDER, Kind.RETURN})


class NoticeQuerySet(models.QuerySet["Notice"]):
    def of(self, user: User) -> Self:
        return self.filter(user=user)

    def shown(self) -> Self:
        return self.filter(is_listed=True)

    def unread(self) -> Self:
        return self.shown().filter(read_at__isnull=True)


class Notice(models.Model):
    """One thing that one person is told, in the language they read."""

    user = models.ForeignKey(User, models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=6, choices=Kind.choices)
    key = models.CharField(
        max_length=120
    )  # what it is about: told again under the same key, it is one notice
    shop_id = models.BigIntegerField(null=True, blank=True)  # opaque here: who speaks, when a shop does
    language = models.CharField(max_length=5)
    title = models.CharField(max_length=120)
    text = models.CharField(max_length=400)
    path = models.CharField(max_length=300)  # where it leads, within the market
    letter = models.TextField(blank=True)  # what a mail says beyond the text
    is_listed = models.BooleanField(default=True)  # in the inbox
    created_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="inbox_a_thing_is_told_once", fields=["user", "key"]),
            models.CheckConstraint(
                name="inbox_a_notice_leads_into_the_market",
                condition=Q(path__startswith="/") & ~Q(path__startswith="//"),
            ),
            models.CheckConstraint(
                name="inbox_what_concerns_money_is_always_listed",
                condition=~Q(kind__in=sorted(ALWAYS_KEPT)) | Q(is_listed=True),
            ),
        ]
        indexes = [
            models.Index(name="inbox_of_a_person", fields=["user", "-id"]),
            models.Index(
                name="inbox_unread", fields=["user"], condition=Q(read_at__isnull=True, is_listed=True)
            ),
            models.Index(
                name="inbox_of_a_shop",
                fields=["user", "shop_id", "created_at"],
                condition=Q(shop_id__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.key}"


class Delivery(models.Model):
    """A notice on its way out of the market by one channel: the outbox of letters and pushes."""

    class State(models.TextChoices):
        WAITING = "waiting"
        SENT = "sent"
        GIVEN_UP = "given_up"

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="deliveries")
    channel = models.CharField(max_length=5, choices=Channel.choices)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(default=timezone.now)  # not before this; later while somebody is at it
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "deliveries"
        constraints = [
            models.UniqueConstraint(name="inbox_one_delivery_by_each_way", fields=["notice", "channel"]),
        ]
        indexes = [
            models.Index(name="inbox_deliveries_due", fields=["due_at"], condition=Q(state="waiting")),
        ]

    def __str__(self) -> str:
        return f"{self.notice_id} {self.channel} {self.state}"


class Preference(models.Model):
    """A person's own word on one kind by one channel; without a row the market's word holds."""

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=6, choices=Kind.choices)
    channel = models.CharField(max_length=5, choices=Channel.choices)
    is_on = models.BooleanField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="inbox_one_word_on_each_way", fields=["user", "kind", "channel"]),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.kind} {self.channel}: {self.is_on}"


class Silence(models.Model):
    """A shop that a person wants to hear nothing more from, of a marketing kind."""

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=6, choices=Kind.choices)
    shop_id = models.BigIntegerField()
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="inbox_a_shop_is_silenced_once", fields=["user", "kind", "shop_id"]),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.kind} {self.shop_id}"


class PushSubscription(models.Model):
    """A browser that asked to be told, with the keys that only it can read by."""

    user = models.ForeignKey(User, models.CASCADE, related_name="push_subscriptions")
    endpoint = models.URLField(max_length=500, unique=True)
    p256dh = models.CharField(max_length=120)
    auth = models.CharField(max_length=40)
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.user_id} {self.endpoint[:40]}"
