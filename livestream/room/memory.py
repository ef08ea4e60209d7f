"""What this process remembers of the rules of its rooms, so that a message asks for none of them.

Every change of the rules moves the room's `rules_version` on, in the row that is locked whenever messages are
stored. Whoever stores compares it and reads the rules again only when it moved: nothing that was decided
before a message is stored can be missed, in any process and without a doorbell.
"""

from __future__ import annotations

import time
from collections.abc import Collection
from functools import lru_cache

from django.db.models import Q

from accounts.models import User
from livestream import queries
from livestream.models import BlockedWord, Follow, LiveSession, RoomEvent
from livestream.moderation.rules import ChatRules, Speaker
from livestream.moderation.words import WordMatcher

MOST_ROOMS = 500
MOST_PEOPLE = 50_000
KNOWN_FOR = 300.0  # seconds; then a person's phone is read again
FOLLOWS_FOR = 60.0  # seconds that whoever leaves a shop may still speak among its followers

_rules: dict[int, ChatRules] = {}
_people: dict[int, tuple[float, User]] = {}
_regulars: set[tuple[int, int]] = set()
_followers: dict[tuple[int, int], float] = {}


def recalled_rules(session_id: int) -> ChatRules | None:
    """As they were known last; the version tells whether they still hold."""
    return _rules.get(session_id)


def learn_rules(session: LiveSession, version: int) -> ChatRules:
    """Read them as they stand; the room is locked, or it does not matter."""
    rules = _read(session, version)
    if len(_rules) >= MOST_ROOMS:
        _rules.clear()
    _rules[session.pk] = rules
    return rules


def speakers(devices: dict[int, str]) -> dict[int, Speaker]:
    """Those people with the devices they speak from; who spoke lately is remembered."""
    now = time.monotonic()
    fresh = {pk for pk in devices if pk not in _people or now - _people[pk][0] > KNOWN_FOR}
    if fresh:
        if len(_people) >= MOST_PEOPLE:
            _people.clear()
        found = User.objects.only("pk", "phone", "joined_at").filter(pk__in=fresh)
        _people.update({user.pk: (now, user) for user in found})
    return {
        pk: Speaker(pk, device, _people[pk][1].phone, _people[pk][1].joined_at)
        for pk, device in devices.items()
        if pk in _people
    }


def newcomers(shop_id: int, user_ids: Collection[int]) -> set[int]:
    """Those of whom nothing was ever let through in this shop's rooms."""
    unknown = {pk for pk in user_ids if (shop_id, pk) not in _regulars}
    if not unknown:
        return set()
    said = RoomEvent.objects.filter(
        session__shop=shop_id, sender__in=unknown, kind=RoomEvent.Kind.CHAT, removed_at__isnull=True
    )
    regulars = set(said.values_list("sender_id", flat=True).distinct())
    if len(_regulars) >= MOST_PEOPLE:
        _regulars.clear()
    _regulars.update((shop_id, pk) for pk in regulars if pk is not None)
    return unknown - regulars


def outsiders(shop_id: int, user_ids: Collection[int]) -> set[int]:
    """Those who do not follow this shop. Only who does is remembered: whoever follows speaks at once."""
    now = time.monotonic()
    unknown = {pk for pk in user_ids if now - _followers.get((shop_id, pk), -FOLLOWS_FOR) >= FOLLOWS_FOR}
    if not unknown:
        return set()
    following = set(Follow.objects.filter(shop=shop_id, user__in=unknown).values_list("user_id", flat=True))
    if len(_followers) >= MOST_PEOPLE:
        _followers.clear()
    _followers.update(((shop_id, pk), now) for pk in following)
    return unknown - following


def forget() -> None:
    """Everything is read again when it is needed next."""
    _rules.clear()
    _people.clear()
    _regulars.clear()
    _followers.clear()


def _read(session: LiveSession, version: int) -> ChatRules:
    wishes = queries.rules_of(session)
    banned = list(queries.banned_from(session.shop_id).values_list("user_id", "device", "phone"))
    return ChatRules(
        version=version,
        slow_s=wishes.slow_s,
        holds_first=wishes.holds_first,
        refuses_links=wishes.refuses_links,
        followers_only=wishes.followers_only,
        words=tuple(matchers(session.shop_id)),
        crew=queries.crew_in_chat(session),
        muted=dict(queries.muted_in(session).values_list("user_id", "until")),
        banned_users=frozenset(user_id for user_id, _, _ in banned),
        banned_devices=frozenset(device for _, device, _ in banned if device),
        banned_phones=frozenset(phone for _, _, phone in banned if phone),
    )


def matchers(shop_id: int) -> list[WordMatcher]:
    words = BlockedWord.objects.filter(Q(shop=shop_id) | Q(shop__isnull=True)).order_by("pk")
    lists: dict[int | None, list[str]] = {None: [], shop_id: []}
    for shop, written in words.values_list("shop_id", "written"):
        lists[shop].append(written)
    return [_matcher(tuple(written)) for written in lists.values() if written]


@lru_cache(maxsize=64)
def _matcher(written: tuple[str, ...]) -> WordMatcher:
    """Compiled once for each list as it stands; the market's list is the same object in every room."""
    return WordMatcher(written)
