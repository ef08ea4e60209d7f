"""A crowd of viewers on real sockets that counts what it hears.

Every viewer checks that it heard every message once. The delay of a frame is that of its oldest message,
counted from the moment at which that message was due, so that nothing late can hide.
"""

from __future__ import annotations

import asyncio
import re
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from bench.line import Line, open_line

TOKEN = re.compile(rb"~(\d{8})-(\d{16})~")
OPENING = 48  # handshakes at a time
SEND_EVERY = 0.01
KNOWN_FRAMES = 512

Headers = dict[str, str]
Template = Callable[[str], str]
Reply = Callable[[bytes], str]
Aside = tuple[str, float]  # something said beside the chat, and how often in a second


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
    """Viewers of one room; the first `speakers` of them also speak."""

    def __init__(self, speakers: int) -> None:
        self.viewers: list[_Viewer] = []
        self.closed = 0
        self._speakers = speakers
        self._frames: dict[bytes, _Frame] = {}
        self._latest: tuple[bytes, _Frame] = (b"", _Frame(0, 0, 0.0))
        self._numbers = 0
        self._first = 0
        self._delays: Counter[int] = Counter()
        self._last_at = 0.0

    async def grow(
        self,
        port: int,
        path: Callable[[int], str],
        headers: Callable[[int], Headers],
        reply: Reply | None,
        count: int,
    ) -> float:
        """Open sockets until there are `count`; each says `reply` to the first thing it hears, if anything.

        Returns how many were opened in a second.
        """
        door = asyncio.Semaphore(OPENING)

        async def enter(number: int) -> _Viewer:
            async with door:
                return await open_line(lambda: _Viewer(self, reply), port, path(number), headers(number))

        began, newcomers = time.monotonic(), range(len(self.viewers), count)
        self.viewers += await asyncio.gather(*map(enter, newcomers))
        return len(newcomers) / (time.monotonic() - began)

    async def listen(
        self, template: Template, *, rate: float, seconds: float, asides: Sequence[Aside] = ()
    ) -> Heard:
        """Speak in turns at this rate (and say the rest at theirs), then wait for what is still to come."""
        self._begin()
        began = time.monotonic() + 0.05
        for tick in range(int(seconds / SEND_EVERY)):
            now = began + tick * SEND_EVERY
            await asyncio.sleep(max(0.0, now - time.monotonic()))
            while self._numbers - self._first < (now - began) * rate:
                due = began + (self._numbers - self._first) / rate
                self._speak(template, due)
            for words, often in asides:
                self._murmur(words, often, tick)
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

    def took(self, viewer: _Viewer, data: bytes) -> bool:
        """Whether this viewer got exactly what the last one got: most do, and that is quickly seen."""
        latest, frame = self._latest
        if data != latest:
            return False
        self._count(viewer, frame)
        return True

    def took_frame(self, viewer: _Viewer, payload: bytes, piece: bytes) -> None:
        frame = self._frames.get(payload)
        if frame is None:
            if len(self._frames) > KNOWN_FRAMES:
                self._frames.clear()
            frame = self._frames[payload] = _Frame.of(payload, self._first)
        if len(piece) == len(payload) + _head_size(payload):  # the frame is all of it
            self._latest = piece, frame
        self._count(viewer, frame)

    def _count(self, viewer: _Viewer, frame: _Frame) -> None:
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
        self._latest = (b"", _Frame(0, 0, 0.0))
        self._delays = Counter()
        for viewer in self.viewers:
            viewer.count = viewer.digest = 0

    def _speak(self, template: Template, due: float) -> None:
        speaker = self.viewers[self._numbers % min(self._speakers, len(self.viewers))]
        speaker.say(template(token(self._numbers, due)))
        self._numbers += 1

    def _murmur(self, words: str, often: float, tick: int) -> None:
        first = int(often * SEND_EVERY * tick)
        for number in range(first, int(often * SEND_EVERY * (tick + 1))):
            self.viewers[(number * 7) % len(self.viewers)].say(words)

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


class _Viewer(Line):
    """Counts instead of reading."""

    def __init__(self, crowd: Crowd, reply: Reply | None) -> None:
        super().__init__()
        self.crowd = crowd
        self._reply = reply
        self.count = self.digest = 0
        self._piece = b""

    def data_received(self, data: bytes) -> None:
        if not self._rest and not self._reply and self.crowd.took(self, data):
            return
        self._piece = b"" if self._rest else data
        super().data_received(data)

    def heard(self, text: bytes) -> None:
        if self._reply:
            self.say(self._reply(text))
            self._reply = None
        self.crowd.took_frame(self, text, self._piece)

    def ended(self) -> None:
        self.crowd.closed += 1


def _head_size(payload: bytes) -> int:
    return 2 if len(payload) < 126 else 4 if len(payload) < 0x10000 else 10


def _digest(number: int) -> int:
    """Sums of these tell sets of numbers apart."""
    return (number + 1) * 0x9E3779B97F4A7C15 % 2**61 * ((number % 97) + 1)


def is_good(heard: Heard, *, most_ms: float) -> bool:
    return heard.is_complete and heard.delay(0.99) < most_ms
