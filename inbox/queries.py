"""Reads of what people are told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.core.cache import caches
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from inbox.models import ALWAYS_KEPT, Channel, Kind, Notice, Preference, PushSubscription

COUNTED_FOR = 60  # seconds; every write forgets it sooner
MOST_A_DAY = 3  # notices of marketing kinds from one shop to one person
# Quiet where something only wants to be looked at some day.
OFF_AT_FIRST = frozenset({(Kind.REVIEW, Channel.MAIL), (Kind.NEWS, Channel.MAIL)})


def notices_of(user: User) -> QuerySet[Notice]:
    return Notice.objects.of(user).shown().order_by("-pk")


def unread_count(user_id: int) -> int:
    """How many notices were not read; kept for a moment, since every page shows it."""
    return int(caches["spare"].get_or_set(unread_key(user_id), lambda: _unread(user_id), COUNTED_FOR) or 0)


def unread_key(user_id: int) -> str:
    return f"inbox:unread:{user_id}"


def _unread(user_id: int) -> int:
    return Notice.objects.unread().filter(user=user_id).count()


def ways(user: User, kind: str) -> frozenset[str]:
    """The channels by which this person hears of this kind."""
    words = dict(Preference.objects.filter(user=user, kind=kind).values_list("channel", "is_on"))
    return frozenset(channel for channel in Channel.values if _is_on(kind, channel, words))


@dataclass(frozen=True)
class Choice:
    """One switch on the page of preferences."""

    kind: str
    channel: str
    label: str
    is_on: bool
    is_fixed: bool

    @property
    def name(self) -> str:
        return f"{self.kind}-{self.channel}"


def choices_of(user: User) -> list[tuple[str, list[Choice]]]:
    """For each kind its switches, as the person set them or the market did."""
    rows = Preference.objects.filter(user=user).values_list("kind", "channel", "is_on")
    said = {(kind, channel): is_on for kind, channel, is_on in rows}
    return [
        (str(Kind(kind).label), [_choice(kind, channel, said) for channel in Channel.values])
        for kind in Kind.values
    ]


def _choice(kind: str, channel: str, said: Mapping[tuple[str, str], bool]) -> Choice:
    words = {channel: said[kind, channel]} if (kind, channel) in said else {}
    return Choice(
        kind=kind,
        channel=channel,
        label=str(Channel(channel).label),
        is_on=_is_on(kind, channel, words),
        is_fixed=is_fixed(kind, channel),
    )


def is_fixed(kind: str, channel: str) -> bool:
    return channel == Channel.INBOX and kind in ALWAYS_KEPT


def _is_on(kind: str, channel: str, words: Mapping[str, bool]) -> bool:
    if is_fixed(kind, channel):
        return True
    return words.get(channel, (kind, channel) not in OFF_AT_FIRST)


def told_today(user: User, *, shop_id: int, kinds: frozenset[Kind], now: datetime) -> int:
    """How often the shop has spoken to this person since midnight."""
    midnight = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    said = Notice.objects.of(user).filter(shop_id=shop_id, kind__in=kinds, created_at__gte=midnight)
    return said.count()


def subscriptions_of(user: User) -> QuerySet[PushSubscription]:
    return PushSubscription.objects.filter(user=user).order_by("pk")
