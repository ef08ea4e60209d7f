"""A crowd of viewers on real sockets that counts what it hears.

Every viewer checks that it heard every message once. The delay of a frame is that of its oldest message,
counted from the moment at which that message was due, so that nothing late can hide.
"""

from __future__ import annotations

import asyncio
import base64
import os
import re
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import cast

TOKEN = re.compile(rb"~(\d{8})-(\d{16})~")
OPENING = 48  # handshakes at a time
PATIENCE = 30.0
SEND_EVERY = 0.01
KNOWN_FRAMES = 512

Headers = dict[str, str]
Template = Callable[[str], str]


def token(number: int, due: float) -> str:
    """40 bytes or so that are found again whatever they are wrapped in."""
    return f"~{number:08d}-{int(due * 1e6):016d}~"


@dataclass
class Heard:
    """What one step of the crowd came to."""

    viewers: int
    sent: int
    seconds: float
    delivered: int
    strays: int  # viewers who missed a message or heard one twice
    delays: Counter[int] = field(repr=False)  # milliseconds -> messages

    @property
    def is_complete(self) -> bool:
        return self.strays == 0 and self.delivered == self.sent * self.viewers

    @property
    def deliveries(self) -> float:
        """Messages times receivers in a second."""
        return self.delivered / self.seconds if self.seconds else 0.0

    def delay(self, share: float) -> float:
        """Milliseconds within which this share of the messages arrived."""
        wanted, seen = share * sum(self.delays.values()), 0
        for delay in sorted(self.delays):
            seen += self.delays[delay]
            if seen >= wanted:
                return float(delay)
        return float("inf")


class Crowd:
    """Viewers of one room; all of them may also speak."""

    def __init__(self) -> None:
        self.viewers: list[_Viewer] = []
        self.closed = 0
        self._frames: dict[bytes, _Frame] = {}
        self._numbers = 0
        self._first = 0
        self._delays: Counter[int] = Counter()
        self._last_at = 0.0

    async def grow(
        self, port: int, path: Callable[[int], str], headers: Callable[[int], Headers], hello: str, count: int
    ) -> None:
        """Open sockets until there are `count`; each says `hello` first, when there is one to say."""
        door = asyncio.Semaphore(OPENING)

        async def enter(number: int) -> _Viewer:
            async with door:
                viewer = await _open(self, port, path(number), headers(number))
            if hello:
                viewer.say(hello)
            return viewer

        newcomers = range(len(self.viewers), count)
        self.viewers += await asyncio.gather(*map(enter, newcomers))

    async def listen(
        self, template: Template, *, rate: float, seconds: float, aside: str = "", aside_rate: float = 0
    ) -> Heard:
        """Speak in turns at this rate (and say `aside` at another), then wait for what is still to come."""
        self._begin()
        began = time.monotonic() + 0.05
        for tick in range(int(seconds / SEND_EVERY)):
            now = began + tick * SEND_EVERY
            await asyncio.sleep(max(0.0, now - time.monotonic()))
            while self._numbers - self._first < (now - began) * rate:
                due = began + (self._numbers - self._first) / rate
                self._speak(template, due)
            for _ in range(_due(aside_rate, tick)):
                self.viewers[(tick * 7) % len(self.viewers)].say(aside)
        await self._settle()
        return self._heard(began)

    async def ask_one_by_one(self, template: Template, *, times: int, pause: float) -> Heard:
        """Break the silence again and again; one viewer speaks, all listen."""
        self._begin()
        began = time.monotonic()
        for _ in range(times):
            await asyncio.sleep(pause)
            self._speak(template, time.monotonic())
        await self._settle()
        return self._heard(began)

    def hang_up(self) -> None:
        for viewer in self.viewers:
            viewer.transport.abort()
        self.viewers.clear()

    # ---- the viewers' side -----------------------------------------------------------------------

    def took(self, viewer: _Viewer, payload: bytes) -> None:
        frame = self._frames.get(payload)
        if frame is None:
            if len(self._frames) > KNOWN_FRAMES:
                self._frames.clear()
            frame = self._frames[payload] = _Frame.of(payload, self._first)
        if not frame.count:
            return
        now = time.monotonic()
        viewer.count += frame.count
        viewer.digest += frame.digest
        self._delays[int((now - frame.oldest) * 1000)] += frame.count
        self._last_at = now

    def _begin(self) -> None:
        self._first = self._numbers
        self._frames.clear()
        self._delays = Counter()
        for viewer in self.viewers:
            viewer.count = viewer.digest = 0

    def _speak(self, template: Template, due: float) -> None:
        speaker = self.viewers[self._numbers % len(self.viewers)]
        speaker.say(template(token(self._numbers, due)))
        self._numbers += 1

    async def _settle(self) -> None:
        """Until everybody has everything, or nothing has come for a while."""
        wanted = self._numbers - self._first
        self._last_at = time.monotonic()
        while any(viewer.count < wanted for viewer in self.viewers):
            await asyncio.sleep(0.05)
            if time.monotonic() - self._last_at > 1.5:
                return

    def _heard(self, began: float) -> Heard:
        numbers = range(self._first, self._numbers)
        digest = sum(map(_digest, numbers))
        return Heard(
            viewers=len(self.viewers),
            sent=len(numbers),
            seconds=self._last_at - began,
            delivered=sum(viewer.count for viewer in self.viewers),
            strays=sum((viewer.count, viewer.digest) != (len(numbers), digest) for viewer in self.viewers),
            delays=self._delays,
        )


@dataclass(frozen=True)
class _Frame:
    """A frame that many viewers get; looked through once."""

    count: int
    digest: int
    oldest: float

    @classmethod
    def of(cls, payload: bytes, first: int) -> _Frame:
        found = [(int(number), int(due)) for number, due in TOKEN.findall(payload)]
        fresh = [(number, due) for number, due in found if number >= first]
        oldest = min((due for _, due in fresh), default=0) / 1e6
        return cls(len(fresh), sum(_digest(number) for number, _ in fresh), oldest)


class _Viewer(asyncio.Protocol):
    """The least that a websocket client must do."""

    def __init__(self, crowd: Crowd, greeting: bytes) -> None:
        self.crowd = crowd
        self.count = self.digest = 0
        self.opened: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._greeting = greeting
        self._rest = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)
        self.transport.write(self._greeting)

    def connection_lost(self, problem: Exception | None) -> None:
        self.crowd.closed += 1
        if not self.opened.done():
            self.opened.set_exception(ConnectionError("turned away"))

    def data_received(self, data: bytes) -> None:
        data = self._rest + data if self._rest else data
        if not self.opened.done():
            if b"\r\n\r\n" not in data:
                self._rest = data
                return
            data = self._handshake(data)
        at = 0
        while (end := _frame_end(data, at)) is not None:
            start, stop = end
            self._frame(data[at] & 15, data[start:stop])
            at = stop
        self._rest = data[at:]

    def say(self, text: str) -> None:
        self._write(1, text.encode())

    def _handshake(self, data: bytes) -> bytes:
        head, _, rest = data.partition(b"\r\n\r\n")
        if b" 101 " in head.split(b"\r\n", 1)[0]:
            self.opened.set_result(None)
        else:
            self.transport.abort()
        return rest

    def _frame(self, opcode: int, payload: bytes) -> None:
        if opcode == 9:
            self._write(10, payload)
        elif opcode == 1:
            self.crowd.took(self, payload)

    def _write(self, opcode: int, payload: bytes) -> None:
        """A mask of four noughts is a mask too."""
        size = len(payload)
        length = bytes([0x80 | size]) if size < 126 else bytes([0x80 | 126]) + size.to_bytes(2, "big")
        self.transport.write(bytes([0x80 | opcode]) + length + bytes(4) + payload)


async def _open(crowd: Crowd, port: int, path: str, headers: Headers) -> _Viewer:
    lines = {
        "Host": f"127.0.0.1:{port}",
        "Origin": f"http://127.0.0.1:{port}",
        "Upgrade": "websocket",
        "Connection": "Upgrade",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": base64.b64encode(os.urandom(16)).decode(),
        **headers,
    }
    request = f"GET {path} HTTP/1.1\r\n" + "".join(f"{k}: {v}\r\n" for k, v in lines.items()) + "\r\n"
    loop = asyncio.get_running_loop()
    _, viewer = await loop.create_connection(lambda: _Viewer(crowd, request.encode()), "127.0.0.1", port)
    await asyncio.wait_for(viewer.opened, PATIENCE)
    return viewer


def _frame_end(data: bytes, at: int) -> tuple[int, int] | None:
    """Where the payload of the frame at `at` begins and ends; nothing while it is not all there."""
    have = len(data) - at
    if have < 2:
        return None
    size, head = data[at + 1] & 127, 2
    if size > 125:
        head = 4 if size == 126 else 10
        if have < head:
            return None
        size = int.from_bytes(data[at + 2 : at + head], "big")
    return (at + head, at + head + size) if have >= head + size else None


def _digest(number: int) -> int:
    """Sums of these tell sets of numbers apart."""
    return (number + 1) * 0x9E3779B97F4A7C15 % 2**61 * ((number % 97) + 1)


def _due(rate: float, tick: int) -> int:
    """How many of `rate` a second fall into this tick."""
    return int(rate * SEND_EVERY * (tick + 1)) - int(rate * SEND_EVERY * tick)


def is_good(heard: Heard, *, most_ms: float) -> bool:
    return heard.is_complete and heard.delay(0.99) < most_ms


def best(steps: Sequence[Heard]) -> Heard:
    return max(steps, key=lambda heard: heard.deliveries)
