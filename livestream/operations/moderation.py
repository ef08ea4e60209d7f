"""What the crew of a session takes back, and from whom it takes the word."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from catalog.models import Shop
from livestream import broadcasts, queries
from livestream.models import Ban, HeldMessage, LiveSession, Mute, PinnedComment, RoomEvent
from livestream.moderation.asking import asks
from livestream.operations.chat import lock_room
from livestream.operations.rules import move_rules_on
from livestream.room import log

MUTE_MINUTES = (1, 5, 10, 60)  # or the whole session
# Older lines stand on nobody's screen: who missed more numbers than this starts over.
HUSHED_NUMBERS = 2_000


class OfTheCrew(Exception):
    """Whoever runs the chat is not silenced in it."""


class AlreadyDecided(Exception):
    """Somebody else of the crew has looked at this message."""


@transaction.atomic
def remove_message(session: LiveSession, *, seq: int, by: User) -> None:
    """Take a message away from everyone; its row stays for whoever must look into it."""
    lock_room(session.pk)
    message = _message(session, seq)
    if message.removed_at:
        return
    _hide([message], by)
    broadcasts.message_removed(session, seq)


@transaction.atomic
def mute_person(session: LiveSession, *, seq: int, by: User, minutes: int | None = None) -> Mute:
    """Take the word from whoever said this, for some minutes or the whole session, and hide what they said.

    The room is locked first: a message that is on its way is either hidden with the others or refused.
    """
    lock_room(session.pk)
    message = _message_of_a_viewer(session, seq)
    until = timezone.now() + timedelta(minutes=minutes) if minutes else None
    mute, _ = Mute.objects.update_or_create(
        session=session,
        user=message.sender,
        defaults={"until": until, "name": message.sender_name, "created_by": by},
    )
    _silence(session, mute.user_id, by=by, until=until)
    return mute


@transaction.atomic
def unmute_person(session: LiveSession, *, user_id: int) -> None:
    """Give the word back. What was hidden stays hidden."""
    lock_room(session.pk)
    if Mute.objects.filter(session=session, user=user_id).delete()[0]:
        move_rules_on([session.pk])
        broadcasts.person_may_speak(session, user_id)


@transaction.atomic
def ban_person(session: LiveSession, *, seq: int, by: User) -> Ban:
    """Take the word from whoever said this in all rooms of the shop: the account, its phone, its browser."""
    rooms = _lock_rooms(session.shop, also=session.pk)
    message = _message_of_a_viewer(session, seq)
    sender = message.sender
    assert sender is not None
    ban, _ = Ban.objects.get_or_create(
        shop=session.shop,
        user=sender,
        lifted_at=None,
        defaults={
            "name": message.sender_name,
            "said": message.text,
            "phone": sender.phone,
            "device": message.device,
            "created_by": by,
        },
    )
    for room in rooms:
        _hush(room, sender.pk, by)
        broadcasts.person_muted(room, sender.pk, until=None, is_banned=True)
    move_rules_on([room.pk for room in rooms])
    return ban


@transaction.atomic
def lift_ban(shop: Shop, *, ban_id: int, by: User) -> None:
    """Let a person speak again; raises Ban.DoesNotExist for another shop's."""
    rooms = _lock_rooms(shop)
    ban = Ban.objects.select_for_update(no_key=True).get(shop=shop, pk=ban_id)
    if ban.lifted_at:
        return
    ban.lifted_at, ban.lifted_by = timezone.now(), by
    ban.save(update_fields=["lifted_at", "lifted_by"])
    move_rules_on([room.pk for room in rooms])
    for room in rooms:
        broadcasts.person_may_speak(room, ban.user_id)


@transaction.atomic
def publish_held(session: LiveSession, *, held_id: int, by: User) -> RoomEvent:
    """Let a message through that waited; it gets its number now."""
    lock_room(session.pk)
    held = _decide(session, held_id, HeldMessage.Decision.PUBLISHED, by)
    # A page may have sent it again while the rule was off.
    said = RoomEvent.objects.filter(session=session, sender=held.sender, client_id=held.client_id).first()
    if said:
        return said
    event = _event_of(held)
    broadcasts.messages_said(session.pk, log.append(session.pk, [event]))
    return event


@transaction.atomic
def reject_held(session: LiveSession, *, held_id: int, by: User) -> None:
    lock_room(session.pk)
    held = _decide(session, held_id, HeldMessage.Decision.REJECTED, by)
    broadcasts.message_rejected(session, held.sender_id, str(held.client_id))


@transaction.atomic
def pin_comment(session: LiveSession, *, seq: int) -> None:
    """Put one message above the chat, in place of the one before."""
    lock_room(session.pk)
    message = _message(session, seq)
    if message.removed_at:
        raise RoomEvent.DoesNotExist
    PinnedComment.objects.update_or_create(session=session, defaults={"message": message})
    broadcasts.comment_pinned(session, message)


@transaction.atomic
def unpin_comment(session: LiveSession) -> None:
    lock_room(session.pk)
    if PinnedComment.objects.filter(session=session).delete()[0]:
        broadcasts.comment_unpinned(session)


def _silence(session: LiveSession, user_id: int, *, by: User, until: datetime | None) -> None:
    _hush(session, user_id, by)
    move_rules_on([session.pk])
    broadcasts.person_muted(session, user_id, until=until)


def _hush(session: LiveSession, user_id: int, by: User) -> None:
    """Hide what this person said in a session, and let nothing of theirs wait any longer."""
    said = RoomEvent.objects.filter(
        session=session, sender=user_id, kind=RoomEvent.Kind.CHAT, removed_at__isnull=True
    )
    messages = list(said.order_by("seq"))
    waiting = HeldMessage.objects.filter(
        session=session, sender=user_id, decision=HeldMessage.Decision.WAITING
    )
    decided = {"decision": HeldMessage.Decision.REJECTED, "decided_at": timezone.now(), "decided_by": by}
    if waiting.update(**decided):
        broadcasts.crew_needed(session, "held")
    if not messages:
        return
    _hide(messages, by)
    oldest = log.head_of(session.pk) - HUSHED_NUMBERS
    broadcasts.person_hushed(session, [message.seq for message in messages if message.seq > oldest])


def _hide(messages: Sequence[RoomEvent], by: User) -> None:
    """Nothing of them is shown any more: not in the log, not above it, not quoted in an answer."""
    session_id, numbers = messages[0].session_id, [message.seq for message in messages]
    hidden = RoomEvent.objects.filter(pk__in=[message.pk for message in messages])
    hidden.update(removed_at=timezone.now(), removed_by=by)
    told = RoomEvent.objects.filter(session=session_id)
    told.filter(kind=RoomEvent.Kind.COMMENT, payload__comment__seq__in=numbers).update(
        payload={"comment": None}
    )
    for answer in told.filter(kind=RoomEvent.Kind.ANSWER, payload__to__seq__in=numbers):
        answer.payload = {**answer.payload, "to": None}
        answer.save(update_fields=["payload"])
    if PinnedComment.objects.filter(session=session_id, message__in=messages).delete()[0]:
        broadcasts.comment_unpinned(messages[0].session)


def _decide(session: LiveSession, held_id: int, decision: HeldMessage.Decision, by: User) -> HeldMessage:
    """One decision for each message; raises HeldMessage.DoesNotExist for another session's."""
    held = (
        HeldMessage.objects.select_for_update(of=("self",), no_key=True)
        .select_related("session")
        .get(session=session, pk=held_id)
    )
    if held.decision != HeldMessage.Decision.WAITING:
        raise AlreadyDecided
    held.decision, held.decided_at, held.decided_by = decision, timezone.now(), by
    held.save(update_fields=["decision", "decided_at", "decided_by"])
    broadcasts.crew_needed(session, "held")
    return held


def _event_of(held: HeldMessage) -> RoomEvent:
    return RoomEvent(
        kind=RoomEvent.Kind.CHAT,
        sender_id=held.sender_id,
        sender_name=held.sender_name,
        client_id=held.client_id,
        device=held.device,
        text=held.text,
        original=held.original,
        asks=asks(held.text),
        media_ms=held.session.media_ms,
    )


def _message(session: LiveSession, seq: int) -> RoomEvent:
    """The message by its number; raises RoomEvent.DoesNotExist. The room is locked already."""
    return RoomEvent.objects.select_related("session", "sender").get(
        session=session, seq=seq, kind=RoomEvent.Kind.CHAT
    )


def _message_of_a_viewer(session: LiveSession, seq: int) -> RoomEvent:
    message = _message(session, seq)
    if message.sender_id is None:
        raise RoomEvent.DoesNotExist
    if message.sender_id in queries.crew_in_chat(session):
        raise OfTheCrew
    return message


def _lock_rooms(shop: Shop, *, also: int | None = None) -> list[LiveSession]:
    """The rooms of a shop where somebody may speak, in the order in which everybody locks them."""
    rooms = LiveSession.objects.filter(Q(ended_at__isnull=True) | Q(pk=also), shop=shop).order_by("pk")
    for room in rooms:
        lock_room(room.pk)
    return list(rooms)
