"""Viewers for tests: they open a room's socket, listen, and always hang up."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import socket
import subprocess
import sys
import time
import uuid
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from importlib import import_module
from typing import Any, ParamSpec, TypeVar

import psycopg
import websockets
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import connection, connections

from accounts.models import User
from livestream.room import tickets
from livestream.room.tickets import NOBODY, Person
from umkm_market.engines import free_port

P = ParamSpec("P")
R = TypeVar("R")
PHONE = "Mozilla/5.0 (Linux; Android 13; K) AppleWebKit/537.36 Chrome/141.0.0.0 Mobile Safari/537.36"
PATIENCE = 6.0  # seconds for anything that should come


class HungUp(Exception):
    """The server closed the socket."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


class Viewer:
    """What one viewer hears and says; keeps every numbered item it was given."""

    def __init__(self) -> None:
        self.items: list[dict[str, Any]] = []
        self.frames: list[dict[str, Any]] = []
        self.last = 0
        self._given: set[int] = set()

    async def send(self, **words: Any) -> None:
        await self.send_text(json.dumps(words))

    async def send_text(self, text: str) -> None:
        raise NotImplementedError

    async def receive_text(self) -> str:
        raise NotImplementedError

    async def say(self, text: str, client_id: str = "") -> str:
        client_id = client_id or str(uuid.uuid4())
        await self.send(type="chat", id=client_id, text=text)
        return client_id

    async def resume(self, last: int = 0) -> None:
        self.last = last
        await self.send(type="resume", last=last)

    async def frame(self) -> dict[str, Any]:
        text = await asyncio.wait_for(self.receive_text(), PATIENCE)
        frame: dict[str, Any] = json.loads(text)
        self.frames.append(frame)
        for item in frame.get("items", []):
            self.items.append(item)
            self.last = item["seq"]
        return frame

    async def hear(self, kind: str) -> dict[str, Any]:
        """The next frame of this kind."""
        async with asyncio.timeout(2 * PATIENCE):
            while (frame := await self.frame())["type"] != kind:
                pass
        return frame

    async def hear_now(self, name: str) -> Any:
        """The next word about what is simply true now."""
        async with asyncio.timeout(2 * PATIENCE):
            while name not in (now := (await self.frame()).get("now", {})):
                pass
        return now[name]

    async def item(self, kind: str = "chat") -> dict[str, Any]:
        """The next numbered item of this kind that was not asked for before."""
        async with asyncio.timeout(2 * PATIENCE):
            while not (
                fresh := [item for item in self.items if item["kind"] == kind and id(item) not in self._given]
            ):
                await self.frame()
        self._given.add(id(fresh[0]))
        return fresh[0]

    async def close_code(self) -> int:
        with contextlib.suppress(TimeoutError):
            try:
                while True:
                    await self.frame()
            except HungUp as end:
                return end.code
        raise AssertionError("the socket stayed open")


class _WireViewer(Viewer):
    def __init__(self, wire: websockets.ClientConnection) -> None:
        super().__init__()
        self._wire = wire

    async def send_text(self, text: str) -> None:
        await self._wire.send(text)

    async def receive_text(self) -> str:
        try:
            return str(await self._wire.recv())
        except websockets.ConnectionClosed as end:
            raise HungUp(end.rcvd.code if end.rcvd else 1006) from None


@asynccontextmanager
async def viewer_of(
    code: str,
    *,
    port: int,
    user: User | None = None,
    last: int | None = 0,
    session_key: str = "",
    ticket: str = "",
    source: str = "",
    user_agent: str = PHONE,
    page: str = "",
) -> AsyncIterator[Viewer]:
    """A viewer over a real socket. With `last` it resumes there; None leaves that to the test."""
    if user is not None and not session_key:
        session_key = await aside(log_in, user)
    person = Person(user.pk, user.chat_name, tickets.browser_mark(session_key)) if user else NOBODY
    query = f"ticket={ticket or tickets.seal(person, code)}&from={source}&page={page}"
    headers = {"Cookie": f"{settings.SESSION_COOKIE_NAME}={session_key}"} if session_key else {}
    url = f"ws://127.0.0.1:{port}/ws/room/{code}?{query}"
    async with websockets.connect(
        url,
        additional_headers=headers,
        user_agent_header=user_agent,
        origin=websockets.Origin(f"http://127.0.0.1:{port}"),
        proxy=None,
        compression=None,
        max_queue=None,  # a full one would hide the other side's goodbye, and closing would wait for it
    ) as wire:
        viewer = _WireViewer(wire)
        if last is not None:
            await viewer.resume(last)
        yield viewer


async def aside(function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """Call something that asks the database while the viewers keep listening."""

    def call() -> R:
        try:
            return function(*args, **kwargs)
        finally:
            connections.close_all()

    return await asyncio.to_thread(call)


def log_in(user: User) -> str:
    """A real log-in session; returns its key."""
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    store[SESSION_KEY] = str(user.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store.create()
    key: str = store.session_key
    return key


COMMANDS = {
    "daphne": ["-m", "umkm_market.rooms", "-b", "127.0.0.1", "-p", "{port}", "umkm_market.asgi:application"],
    "uvicorn": [
        *["-m", "uvicorn", "--host", "127.0.0.1", "--port", "{port}", "--log-level", "warning"],
        *["--ws-per-message-deflate", "false", "--ws-max-size", "65536", "umkm_market.asgi:application"],
    ],
}
# As `make run` starts it; the plain one lets larger frames through, to see our own limit.
COMMANDS["edge"] = [
    *COMMANDS["daphne"],
    *["--websocket-max-message-size", "65536", "--websocket-max-frame-size", "65536"],
]
COMMANDS["bare daphne"] = ["-m", "daphne", *COMMANDS["daphne"][2:]]
COMMANDS["shortcut"] = [
    *COMMANDS["uvicorn"][:-1],
    *["--ws", "livestream.room.shortcut:RoomProtocol", "umkm_market.asgi:application"],
]


@contextmanager
def room_process(
    server: str = "daphne", *, port: int = 0, numbers: Mapping[str, float] | None = None, **environment: str
) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """A real room process on the test's database; gone afterwards, whatever the test did to it.

    `numbers` are those of the room's modules that are different in this process.
    """
    port = port or free_port()
    command = [sys.executable, *(word.format(port=port) for word in COMMANDS[server])]
    if numbers:
        command[-1] = "tests.room_asgi:application"
        environment["ROOM_WITH"] = json.dumps({f"livestream.room.{name}": at for name, at in numbers.items()})
    mark = f"room-{port}"
    process = subprocess.Popen(command, env={**market_environment(), "PGAPPNAME": mark, **environment})
    try:
        _wait_for(port, process)
        yield process, port
    finally:
        process.kill()
        process.wait()
        wait_until_gone(mark)


def market_environment() -> dict[str, str]:
    database = connection.settings_dict
    url = f"postgres://{database['USER']}@/{database['NAME']}?host={database['HOST']}"
    return {**os.environ, "DATABASE_URL": url, "SECRET_KEY": settings.SECRET_KEY, "PYTHONUNBUFFERED": "1"}


def wait_until_gone(mark: str) -> None:
    """The database notices a killed client a moment later; until then the test database is in use."""
    question = "SELECT count(*) FROM pg_stat_activity WHERE application_name = %s"
    with psycopg.connect(host=connection.settings_dict["HOST"], user="postgres", autocommit=True) as database:
        until = time.monotonic() + 10
        while time.monotonic() < until and database.execute(question, [mark]).fetchone() != (0,):
            time.sleep(0.05)


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until and process.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 0.2):
            return
        time.sleep(0.05)
    raise AssertionError("the room process did not start")
