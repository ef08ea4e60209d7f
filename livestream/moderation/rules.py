"""Everything that decides on a message, as one snapshot: whoever holds it needs no database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import NamedTuple

from livestream.moderation.asking import asks
from livestream.moderation.links import has_link
from livestream.moderation.phrases import leads_away
from livestream.moderation.privacy import mask
from livestream.moderation.refusals import Banned, BlockedWordSaid, LinkSaid, Muted, NotSaid
from livestream.moderation.words import WordMatcher

NEW_FOR = timedelta(hours=24)
NEW_ACCOUNT_PAUSE = 10  # seconds; whoever comes back under a new account is slow at least


class Speaker(NamedTuple):
    """Whoever wants to say something."""

    user_id: int
    device: str
    phone: str
    joined_at: datetime


class Verdict(NamedTuple):
    """A message that may be said, as everybody will see it."""

    text: str
    original: str = ""  # when something in it was masked
    asks: bool = False
    is_held: bool = False
    role: str = ""  # "host" or "moderator"


@dataclass(frozen=True, slots=True)
class ChatRules:
    """The rules of one session's chat at one version."""

    version: int
    slow_s: int = 0
    holds_first: bool = False
    refuses_links: bool = False
    followers_only: bool = False
    words: tuple[WordMatcher, ...] = ()
    crew: Mapping[int, str] = field(default_factory=dict)  # user -> "host" or "moderator"
    muted: Mapping[int, datetime | None] = field(default_factory=dict)
    banned_users: frozenset[int] = frozenset()
    banned_devices: frozenset[str] = frozenset()
    banned_phones: frozenset[str] = frozenset()

    def judge(self, text: str, speaker: Speaker, *, now: datetime) -> Verdict | NotSaid:
        """Cheap questions first: who, then what. Whoever runs the chat is not judged."""
        role = self.crew.get(speaker.user_id, "")
        if role == "host":
            return Verdict(text, role=role)
        if role:
            return _masked(text, role=role)
        return self._refusal_of(speaker, now) or self._words_of(text)

    def pause_of(self, speaker: Speaker, *, now: datetime) -> int:
        """Seconds between two messages of this person."""
        if speaker.user_id in self.crew:
            return 0
        is_new = now - speaker.joined_at < NEW_FOR
        return max(self.slow_s, NEW_ACCOUNT_PAUSE) if is_new else self.slow_s

    def _refusal_of(self, speaker: Speaker, now: datetime) -> NotSaid | None:
        if (
            speaker.user_id in self.banned_users
            or (speaker.device and speaker.device in self.banned_devices)
            or (speaker.phone and speaker.phone in self.banned_phones)
        ):
            return Banned()
        if speaker.user_id in self.muted:
            until = self.muted[speaker.user_id]
            if until is None or until > now:
                return Muted(until)
        return None

    def _words_of(self, text: str) -> Verdict | NotSaid:
        if any(matcher.find(text) for matcher in self.words):
            return BlockedWordSaid()
        if self.refuses_links and has_link(text):
            return LinkSaid()
        return _masked(text, asks=asks(text), is_held=leads_away(text))


def _masked(text: str, *, asks: bool = False, is_held: bool = False, role: str = "") -> Verdict:
    shown = mask(text)
    return Verdict(shown, "" if shown is text else text, asks, is_held, role)
