"""What is said in a room."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from kit.hygiene import tidy_line
from livestream import broadcasts
from livestream.models import HeldMessage, LiveSession, RoomCounter, RoomEvent
from livestream.models.chat import SlowMode
from livestream.moderation.refusals import (
    ChatClosed,
    Empty,
    NotFollowing,
    NotSaid,
    Rejected,
    TooLong,
    TooManyHeld,
    TooSoon,
    Unknown,
)
from livestream.moderation.rules import NEW_ACCOUNT_PAUSE, ChatRules, Speaker, Verdict
from livestream.room import log, memory
from livestream.room.wire import MOST_CHARACTERS

MOST_HELD = 3  # messages of one person that wait at the same time
LONGEST_PAUSE = timedelta(seconds=max(*SlowMode.values, NEW_ACCOUNT_PAUSE))

Outcome = RoomEvent | HeldMessage | NotSaid
Key = tuple[int, UUID]


@dataclass(frozen=True, slots=True)
class Line:
    """One message on its way in. Said again under the same `client_id`, it is the same message."""

    user_id: int
    name: str
    text: str
    client_id: UUID
    device: str = ""

    @property
    def key(self) -> Key:
        return self.user_id, self.client_id


def say(
    session: LiveSession, *, sender: User, text: str, client_id: UUID, device: str = ""
) -> RoomEvent | HeldMessage:
    """Say one thing in the room, once; some wait for somebody of the crew first."""
    line = Line(sender.pk, sender.chat_name, tidy(text), client_id, device)
    (outcome,) = say_all(session.pk, lines=[line])
    if isinstance(outcome, NotSaid):
        raise outcome
    if isinstance(outcome, RoomEvent):
        broadcasts.messages_said(session.pk, outcome.seq)
    return outcome


def tidy(text: str) -> str:
    """The text as it will be shown; refuses what cannot be."""
    return tidy_line(text, most=MOST_CHARACTERS, is_empty=Empty, is_long=TooLong)


def say_all(session_id: int, *, lines: Sequence[Line]) -> list[Outcome]:
    """Store tidy lines in their order under the room's next numbers; one outcome for each.

    A line that was stored before comes back as it was. Nobody is told: the caller does that.
    """
    speakers = memory.speakers({line.user_id: line.device for line in lines})
    rules = memory.recalled_rules(session_id)
    verdicts = _judge(lines, speakers, rules) if rules else []  # the work of it, before anybody waits
    with transaction.atomic():
        room = lock_room(session_id)
        if room.session.ended_at:
            return [ChatClosed() for _ in lines]
        if rules is None or rules.version != room.rules_version:
            rules = memory.learn_rules(room.session, room.rules_version)
            verdicts = _judge(lines, speakers, rules)
        sitting = _Sitting(room.session, rules, speakers, lines)
        return sitting.close([sitting.hear(*pair) for pair in zip(lines, verdicts, strict=True)])


def lock_room(session_id: int) -> RoomCounter:
    """One at a time takes numbers in a room or changes its rules; nobody who only reads waits."""
    counters = RoomCounter.objects.select_for_update(of=("self",), no_key=True)
    return counters.select_related("session").get(session=session_id)


def _judge(lines: Sequence[Line], speakers: dict[int, Speaker], rules: ChatRules) -> list[Verdict | NotSaid]:
    now = timezone.now()
    return [
        rules.judge(line.text, speakers[line.user_id], now=now) if line.user_id in speakers else Unknown()
        for line in lines
    ]


class _Sitting:
    """Lines that are stored together, while the room is locked."""

    def __init__(
        self,
        session: LiveSession,
        rules: ChatRules,
        speakers: dict[int, Speaker],
        lines: Sequence[Line],
    ) -> None:
        self._session = session
        self._rules = rules
        self._speakers = speakers
        self._now = timezone.now()
        self._known: dict[Key, Outcome] = {}
        self._said_at: dict[int, datetime] = {}
        self._fresh: list[RoomEvent] = []
        self._newcomers = self._find_newcomers(lines)
        self._outsiders = self._find_outsiders(lines)
        self._recall(lines)

    def hear(self, line: Line, verdict: Verdict | NotSaid) -> Outcome:
        if line.key in self._known:
            return self._known[line.key]
        if isinstance(verdict, NotSaid):
            return verdict
        if line.user_id in self._outsiders:
            return NotFollowing()
        if wait := self._wait_of(line):
            return TooSoon(wait)
        outcome = self._take(line, verdict)
        if not isinstance(outcome, NotSaid):
            self._said_at[line.user_id] = self._now
            self._known[line.key] = outcome
        return outcome

    def close(self, outcomes: list[Outcome]) -> list[Outcome]:
        if self._fresh:
            log.append(self._session.pk, self._fresh)
        return outcomes

    def _take(self, line: Line, verdict: Verdict) -> Outcome:
        is_first = line.user_id in self._newcomers and not verdict.role
        if verdict.is_held or is_first:
            reason = HeldMessage.Reason.PHRASE if verdict.is_held else HeldMessage.Reason.FIRST
            return _hold(self._session, line, verdict, reason)
        event = _event(self._session, line, verdict)
        self._fresh.append(event)
        return event

    def _wait_of(self, line: Line) -> int:
        """Milliseconds until this person may speak again."""
        said_at = self._said_at.get(line.user_id)
        if said_at is None:
            return 0
        pause = timedelta(seconds=self._rules.pause_of(self._speakers[line.user_id], now=self._now))
        return max(0, -((self._now - said_at - pause) // timedelta(milliseconds=1)))

    def _find_newcomers(self, lines: Sequence[Line]) -> set[int]:
        if not self._rules.holds_first:
            return set()
        return memory.newcomers(self._session.shop_id, {line.user_id for line in lines})

    def _find_outsiders(self, lines: Sequence[Line]) -> set[int]:
        """Whoever may not speak here because they do not follow the shop; the crew need not."""
        if not self._rules.followers_only:
            return set()
        people = {line.user_id for line in lines} - self._rules.crew.keys()
        return memory.outsiders(self._session.shop_id, people)

    def _recall(self, lines: Sequence[Line]) -> None:
        """What was stored before of these lines, and when these people spoke last."""
        wanted = Q(client_id__in={line.client_id for line in lines})
        if any(self._rules.pause_of(speaker, now=self._now) for speaker in self._speakers.values()):
            wanted |= Q(created_at__gt=self._now - LONGEST_PAUSE)
        events = RoomEvent.objects.filter(
            wanted,
            session=self._session,
            sender__in={line.user_id for line in lines},
            client_id__isnull=False,
        )
        for event in events.order_by("created_at"):
            if event.sender_id is not None and event.client_id is not None:
                self._known[event.sender_id, event.client_id] = event
                self._said_at[event.sender_id] = event.created_at


def _event(session: LiveSession, line: Line, verdict: Verdict) -> RoomEvent:
    return RoomEvent(
        kind=RoomEvent.Kind.CHAT,
        sender_id=line.user_id,
        sender_name=line.name[:60],
        client_id=line.client_id,
        device=line.device,
        text=verdict.text,
        original=verdict.original,
        asks=verdict.asks,
        payload={verdict.role: True} if verdict.role else {},
        media_ms=session.media_ms,
    )


def _hold(
    session: LiveSession, line: Line, verdict: Verdict, reason: HeldMessage.Reason
) -> HeldMessage | NotSaid:
    """Lay a message aside for the crew; one that was laid aside before stays as it is."""
    mine = HeldMessage.objects.filter(session=session, sender=line.user_id)
    if before := mine.filter(client_id=line.client_id).first():
        return Rejected() if before.decision == HeldMessage.Decision.REJECTED else before
    if mine.filter(decision=HeldMessage.Decision.WAITING).count() >= MOST_HELD:
        return TooManyHeld()
    held = HeldMessage.objects.create(
        session=session,
        sender_id=line.user_id,
        sender_name=line.name[:60],
        client_id=line.client_id,
        device=line.device,
        text=verdict.text,
        original=verdict.original,
        reason=reason,
    )
    broadcasts.crew_needed(session, "held")
    return held
