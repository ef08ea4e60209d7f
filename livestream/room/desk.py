"""Where a room's messages come in: gathered, stored together, then shared."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence

from livestream.models import HeldMessage, RoomEvent
from livestream.moderation.refusals import NotSaid
from livestream.operations.chat import Line, say_all
from livestream.room.threads import in_thread
from livestream.room.viewer import Viewer
from livestream.room.wire import Frame, encode_item, frame

PACE = 0.04  # seconds between two writes of a busy room
MOST_AT_ONCE = 200
MOST_WAITING = 2_000

logger = logging.getLogger(__name__)
Share = Callable[[int, list[bytes]], Awaitable[None]]


class Desk:
    """A quiet room's message is written at once; a busy room's wait for each other for a moment."""

    def __init__(self, session_id: int, share: Share) -> None:
        self._session_id = session_id
        self._share = share
        self._lines: list[tuple[Line, Viewer]] = []
        self._work: asyncio.Task[None] | None = None

    def put(self, line: Line, viewer: Viewer) -> None:
        if len(self._lines) >= MOST_WAITING:
            viewer.write(refused(line, "busy"))
            return
        self._lines.append((line, viewer))
        if self._work is None:
            self._work = asyncio.get_running_loop().create_task(self._write_down())

    async def _write_down(self) -> None:
        loop = asyncio.get_running_loop()
        try:
            while self._lines:
                began = loop.time()
                taken, self._lines = self._lines[:MOST_AT_ONCE], self._lines[MOST_AT_ONCE:]
                await self._store(taken)
                await asyncio.sleep(max(0.0, began + PACE - loop.time()))
        finally:
            self._work = None

    async def _store(self, taken: Sequence[tuple[Line, Viewer]]) -> None:
        lines = [line for line, _ in taken]
        try:
            outcomes = await in_thread(say_all, self._session_id, lines=lines)
        except Exception:
            logger.exception("Messages of session %s were not stored", self._session_id)
            for line, viewer in taken:
                viewer.write(refused(line, "again"))
            return
        for outcome, (line, viewer) in zip(outcomes, taken, strict=True):
            if isinstance(outcome, NotSaid):
                viewer.write(refused(line, outcome.reason, **outcome.facts))
            elif isinstance(outcome, HeldMessage):
                viewer.write(frame("held", id=str(line.client_id)))
        for run in _runs([outcome for outcome in outcomes if isinstance(outcome, RoomEvent)]):
            await self._share(run[0].seq, [encode_item(event) for event in run])


def _runs(events: Sequence[RoomEvent]) -> list[list[RoomEvent]]:
    """The events in their order, cut where numbers are missing: repeated messages have old ones."""
    by_number = {event.seq: event for event in events}
    runs: list[list[RoomEvent]] = []
    for seq in sorted(by_number):
        if not runs or runs[-1][-1].seq != seq - 1:
            runs.append([])
        runs[-1].append(by_number[seq])
    return runs


def refused(line: Line, reason: str, **facts: int | None) -> Frame:
    return frame("refused", id=str(line.client_id), reason=reason, **facts)
