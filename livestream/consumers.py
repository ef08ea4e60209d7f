"""Who may listen in a room, and what a viewer may say there: one plain ASGI coroutine per socket."""

from __future__ import annotations

import asyncio
import json
import logging
import secrets
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import replace
from typing import Any
from uuid import UUID

import orjson

from livestream.models import VisitSource
from livestream.moderation.refusals import NotSaid
from livestream.operations.chat import Line, tidy
from livestream.room import SHORTCUT, addresses, devices, frames, seats, tickets, wire
from livestream.room.fanout import Room
from livestream.room.hub import Hub, hub_here
from livestream.room.robots import is_robot
from livestream.room.threads import in_thread
from livestream.room.tickets import NOBODY, Person
from livestream.room.viewer import Viewer
from livestream.room.wire import Close

MOST_LIKES = 60  # in one message: two seconds of the fastest thumb
GOODBYE = 0.1  # seconds

logger = logging.getLogger(__name__)
Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[Any], Awaitable[None]]


class Misunderstood(Exception):
    """The viewer said something that is not in the protocol."""


async def room_socket(scope: Scope, receive: Receive, send: Send, code: str) -> None:
    """One viewer's ear in one room, from handshake to hang-up."""
    await receive()
    # A browser sees the close code only after an accept.
    await send({"type": "websocket.accept"})
    hub = hub_here()
    room = await hub.room(code)
    if room is None:
        await send({"type": "websocket.close", "code": int(Close.NO_SUCH_ROOM)})
        return
    address = addresses.address_of(scope)
    if hub.is_crowded(address):
        await send({"type": "websocket.close", "code": int(Close.CROWDED)})
        return
    cookies = _header(scope, b"cookie")
    session_key = tickets.session_key_in(cookies)
    query = _query(scope)
    person = await _who(query, code, session_key)
    if not room.lets_in(person.user_id):
        await send({"type": "websocket.close", "code": int(Close.NO_SUCH_ROOM)})
        return
    if person.user_id is not None:
        person = replace(person, device=devices.device_in(cookies))
    ear = _Ear(hub, room, receive)
    viewer = Viewer(
        person,
        session_key,
        _seat(person, query),
        send,
        ear.hang_up,
        take=scope.get("extensions", {}).get(SHORTCUT),
        source=_source(query),
        is_robot=is_robot(_header(scope, b"user-agent")),
        address=address,
    )
    await ear.listen(viewer)


class _Ear:
    """Reads one socket until it closes or is hung up on."""

    __slots__ = ("_close", "_hub", "_receive", "_resuming", "_room", "_task")

    def __init__(self, hub: Hub, room: Room, receive: Receive) -> None:
        self._hub = hub
        self._room = room
        self._receive = receive
        self._task = asyncio.current_task()
        self._close: Close | None = None
        self._resuming: asyncio.Task[None] | None = None

    async def listen(self, viewer: Viewer) -> None:
        self._hub.enter(self._room, viewer)
        try:
            while True:
                message = await self._receive()
                if message["type"] != "websocket.receive":
                    return
                self._hear(message.get("text") or "", viewer)
                if self._close is not None:
                    return
        except asyncio.CancelledError:
            if self._close is None:
                await self._say_goodbye(viewer)
        finally:
            self._hub.leave(self._room, viewer)
            if self._resuming is not None:
                self._resuming.cancel()
            if self._close is not None:
                viewer.close(self._close)

    def hang_up(self, code: Close) -> None:
        """End this socket from outside its own task."""
        if self._close is None:
            self._close = code
            if self._task is not None:
                self._task.cancel()

    async def _say_goodbye(self, viewer: Viewer) -> None:
        """The server itself stops; it needs a moment to write what it was given."""
        self._close = Close.RESTART
        viewer.write(frames.reconnect(self._hub.sockets))
        await asyncio.sleep(GOODBYE)

    def _hear(self, text: str, viewer: Viewer) -> None:
        if len(text) > wire.MOST_BYTES or len(text.encode()) > wire.MOST_BYTES:
            self._close = Close.TOO_BIG
        elif not viewer.may_send(self._hub.loop.time()):
            self._close = Close.TOO_FAST
        else:
            self._room.audience.sign(viewer.seat)
            try:
                self._obey(_parsed(text), viewer)
            except (Misunderstood, KeyError, ValueError, TypeError):
                self._close = Close.NOT_UNDERSTOOD

    def _obey(self, words: dict[str, Any], viewer: Viewer) -> None:
        match words["type"]:
            case "chat":
                self._say(words, viewer)
            case "like":
                self._room.audience.like(viewer.seat, _number(words["n"], 1, MOST_LIKES))
            case "here":
                pass  # any frame is a sign of life
            case "resume":
                self._resume(_number(words["last"], 0, 2**53), viewer)
            case _:
                raise Misunderstood

    def _say(self, words: dict[str, Any], viewer: Viewer) -> None:
        client_id, text = UUID(words["id"]), words["text"]
        if not isinstance(text, str):
            raise Misunderstood
        person = viewer.person
        if person.user_id is None:
            viewer.write(wire.frame("refused", id=str(client_id), reason="login"))
            return
        try:
            line = Line(person.user_id, person.name, tidy(text), client_id, person.device)
        except NotSaid as refusal:
            viewer.write(wire.frame("refused", id=str(client_id), reason=refusal.reason))
        else:
            self._hub.say(self._room, line, viewer)

    def _resume(self, last: int, viewer: Viewer) -> None:
        if self._resuming is not None:
            self._resuming.cancel()
        self._resuming = self._hub.loop.create_task(self._bring_up(viewer, last))

    async def _bring_up(self, viewer: Viewer, last: int) -> None:
        """A viewer who cannot be told what is missing must come again; nobody stays deaf."""
        try:
            await self._room.bring_up(viewer, last)
        except Exception as problem:
            logger.warning("A viewer of %s could not resume: %r", self._room.code, problem)
            self.hang_up(Close.RESTART)


async def _who(query: dict[str, str], code: str, session_key: str) -> Person:
    ticket = query.get("ticket", "")
    person = tickets.read(ticket, code=code, session_key=session_key)
    if person is not None:
        return person
    return await in_thread(tickets.person_of_session, session_key) if session_key else NOBODY


def _seat(person: Person, query: dict[str, str]) -> str:
    """People count once; of strangers each page counts once, also when it reconnects."""
    if person.user_id is not None:
        return seats.of_person(person.user_id)
    return seats.of_page(query.get("page", "")) or seats.of_page(secrets.token_hex(8))


def _source(query: dict[str, str]) -> str:
    """How the page says it was found."""
    said = query.get("from", "")
    return said if said in VisitSource else VisitSource.DIRECT


def _parsed(text: str) -> dict[str, Any]:
    try:
        words = orjson.loads(text)
    except orjson.JSONDecodeError:
        words = _parsed_with_halves(text)
    if not isinstance(words, dict):
        raise Misunderstood
    return words


def _parsed_with_halves(text: str) -> object:
    """A field that cuts an emoji in two sends half of it, which only a patient parser takes."""
    if "\\ud" not in text.lower():
        raise Misunderstood
    try:
        return json.loads(text)
    except RecursionError:
        raise Misunderstood from None


def _number(value: object, least: int, most: int) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < least:
        raise Misunderstood
    return min(value, most)


def _query(scope: Scope) -> dict[str, str]:
    """What stands behind the question mark; the page writes nothing there that would need unquoting."""
    parts = (part.partition("=") for part in scope["query_string"].decode("latin-1").split("&"))
    return {name: value for name, _, value in parts}


def _header(scope: Scope, name: bytes) -> str:
    values: list[bytes] = [value for key, value in scope["headers"] if key == name]
    return b"; ".join(values).decode("latin-1")
