"""Viewers who come back as a browser does: after a jittered wait, resuming where they were."""

from __future__ import annotations

import asyncio
import json
import random
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from bench.line import Line, open_line

LEAST_S, MOST_S, EACH_S = 0.5, 15.0, 0.0015  # as static/js/kit/full-jitter.js
PATIENCE_S = 8.0  # a browser's watchdog

Wait = Callable[[int], float]


def jittered(crowd: int, chance: Callable[[], float] = random.random) -> Wait:
    """Seconds before a try, when so many may come back at once."""

    def wait(tries: int) -> float:
        ceiling: float = max(LEAST_S * 2.0 ** (tries + 1), LEAST_S + crowd * EACH_S)
        return LEAST_S + (min(MOST_S, ceiling) - LEAST_S) * chance()

    return wait


@dataclass
class Watcher:
    """What one viewer saw, in the order in which it was shown."""

    path: str
    ports: Sequence[int]
    wait: Wait
    resumes: bool = True
    spread: float = 0.5  # of the time that a leaving process names, up and down
    last: int = 0
    shown: list[int] = field(default_factory=list)
    returns: list[float] = field(default_factory=list)  # seconds from each loss to the next hello
    told_to_wait: list[int] = field(default_factory=list)
    waits: list[int] = field(default_factory=list)  # all that were, in milliseconds
    failed_handshakes: int = 0
    line: _Line | None = None
    until: int = 0
    _lost_at: float = 0.0

    @property
    def is_there(self) -> bool:
        """Greeted, and not lost since."""
        return self.line is not None and not self._lost_at

    async def watch(self, until: int) -> None:
        """Until this number was shown."""
        tries, self.until = 0, until
        while self.last < until:
            self.line = await self._open()
            if self.line is None:
                self.failed_handshakes += 1
            else:
                tries = 0
                await self.line.over.wait()
            self._lost_at = self._lost_at or time.monotonic()
            if self.last < until:
                await asyncio.sleep(self.told_to_wait.pop() / 1000 if self.told_to_wait else self.wait(tries))
            tries += 1

    async def _open(self) -> _Line | None:
        """As the edge does it: what refuses is passed over for what answers."""
        for port in random.sample(self.ports, len(self.ports)):
            with suppress(OSError, TimeoutError):
                return await open_line(lambda: _Line(self), port, self.path, {}, PATIENCE_S)
        return None

    def heard(self, frame: dict[str, object], line: _Line) -> None:
        match frame["type"]:
            case "hello":
                self._greeted(int(str(frame["head"])), line)
            case "reconnect":
                factor = random.uniform(1 - self.spread, 1 + self.spread)
                self.told_to_wait.append(int(int(str(frame["after_ms"])) * factor))
                self.waits.append(self.told_to_wait[-1])
                line.transport.close()
            case "batch":
                self._show([item["seq"] for item in frame.get("items", [])])  # type: ignore[attr-defined]

    def _greeted(self, head: int, line: _Line) -> None:
        if self._lost_at:
            self.returns.append(time.monotonic() - self._lost_at)
            self._lost_at = 0.0
        line.say(json.dumps({"type": "resume", "last": self.last if self.resumes else head}))

    def _show(self, numbers: list[int]) -> None:
        """Drops what was seen, as the page does; without resuming it cannot know what is missing."""
        for number in numbers:
            if number <= self.last:
                continue
            self.shown.append(number)
            self.last = number
        if self.line and self.last >= self.until:
            self.line.transport.close()


class _Line(Line):
    def __init__(self, watcher: Watcher) -> None:
        super().__init__()
        self.over = asyncio.Event()
        self._watcher = watcher

    def heard(self, text: bytes) -> None:
        self._watcher.heard(json.loads(text), self)

    def ended(self) -> None:
        self.over.set()


def missing(watchers: Sequence[Watcher], numbers: range) -> int:
    """Messages times viewers that were never shown."""
    return sum(len(set(numbers) - set(watcher.shown)) for watcher in watchers)


def doubled(watchers: Sequence[Watcher]) -> int:
    return sum(len(watcher.shown) - len(set(watcher.shown)) for watcher in watchers)


def share(seconds: Sequence[float], part: float) -> float:
    """The time within which this part was back."""
    ordered = sorted(seconds)
    return ordered[min(len(ordered) - 1, int(len(ordered) * part))] if ordered else 0.0
