"""Where a media engine asks us who may publish, and tells us what it carries.

    POST /engine-hook/<engine>/[<event>/]<secret>

The edge never leads here: it is for the private network only. The secret may also stand in an
Authorization header. Neither it nor any token is ever written to a log.
"""

from __future__ import annotations

import base64
import binascii
import hmac
import re
import time
from collections import OrderedDict, deque
from typing import Protocol

import structlog

from livestream.media.engines import CROWD, SELLERS, Place, dialect_of
from livestream.media.engines.calls import Ask, Began, Call, Gone, Recorded, Unreadable
from livestream.media.socket import Receive, Scope, header_map

log = structlog.get_logger(__name__)

PREFIX = "/engine-hook/"
_EVENTS = "auth|ready|not-ready|recorded"
_PATH = re.compile(rf"/engine-hook/([a-z-]{{1,20}})(?:/({_EVENTS}))?(?:/([\w-]{{1,200}}))?", re.ASCII)
_MOST_BYTES = 16_384
_FAILURES, _WITHIN_S = 10, 60.0
_MOST_ADDRESSES = 10_000


class StreamBook(Protocol):
    """Who keeps the streams that an engine carries."""

    async def may_publish(self, place: Place, token: str) -> bool: ...

    async def may_read(self, place: Place, token: str) -> bool: ...

    async def begin(self, code: str, stream_id: str) -> bool: ...

    async def end(self, code: str, stream_id: str) -> None: ...

    async def note_recording(self, code: str, path: str) -> None: ...


class EngineDoor:
    """Answers with an HTTP status; that is all that engines look at."""

    def __init__(self, *, engine: str, secret: str, book: StreamBook) -> None:
        self._engine = engine
        self._dialect = dialect_of(engine)
        self._secret = secret
        self._book = book
        self._failures = _Failures()

    async def answer(self, scope: Scope, receive: Receive) -> int:
        path = _PATH.fullmatch(scope["path"])
        if path is None or path[1] != self._engine or scope["method"] != "POST":
            return 404
        peer = (scope.get("client") or ("",))[0]
        if self._failures.are_too_many(peer):
            return 429
        if not self._knows_secret(path[3] or "", header_map(scope).get("authorization", "")):
            self._failures.note(peer)
            log.warning("live_engine_hook_refused", address=peer)
            return 403
        body = await _body(receive)
        if body is None:
            return 413
        return await self._heard(path[2] or "", body)

    async def _heard(self, event: str, body: bytes) -> int:
        try:
            call = self._dialect.read(event, body)
        except Unreadable:
            return 400
        return 200 if call is None else await self._act(call)

    async def _act(self, call: Call) -> int:
        match call:
            case Ask():
                return await self._allow(call)
            case Began(place, stream_id):
                if place.application == SELLERS:
                    await self._book.begin(place.code, stream_id)
            case Gone(place, stream_id):
                if place.application == SELLERS:
                    await self._book.end(place.code, stream_id)
            case Recorded(place, path):
                await self._book.note_recording(place.code, path)
        return 200

    async def _allow(self, ask: Ask) -> int:
        """Engines ask once without credentials to see whether they are needed; that is no failure."""
        if self._failures.are_too_many(ask.address):
            return 429
        if await self._is_allowed(ask):
            return 200
        if ask.tokens:
            self._failures.note(ask.address)
            log.warning("live_engine_key_refused", address=ask.address, session=ask.place.code)
        return 401

    async def _is_allowed(self, ask: Ask) -> bool:
        place = ask.place
        if ask.action == "manage":
            return any(hmac.compare_digest(token.encode(), self._secret.encode()) for token in ask.tokens)
        if ask.action == "watch":
            return place.application == CROWD
        if ask.action == "read":
            return any([await self._book.may_read(place, token) for token in ask.tokens])
        is_welcome = any([await self._book.may_publish(place, token) for token in ask.tokens])
        if is_welcome and ask.begins_as and place.application == SELLERS:
            return await self._book.begin(place.code, ask.begins_as)
        return is_welcome

    def _knows_secret(self, in_path: str, header: str) -> bool:
        given = in_path or _password(header)
        return hmac.compare_digest(given.encode(), self._secret.encode())


class _Failures:
    """How often an address was wrong lately."""

    def __init__(self) -> None:
        self._moments: OrderedDict[str, deque[float]] = OrderedDict()

    def note(self, address: str) -> None:
        moments = self._moments.setdefault(address, deque(maxlen=_FAILURES))
        moments.append(time.monotonic())
        self._moments.move_to_end(address)
        while len(self._moments) > _MOST_ADDRESSES:
            self._moments.popitem(last=False)

    def are_too_many(self, address: str) -> bool:
        moments = self._moments.get(address, deque())
        return len(moments) == _FAILURES and time.monotonic() - moments[0] < _WITHIN_S


def _password(header: str) -> str:
    kind, _, coded = header.partition(" ")
    if kind.lower() != "basic":
        return ""
    try:
        return base64.b64decode(coded, validate=True).decode().partition(":")[2]
    except (binascii.Error, UnicodeDecodeError):
        return ""


async def _body(receive: Receive) -> bytes | None:
    """The whole body; None when it is longer than anything an engine says."""
    body = b""
    while True:
        message = await receive()
        body += bytes(message.get("body", b""))
        if len(body) > _MOST_BYTES:
            return None
        if message["type"] == "http.disconnect" or not message.get("more_body"):
            return body
