"""What the people in a room hear, one function per thing that happened.

Each may be called inside a transaction; it is told on commit. What has a number is stored in the
caller's transaction; the rest is told once and may be lost.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import partial
from typing import Any

from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction

from accounts.models import User
from catalog.models import Product
from kit import sprite
from livestream.models import LiveSession, RoomEvent, SessionRules
from livestream.room import doorbell, log, tickets, wire


def state_changed(session: LiveSession) -> None:
    payload = {"state": str(session.state), "clock": wire.clock_of(session)}
    _append(session.pk, RoomEvent(kind=RoomEvent.Kind.STATE, payload=payload))


def product_pinned(session: LiveSession, product: Product) -> None:
    _append(
        session.pk,
        RoomEvent(kind=RoomEvent.Kind.PINNED, payload={"product": product.pk}, media_ms=session.media_ms),
    )


def product_unpinned(session: LiveSession) -> None:
    _append(session.pk, RoomEvent(kind=RoomEvent.Kind.UNPINNED, media_ms=session.media_ms))


def message_removed(session: LiveSession, seq: int) -> None:
    _append(session.pk, RoomEvent(kind=RoomEvent.Kind.REMOVED, payload={"of": seq}))


def claims_changed(session: LiveSession, product_id: int) -> None:
    """Something else is promised about a product; who sees its card gets the new one."""
    _append(
        session.pk,
        RoomEvent(kind=RoomEvent.Kind.CLAIM, payload={"product": product_id}, media_ms=session.media_ms),
    )


def showcase_changed(session: LiveSession) -> None:
    """Other products, or another order; a page fetches them when somebody looks."""
    _append(session.pk, RoomEvent(kind=RoomEvent.Kind.SHOWCASE))


def deal_changed(session: LiveSession, *, slot: str, html: dict[str, str], facts: dict[str, Any]) -> None:
    """A deal of the room looks like this now, in each language; without any html it is gone.

    The deal is in its own words: this app only carries them, in order with everything else. What is stored
    names no file of this release.
    """
    kept = {language: sprite.unbound(markup) for language, markup in html.items()}
    _append(
        session.pk,
        RoomEvent(kind=RoomEvent.Kind.DEAL, payload={"slot": slot, "html": kept, "facts": facts}),
    )


def note(session_id: int, name: str, key: str, value: Any) -> None:
    """Something that is simply true now: the newest word wins, and one may be lost."""
    _ring_on_commit(doorbell.room_group(session_id), room=session_id, notes=[[name, key, value]])


def messages_said(session_id: int, last: int) -> None:
    """Chat that is stored up to this number."""
    _ring_on_commit(doorbell.room_group(session_id), room=session_id, head=last)


def person_hushed(session: LiveSession, numbers: list[int]) -> None:
    """All of these messages of one person are gone."""
    _append(session.pk, RoomEvent(kind=RoomEvent.Kind.HUSHED, payload={"of": numbers}))


def rules_changed(session: LiveSession, rules: SessionRules) -> None:
    _append(session.pk, RoomEvent(kind=RoomEvent.Kind.RULES, payload={"rules": wire.rules_of(rules)}))


def comment_pinned(session: LiveSession, message: RoomEvent) -> None:
    _append(session.pk, RoomEvent(kind=RoomEvent.Kind.COMMENT, payload={"comment": wire.quotation(message)}))


def comment_unpinned(session: LiveSession) -> None:
    _append(session.pk, RoomEvent(kind=RoomEvent.Kind.COMMENT, payload={"comment": None}))


def question_answered(session: LiveSession, question: RoomEvent, *, by: User, role: str, text: str) -> None:
    event = RoomEvent(
        kind=RoomEvent.Kind.ANSWER,
        sender=by,
        sender_name=by.chat_name[:60],
        text=text,
        payload={role: True, "to": wire.quotation(question)},
        media_ms=session.media_ms,
    )
    _append(session.pk, event)


def person_muted(
    session: LiveSession, user_id: int, *, until: datetime | None, is_banned: bool = False
) -> None:
    words = {"until": wire.milliseconds(until), "banned": is_banned}
    _whisper(session.pk, user_id, "muted", words)


def person_may_speak(session: LiveSession, user_id: int) -> None:
    _whisper(session.pk, user_id, "unmuted", {})


def follow_changed(session: LiveSession, user_id: int, *, is_on: bool) -> None:
    """This person follows the shop now, or does no longer."""
    _whisper(session.pk, user_id, "following", {"on": is_on})


def message_rejected(session: LiveSession, user_id: int, client_id: str) -> None:
    """Somebody looked at a message that was held; its sender may know."""
    _whisper(session.pk, user_id, "refused", {"id": client_id, "reason": "rejected"})


def crew_needed(session: LiveSession, matter: str) -> None:
    """Something of this kind waits for whoever runs the chat, or no longer does."""
    _ring_on_commit(doorbell.room_group(session.pk), room=session.pk, crew=[matter])


def part_changed(session: LiveSession, user_id: int) -> None:
    """This person helps to run the session, or does no longer, or may do other things in it."""
    _ring_on_commit(doorbell.room_group(session.pk), room=session.pk, parts=[user_id])


def cue_given(session: LiveSession, user_ids: Iterable[int], cue: dict[str, Any]) -> None:
    """Only whoever stands before the camera reads it; it is no part of the room's log."""
    for user_id in sorted(user_ids):
        _whisper(session.pk, user_id, "cue", cue)


def turn_called(session: LiveSession, user_id: int, *, variant_id: int) -> None:
    """Units are held for this person, for a while; nobody else in the room reads it."""
    _whisper(session.pk, user_id, "turn", {"variant": variant_id})


def sold(session_id: int, buyer_name: str, product_name: str) -> None:
    sale = {"name": buyer_name, "product": product_name}
    _ring_on_commit(doorbell.room_group(session_id), room=session_id, sold=[sale])


def stock_changed(variant_ids: Iterable[int]) -> None:
    """Rooms read the newest stock and price themselves, however often this is called."""
    _ring_on_commit(doorbell.MARKET, variants=list(variant_ids))


price_changed = stock_changed


def person_signed_out_everywhere(user: User) -> None:
    """All their sockets close; those whose log-in still holds come back by themselves."""
    _ring_on_commit(doorbell.MARKET, banned=[user.pk])


person_banned = person_signed_out_everywhere


def person_signed_out(session: SessionBase) -> None:
    """Only this browser's sockets close; the person may still watch on another."""
    if session.session_key:
        _ring_on_commit(doorbell.MARKET, signed_out=[tickets.browser_mark(session.session_key)])


def _append(session_id: int, event: RoomEvent) -> None:
    with transaction.atomic():
        last = log.append(session_id, [event])
        _ring_on_commit(doorbell.room_group(session_id), room=session_id, head=last)


def _whisper(session_id: int, user_id: int, kind: str, words: dict[str, Any]) -> None:
    """A frame for one person in a room, on every screen they have open; it may be lost."""
    _ring_on_commit(doorbell.room_group(session_id), room=session_id, whispers=[[user_id, kind, words]])


def _ring_on_commit(group: str, **words: int | list[Any]) -> None:
    transaction.on_commit(partial(doorbell.ring, group, **words))
