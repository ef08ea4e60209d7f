"""Viewers without a browser: each has the room's socket and the video's, talks and buys like a page."""

from __future__ import annotations

import asyncio
import json
import threading
import time
import uuid
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Origin

from bench.shoppers import Shopper, buy_at_once, order_request


class Watcher:
    """One of the crowd: what they were told and shown."""

    def __init__(self, shopper: Shopper) -> None:
        self.shopper = shopper
        self.numbers: list[int] = []
        self.said: list[str] = []
        self.states: list[str] = []
        self.hello: dict[str, Any] = {}
        self.pieces = 0
        self.hung_up = 0
        self.refusals: list[str] = []
        self._saying: dict[str, str] = {}
        self._room: ClientConnection | None = None

    async def follow(self, host: str, code: str) -> None:
        await asyncio.gather(self._in_room(host, code), self._before_video(host, code))

    async def say(self, text: str) -> None:
        await self._say(str(uuid.uuid4()), text)

    async def _say(self, client_id: str, text: str) -> None:
        assert self._room is not None
        self._saying[client_id] = text
        await self._room.send(json.dumps({"type": "chat", "id": client_id, "text": text}))

    async def _say_again(self, client_id: str, reason: str) -> None:
        """As a page does, when the room was only too busy to listen."""
        self.refusals.append(reason)
        if reason in ("busy", "again"):
            await asyncio.sleep(1)
            await self._say(client_id, self._saying[client_id])

    async def _in_room(self, host: str, code: str) -> None:
        url = f"ws://{host}/ws/room/{code}?page={uuid.uuid4().hex[:16]}"
        cookie = {"Cookie": f"sessionid={self.shopper.session}"}
        async with connect(url, additional_headers=cookie, origin=Origin(f"http://{host}")) as room:
            self._room = room
            await self._read(room, self._hear)

    async def _before_video(self, host: str, code: str) -> None:
        async with connect(f"ws://{host}/media-live/watch/{code}") as video:
            await self._read(video, self._look)

    async def _read(self, socket: ClientConnection, take: Callable[[Any], Awaitable[None]]) -> None:
        try:
            async for message in socket:
                await take(message)
        except ConnectionClosed:
            self.hung_up += 1

    async def _hear(self, message: Any) -> None:
        told = json.loads(message)
        if told["type"] == "hello":
            self.hello = told
            assert self._room is not None
            await self._room.send(json.dumps({"type": "resume", "last": told["head"]}))
        elif told["type"] == "refused":
            await self._say_again(told["id"], told["reason"])
        for item in told.get("items", []):
            self.numbers.append(item["seq"])
            if item["kind"] == "chat":
                self.said.append(item["text"])

    async def _look(self, message: Any) -> None:
        if isinstance(message, bytes):
            self.pieces += 1
        elif (told := json.loads(message))["type"] == "state":
            self.states.append(told["state"])


class Crowd:
    """All of them on one thread; the story calls them from its own."""

    def __init__(self, host: str, code: str, shoppers: Sequence[Shopper]) -> None:
        self.watchers = [Watcher(shopper) for shopper in shoppers]
        self._host = host
        self._code = code
        self._loop = asyncio.new_event_loop()

    def everybody_says(self, text: str) -> None:
        """Each adds their own number, so that all messages differ."""
        self._do(self._say(text))

    def buy(self, watchers: Sequence[Watcher], variant_id: int) -> int:
        """How many orders were placed."""
        port = int(self._host.rpartition(":")[2])
        requests = [order_request(watcher.shopper, port, variant_id) for watcher in watchers]
        return self._do(buy_at_once(requests, port)).placed

    def hello(self) -> dict[str, Any]:
        """What somebody is told who comes in now."""
        return self._do(self._ask())

    def run(self) -> None:
        asyncio.set_event_loop(self._loop)
        follow = [watcher.follow(self._host, self._code) for watcher in self.watchers]
        everyone = [self._loop.create_task(one) for one in follow]
        self._loop.run_forever()
        for task in everyone:
            task.cancel()
        self._loop.run_until_complete(asyncio.gather(*everyone, return_exceptions=True))
        self._loop.close()

    def leave(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)

    def _do(self, deed: Any) -> Any:
        return asyncio.run_coroutine_threadsafe(deed, self._loop).result(30)

    async def _say(self, text: str) -> None:
        await asyncio.gather(*(one.say(f"{text} {at}") for at, one in enumerate(self.watchers)))

    async def _ask(self) -> dict[str, Any]:
        url = f"ws://{self._host}/ws/room/{self._code}?page={uuid.uuid4().hex[:16]}"
        async with connect(url, origin=Origin(f"http://{self._host}")) as room:
            answer: dict[str, Any] = json.loads(await room.recv())
            return answer


@contextmanager
def crowd_in(url: str, code: str, shoppers: Sequence[Shopper]) -> Iterator[Crowd]:
    crowd = Crowd(url.removeprefix("http://"), code, shoppers)
    thread = threading.Thread(target=crowd.run, name="crowd")
    thread.start()
    try:
        yield crowd
    finally:
        crowd.leave()
        thread.join(10)


def wait_until(is_so: Callable[[], object], *, seconds: float, why_not: Callable[[], object]) -> None:
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, f"not within {seconds} s: {why_not()}"
        time.sleep(0.1)
