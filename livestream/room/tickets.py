"""Who opens a socket. The room page carries a signed ticket, so that the handshake asks no database."""

from __future__ import annotations

import base64
import hmac
import time
from dataclasses import dataclass
from functools import cache

import orjson
from django.conf import settings
from django.contrib.auth import get_user
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.backends.cached_db import SessionStore
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from accounts.models import User
from livestream.room import devices

LIFETIME = 60  # seconds
CLOCK_SKEW = 5
SALT = "livestream.room.ticket"


@dataclass(frozen=True, slots=True)
class Person:
    """Whoever is behind a socket; a person without `user_id` may look but not speak."""

    user_id: int | None = None
    name: str = ""
    browser: str = ""  # marks the log-in session without giving it away
    device: str = ""  # marks the browser itself: livestream.room.devices


NOBODY = Person()


def issue(request: HttpRequest, code: str) -> str:
    """A ticket into this room for the reader of this page; good once the page is there, for a minute."""
    person = _person(request.user, request.session) if request.user.is_authenticated else NOBODY
    return seal(person, code)


def seal(person: Person, code: str) -> str:
    fields = [code, person.user_id, person.name, person.browser, int(time.time())]
    words = orjson.dumps(fields)
    return f"{_as_text(words)}.{_as_text(_signature(words))}"


def read(ticket: str, *, code: str, session_key: str) -> Person | None:
    """The person the ticket names; nobody else's browser can use it."""
    try:
        words, signature = map(_as_bytes, ticket.split("."))
    except ValueError:
        return None
    if not hmac.compare_digest(signature, _signature(words)):
        return None
    room, user_id, name, browser, issued_at = orjson.loads(words)
    is_fresh = -CLOCK_SKEW <= time.time() - issued_at <= LIFETIME
    if room != code or not is_fresh:
        return None
    if user_id is None:
        return NOBODY
    is_own = bool(session_key) and browser == browser_mark(session_key)
    return Person(user_id, name, browser) if is_own else None


def person_of_session(session_key: str) -> Person:
    """The slow way, for a reconnect after the ticket ran out: ask the session store and the database."""
    user = person_behind(session_key)
    return Person(user.pk, user.chat_name, browser_mark(session_key)) if user else NOBODY


def person_behind(session_key: str) -> User | None:
    """Who is logged in with this session."""
    if not session_key:
        return None
    request = HttpRequest()
    request.session = SessionStore(session_key)
    user = get_user(request)
    return user if isinstance(user, User) and user.is_active else None


def browser_mark(session_key: str) -> str:
    return hmac.digest(_key(), b"browser:" + session_key.encode(), "sha256").hex()[:20]


def session_key_in(cookies: str) -> str:
    """The session key of a Cookie header, or nothing."""
    return devices.cookie_in(cookies, settings.SESSION_COOKIE_NAME)


@cache
def _key() -> bytes:
    """Made once: deriving it costs more than using it, and a herd comes back with thousands of tickets."""
    return salted_hmac(SALT, "key", algorithm="sha256").digest()


def _signature(words: bytes) -> bytes:
    return hmac.digest(_key(), words, "sha256")


def _as_text(words: bytes) -> str:
    return base64.urlsafe_b64encode(words).rstrip(b"=").decode()


def _as_bytes(text: str) -> bytes:
    """Raises ValueError for what no ticket has."""
    return base64.urlsafe_b64decode(text.encode("ascii") + b"==")


def _person(user: object, session: SessionBase) -> Person:
    assert isinstance(user, User)
    return Person(user.pk, user.chat_name, browser_mark(session.session_key or ""))
