"""The rules of chats, and the words that are not let through."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.db import transaction
from django.db.models import F

from catalog.models import Shop
from kit.hygiene import clean_text
from livestream import broadcasts
from livestream.models import BlockedWord, LiveSession, RoomCounter, SessionRules
from livestream.moderation.words import key_of

MOST_WORDS = 300  # of one shop


@transaction.atomic
def set_rules(
    session: LiveSession, *, slow_s: int, holds_first: bool, refuses_links: bool, followers_only: bool
) -> None:
    """Change how a session's chat goes, from the next message on."""
    wishes = {
        "slow_s": slow_s,
        "holds_first": holds_first,
        "refuses_links": refuses_links,
        "followers_only": followers_only,
    }
    move_rules_on([session.pk])
    rules, _ = SessionRules.objects.update_or_create(session=session, defaults=wishes)
    broadcasts.rules_changed(session, rules)


def inherit_rules(session: LiveSession) -> None:
    """A new session goes as the shop's last one did."""
    before = SessionRules.objects.filter(session__shop=session.shop_id).order_by("-session_id").first()
    if before:
        SessionRules.objects.create(
            session=session,
            slow_s=before.slow_s,
            holds_first=before.holds_first,
            refuses_links=before.refuses_links,
            followers_only=before.followers_only,
        )


@transaction.atomic
def set_shop_words(shop: Shop, *, words: Iterable[str]) -> None:
    """The shop's list is exactly this from now on, in every room of it that is not over."""
    wanted = keyed(words)
    listed = BlockedWord.objects.filter(shop=shop)
    known = set(listed.values_list("key", flat=True))
    listed.exclude(key__in=wanted).delete()
    added = [BlockedWord(shop=shop, key=key, written=wanted[key]) for key in wanted if key not in known]
    BlockedWord.objects.bulk_create(added, ignore_conflicts=True)
    move_rules_on(_rooms_of(shop))


@transaction.atomic
def add_market_word(written: str) -> BlockedWord:
    """Blocked in every room of the market from now on."""
    word, _ = BlockedWord.objects.get_or_create(shop=None, key=key_of(written), defaults={"written": written})
    move_rules_on(_rooms_of(None))
    return word


@transaction.atomic
def remove_market_words(word_ids: Collection[int]) -> None:
    BlockedWord.objects.filter(shop__isnull=True, pk__in=word_ids).delete()
    move_rules_on(_rooms_of(None))


def keyed(words: Iterable[str]) -> dict[str, str]:
    """The words under their keys, each once, as it was written first."""
    found: dict[str, str] = {}
    for word in words:
        written = clean_text(word)
        if key := key_of(written):
            found.setdefault(key, written)
    return found


@transaction.atomic
def move_rules_on(session_ids: Collection[int]) -> None:
    """Have every process read these rooms' rules again before it stores another message in them."""
    counters = RoomCounter.objects.select_for_update(no_key=True).filter(session__in=session_ids)
    held = list(counters.order_by("pk").values_list("pk", flat=True))
    RoomCounter.objects.filter(pk__in=held).update(rules_version=F("rules_version") + 1)


def _rooms_of(shop: Shop | None) -> list[int]:
    rooms = LiveSession.objects.filter(ended_at__isnull=True)
    if shop:
        rooms = rooms.filter(shop=shop)
    return list(rooms.values_list("pk", flat=True))
