"""What is said in a room, and what the host takes back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Greatest
from django.utils import timezone

from accounts.models import User
from kit.hygiene import clean_text
from livestream import broadcasts
from livestream.models import LiveSession, Mute, RoomCounter, RoomEvent
from livestream.room import log
from livestream.room.wire import MOST_CHARACTERS


class NotSaid(Exception):
    """A message that nobody will see."""

    reason = ""


class Empty(NotSaid):
    """Nothing is left of it that can be seen."""

    reason = "empty"


class TooLong(NotSaid):
    """More than a chat message may have."""

    reason = "long"


class Muted(NotSaid):
    """The host has taken the word from this person."""

    reason = "muted"


class ChatClosed(NotSaid):
    """The session is over."""

    reason = "closed"


@dataclass(frozen=True, slots=True)
class Line:
    """One message on its way in. Said again under the same `client_id`, it is the same message."""

    user_id: int
    name: str
    text: str
    client_id: UUID


@dataclass(frozen=True, slots=True)
class AudienceCount:
    """What one process counted in a room."""

    session_id: int
    likes: int
    peak: int


def say(session: LiveSession, *, sender: User, text: str, client_id: UUID) -> RoomEvent:
    """Say one thing in the room, once."""
    line = Line(sender.pk, sender.chat_name, tidy(text), client_id)
    (outcome,) = say_all(session.pk, lines=[line])
    if isinstance(outcome, NotSaid):
        raise outcome
    broadcasts.messages_said(session.pk, outcome.seq)
    return outcome


def tidy(text: str) -> str:
    """The text as it will be shown; refuses what cannot be."""
    # Cleaning never makes more characters than three of each, so an endless text is refused unread.
    if len(text) > MOST_CHARACTERS * 3:
        raise TooLong
    cleaned = clean_text(text)
    if not cleaned:
        raise Empty
    if len(cleaned) > MOST_CHARACTERS:
        raise TooLong
    return cleaned


@transaction.atomic
def say_all(session_id: int, *, lines: Sequence[Line]) -> list[RoomEvent | NotSaid]:
    """Store tidy lines in their order under the room's next numbers; one outcome for each.

    A line that was stored before comes back as it was. Nobody is told: the caller does that.
    """
    session = _lock_room(session_id)
    if session.ended_at:
        return [ChatClosed() for _ in lines]
    muted = _muted_among(session, lines)
    known = _stored_before(session, lines)
    fresh: dict[tuple[int, UUID], RoomEvent] = {}
    for line in lines:
        key = line.user_id, line.client_id
        if line.user_id not in muted and key not in known and key not in fresh:
            fresh[key] = _event(line, session)
    if fresh:
        log.append(session_id, list(fresh.values()))
    stored = known | fresh
    return [stored.get((line.user_id, line.client_id)) or Muted() for line in lines]


@transaction.atomic
def remove_message(session: LiveSession, *, seq: int) -> None:
    """Take a message away from everyone; its row stays for whoever must look into it."""
    message = _message(session, seq)
    if message.removed_at:
        return
    message.removed_at = timezone.now()
    message.save(update_fields=["removed_at"])
    broadcasts.message_removed(session, seq)


@transaction.atomic
def mute_person(session: LiveSession, *, seq: int, until: datetime | None = None) -> None:
    """Take the word from whoever said this, until a moment or for the whole session."""
    message = _message(session, seq)
    if message.sender_id is None or message.sender_id == session.host_id:
        return
    Mute.objects.update_or_create(session=session, user_id=message.sender_id, defaults={"until": until})
    broadcasts.person_muted(session, message.sender_id)


def record_audiences(counts: Sequence[AudienceCount]) -> None:
    """Keep the greatest counts; several processes may tell of the same room."""
    for count in counts:
        LiveSession.objects.filter(pk=count.session_id).update(
            likes=Greatest("likes", count.likes), peak_viewers=Greatest("peak_viewers", count.peak)
        )


def _lock_room(session_id: int) -> LiveSession:
    """One at a time takes numbers in a room; nobody who only reads waits."""
    counters = RoomCounter.objects.select_for_update(of=("self",), no_key=True)
    return counters.select_related("session").get(session=session_id).session


def _muted_among(session: LiveSession, lines: Sequence[Line]) -> set[int]:
    still = Q(until__isnull=True) | Q(until__gt=timezone.now())
    mutes = Mute.objects.filter(still, session=session, user__in={line.user_id for line in lines})
    return set(mutes.values_list("user_id", flat=True))


def _stored_before(session: LiveSession, lines: Sequence[Line]) -> dict[tuple[int, UUID], RoomEvent]:
    events = RoomEvent.objects.filter(
        session=session,
        sender__in={line.user_id for line in lines},
        client_id__in={line.client_id for line in lines},
    )
    return {
        (event.sender_id, event.client_id): event
        for event in events
        if event.sender_id is not None and event.client_id is not None
    }


def _event(line: Line, session: LiveSession) -> RoomEvent:
    return RoomEvent(
        kind=RoomEvent.Kind.CHAT,
        sender_id=line.user_id,
        sender_name=line.name[:60],
        client_id=line.client_id,
        text=line.text,
        payload={"host": True} if line.user_id == session.host_id else {},
        media_ms=session.media_ms,
    )


def _message(session: LiveSession, seq: int) -> RoomEvent:
    """The message by its number, locked; raises RoomEvent.DoesNotExist."""
    events = RoomEvent.objects.select_for_update(no_key=True)
    return events.get(session=session, seq=seq, kind=RoomEvent.Kind.CHAT)
