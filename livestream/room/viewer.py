"""One socket as the room sees it: something that takes frames and never makes the room wait."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine, Generator, Mapping
from dataclasses import dataclass
from types import coroutine
from typing import Any, cast

from livestream.models import VisitSource
from livestream.room.tickets import Person
from livestream.room.wire import Close, Frame, frame

MOST_WAITING = 64  # frames kept for a reader that does not drain
PATIENCE = 15.0  # seconds until such a reader is hung up on
BURST = 20  # messages a viewer may send in WINDOW seconds
WINDOW = 10.0
RESET = frame("reset")

Send = Callable[[Any], Awaitable[None]]
Take = Callable[[bytes], bool]


@dataclass(eq=False, slots=True)
class Viewer:
    """Gives frames to a server that takes them ready, or else to its plain ASGI send.

    The send is stepped by hand: no task for a frame that fits.
    """

    person: Person
    session_key: str
    seat: str  # one for each person, however many sockets they have
    send: Send
    hang_up: Callable[[Close], None]
    take: Take | None = None
    source: str = VisitSource.DIRECT
    is_robot: bool = False
    address: str = ""
    name: str = ""  # of this socket, among those of its person in all processes
    waiting_since: float | None = None
    tokens: float = BURST
    counted_at: float = 0.0
    _line: deque[Frame] | None = None  # an empty one costs as much as all the rest
    _drain: asyncio.Task[None] | None = None

    def write(self, message: Frame) -> bool:
        """Give one frame away. False when this reader lost its place and must resume."""
        if self._drain is not None:
            return self._stand_in_line(message)
        if self.take is not None and self.take(message.wire):
            return True
        return self._step(message.message)

    def close(self, code: Close) -> None:
        """Say why, unless this reader is stuck; then the server just drops the line."""
        if self._drain is None:
            self._step({"type": "websocket.close", "code": int(code)})  # some servers want no less

    def _step(self, message: Mapping[str, Any]) -> bool:
        step = cast("Coroutine[Any, Any, None]", self.send(message))
        try:
            waits_for = step.send(None)
        except StopIteration:
            return True
        except Exception:  # the socket is gone; its own task finds out and leaves
            return False
        loop = asyncio.get_running_loop()
        self.waiting_since = loop.time()
        self._drain = loop.create_task(self._write_rest(step, waits_for))
        return True

    def may_send(self, now: float) -> bool:
        """Take one token of this socket's bucket."""
        refill = (now - self.counted_at) * BURST / WINDOW if self.counted_at else BURST
        self.tokens = min(BURST, self.tokens + refill)
        self.counted_at = now
        if self.tokens < 1:
            return False
        self.tokens -= 1
        return True

    def is_stuck(self, now: float) -> bool:
        return self.waiting_since is not None and now - self.waiting_since > PATIENCE

    def _stand_in_line(self, message: Frame) -> bool:
        if self._line is None:
            self._line = deque()
        if len(self._line) < MOST_WAITING:
            self._line.append(message)
            return True
        self._line = deque([RESET])
        return False

    async def _write_rest(self, step: Coroutine[Any, Any, None], waits_for: Any) -> None:
        try:
            await _carry_on(step, waits_for)
            while self._line:
                self.waiting_since = asyncio.get_running_loop().time()
                await self.send(self._line.popleft().message)
        except Exception:  # the socket is gone
            self._line = None
        finally:
            self._drain = None
            self.waiting_since = None


@coroutine
def _carry_on(step: Coroutine[Any, Any, None], waits_for: Any) -> Generator[Any, Any, None]:
    """Let a task finish a coroutine whose first step was made by hand."""
    resume: Callable[[Any], Any]
    while True:
        try:
            answer = yield waits_for
        except BaseException as problem:
            resume, answer = step.throw, problem
        else:
            resume = step.send
        try:
            waits_for = resume(answer)
        except StopIteration:
            return
