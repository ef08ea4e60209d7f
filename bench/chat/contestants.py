"""The rooms that are compared, and how their viewers speak."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone

from accounts.models import Regency, User
from bench.crowd import Headers, Reply
from catalog.models import Shop
from livestream.models import LiveSession, RoomCounter
from livestream.room import tickets
from livestream.room.tickets import NOBODY, Person

SPEAKERS = 1_000  # sockets that speak; whoever comes after them only watches
SOCKETS_EACH = 5
WORDS = " Kak, yang warna biru ukuran L masih ada tidak ya? Mau dua."


@dataclass(frozen=True)
class Contestant:
    """One room, whatever serves it."""

    path: Callable[[int], str]
    headers: Callable[[int], Headers]
    reply: Reply | None
    template: Callable[[str], str]
    like: str


def stock_room() -> Contestant:
    """What everybody writes first; also what the node server repeats."""
    return Contestant(
        path=lambda number: "/ws/chat/bench",
        headers=lambda number: {},
        reply=None,
        template=lambda token: json.dumps({"name": "Siti A.", "text": token + WORDS}),
        like='{"like":1}',
    )


Guest = tuple[User, str]  # a person and the key of their log-in session


def invite() -> list[Guest]:
    """People enough for all sockets that speak."""
    mark = uuid4().hex[:8]
    return [_guest(mark, number) for number in range(SPEAKERS // SOCKETS_EACH)]


def our_room(guests: Sequence[Guest]) -> Contestant:
    """A session on air; the speakers are people with real log-in sessions, the others strangers."""
    session = session_on_air()

    def guest(number: int) -> Guest | None:
        return guests[number // SOCKETS_EACH] if number < SPEAKERS else None

    def path(number: int) -> str:
        known = guest(number)
        person = Person(known[0].pk, known[0].chat_name, tickets.browser_mark(known[1])) if known else NOBODY
        return path_into(session, number, person)

    def headers(number: int) -> Headers:
        known = guest(number)
        return {"Cookie": f"{settings.SESSION_COOKIE_NAME}={known[1]}"} if known else {}

    return Contestant(
        path=path,
        headers=headers,
        reply=_resume,
        template=lambda token: json.dumps({"type": "chat", "id": str(uuid4()), "text": token + WORDS}),
        like='{"type":"like","n":1}',
    )


def path_into(session: LiveSession, number: int, person: Person = NOBODY) -> str:
    return f"/ws/room/{session.code}?page=bench{number:08d}&ticket={tickets.seal(person, session.code)}"


def _resume(hello: bytes) -> str:
    """Where the page stands is where the room stood when it said hello."""
    return json.dumps({"type": "resume", "last": json.loads(hello)["head"]})


def session_on_air() -> LiveSession:
    mark = uuid4().hex[:8]
    host = User.objects.create_user(email=f"{mark}@bench.test", name="Penjual")
    shop = Shop.objects.create(owner=host, name=mark, slug=mark, regency=Regency.objects.get(code="34.02"))
    session = LiveSession.objects.create(
        shop=shop, host=host, title="Bench", planned_at=timezone.now(), went_live_at=timezone.now()
    )
    RoomCounter.objects.create(session=session)
    return session


def _guest(mark: str, number: int) -> Guest:
    # New accounts are slow in chats.
    long_ago = timezone.now() - timedelta(days=30)
    user = User(email=f"{mark}-{number}@bench.test", name=f"Tamu {number}", joined_at=long_ago)
    user.set_unusable_password()
    user.save()
    store = SessionStore()
    store[SESSION_KEY] = str(user.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store.create()
    return user, str(store.session_key)
