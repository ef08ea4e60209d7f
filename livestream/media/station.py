"""All shows of this process. Exactly one process owns a data folder."""

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from enum import Enum, auto
from pathlib import Path

import structlog

from livestream.media.beliefs import Beliefs
from livestream.media.broadcast import Broadcast
from livestream.media.hooks import Hooks, Phase, Showing
from livestream.media.ownership import Ownership

log = structlog.get_logger(__name__)

_TICK_S = 1.0
_MOST_KNOWN = 10_000
_TICKS_PER_SWEEP = 30


class Door(Enum):
    """How the pictures of a session are found."""

    OPEN = auto()
    CREW = auto()  # open to whoever asks, and to nobody else
    SHUT = auto()


class ShowIsOver(Exception):
    """The session has ended; there is only its replay."""


class Station:
    """Finds and keeps broadcasts, and looks after them."""

    def __init__(self, *, root: Path, hooks: Hooks, grace_s: float = 120, max_shows: int = 30) -> None:
        self.root = root
        self.hooks = hooks
        self._grace_s = grace_s
        self._max_shows = max_shows
        self.may_replay = Beliefs(hooks.may_replay)
        self._may_watch = Beliefs(hooks.may_watch)
        self._known_private: dict[str, bool] = {}
        self._broadcasts: dict[str, Broadcast] = {}
        self._writer = ThreadPoolExecutor(1, "live-writer")
        self.ownership = Ownership(root)
        self._keeper: asyncio.Task[None] | None = None
        self.is_ready = asyncio.Event()  # what was on air before this process is noted as interrupted

    def start(self) -> None:
        """Take the data folder and begin; nothing happens the second time."""
        if self._keeper is None:
            self.ownership.take()
            self._keeper = asyncio.create_task(self._keep())

    async def stop(self) -> None:
        if self._keeper is not None:
            self._keeper.cancel()
        await asyncio.gather(*(broadcast.close() for broadcast in self._broadcasts.values()))
        self._writer.shutdown()
        self.ownership.release()

    async def find(self, code: str) -> Broadcast | None:
        """The show, known or newly opened; None when there is no such session.

        Raises ShowIsOver when it has ended.
        """
        known = self._broadcasts.get(code)
        if known is not None:
            if known.phase is Phase.ENDED:
                raise ShowIsOver
            return known
        await self.is_ready.wait()
        showing = await self.hooks.showing(code)
        if showing is None:
            return None
        if showing.phase is Phase.ENDED:
            raise ShowIsOver
        return self._broadcasts.setdefault(code, self._open(code, showing))

    def _open(self, code: str, showing: Showing) -> Broadcast:
        return Broadcast(
            code,
            showing,
            folder=self.root / code,
            hooks=self.hooks,
            writer=self._writer,
            grace_s=self._grace_s,
        )

    async def door(self, code: str, cookies: str) -> Door:
        """How this browser finds the pictures of that session: a rehearsal is for its crew."""
        is_private = self._known_private.get(code)
        if is_private is None:
            showing = await self.hooks.showing(code)
            if showing is None:
                return Door.SHUT
            is_private = showing.is_private
            if len(self._known_private) >= _MOST_KNOWN:
                self._known_private.clear()
            self._known_private[code] = is_private
        if not is_private:
            return Door.OPEN
        return Door.CREW if await self._may_watch(code, cookies) else Door.SHUT

    def at_hand(self, code: str) -> Broadcast | None:
        return self._broadcasts.get(code)

    def has_room_for(self, broadcast: Broadcast) -> bool:
        others = (other for other in self._broadcasts.values() if other is not broadcast)
        published = sum(1 for other in others if other.is_published)
        return published < self._max_shows

    async def _keep(self) -> None:
        await self._safely(self.hooks.interrupt_all)
        self.is_ready.set()
        ticks = 0
        while True:
            await asyncio.sleep(_TICK_S)
            ticks += 1
            broadcasts = list(self._broadcasts.values())
            await asyncio.gather(*(self._safely(broadcast.tick) for broadcast in broadcasts))
            self._forget_idle(broadcasts)
            if ticks % _TICKS_PER_SWEEP == 0:
                await self._safely(self.hooks.end_abandoned)

    def _forget_idle(self, broadcasts: list[Broadcast]) -> None:
        for broadcast in broadcasts:
            if broadcast.phase is Phase.ENDED or broadcast.is_idle:
                self._broadcasts.pop(broadcast.code, None)

    async def _safely(self, step: Callable[[], Awaitable[None]]) -> None:
        """A market that does not answer must not stop the keeper."""
        try:
            await step()
        except Exception:
            log.exception("live_keeper_step_failed")
