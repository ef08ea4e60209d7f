"""One room in this process: what is new is encoded once and written to every viewer in ticks."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Collection
from typing import Any

import orjson

from livestream.models import RoomEvent, SessionState
from livestream.room import reads, seats, wire
from livestream.room.audience import Audience
from livestream.room.pace import pause_after
from livestream.room.reads import RoomFacts
from livestream.room.threads import in_thread
from livestream.room.viewer import RESET, Viewer

ONE_TURN = 500  # viewers written to before the loop may do something else
GAP_PATIENCE = 0.1  # seconds for a doorbell that comes late
MOST_BEHIND = 1_000  # numbers; who missed more starts over
ANSWER_KEPT = 1.0  # seconds for viewers who missed the same
BEAT_AFTER = 1.9  # seconds of silence
MOST_SALES = 3  # told in one tick
NOTES_PACE = 0.25  # seconds between words about deals, however often they move
PINS = {RoomEvent.Kind.PINNED, RoomEvent.Kind.UNPINNED}

logger = logging.getLogger(__name__)


class Room:
    """Every viewer gets every number once and in order; what has no number is latest-wins."""

    def __init__(self, code: str, facts: RoomFacts) -> None:
        self.code = code
        self.session_id = facts.session_id
        self.crew = facts.crew
        self._is_rehearsal = facts.is_rehearsal
        self.audience = Audience(facts.session_id, likes=facts.likes, peak=facts.peak_viewers)
        self.state = facts.state
        self.pinned = facts.pinned
        self.clock = facts.clock
        self.rules = facts.rules
        self.comment = facts.comment
        self.head = facts.head  # known to this process, all numbers up to here
        self.told = facts.head  # written to every viewer in step
        self.viewers: set[Viewer] = set()
        self._in_step: set[Viewer] = set()
        self._ahead: dict[Viewer, int] = {}
        self._fresh: list[bytes] = []
        self._early: dict[int, bytes] = {}
        self._now: dict[str, Any] = {}
        self._notes: dict[str, dict[str, Any]] = {}
        self._notes_told_at = 0.0
        self._counts_told = {"viewers": 0, "likes": facts.likes}
        self._wake = asyncio.Event()
        self._reading = asyncio.Lock()
        self._answers: dict[tuple[int, int], asyncio.Task[wire.Frame]] = {}
        self._loop = asyncio.get_running_loop()
        self._spoke_at = self._told_at = 0.0
        self.empty_since: float | None = self._loop.time()
        self._ticker = self._loop.create_task(self._tick())

    @property
    def is_on_air(self) -> bool:
        return self.state in {SessionState.LIVE, SessionState.PAUSED}

    # ---- people ------------------------------------------------------------------------------------

    def enter(self, viewer: Viewer) -> None:
        self.viewers.add(viewer)
        is_counted = not viewer.is_robot and viewer.person.user_id not in self.crew
        self.audience.came(viewer.seat, source=viewer.source, is_counted=is_counted)
        self.empty_since = None
        viewer.write(self._hello(viewer))

    def leave(self, viewer: Viewer) -> None:
        self.viewers.discard(viewer)
        self._in_step.discard(viewer)
        self._ahead.pop(viewer, None)
        self.audience.left(viewer.seat)
        if not self.viewers:
            self.empty_since = self._loop.time()

    def lets_in(self, user_id: int | None) -> bool:
        """A rehearsal is for the crew only."""
        return not self._is_rehearsal or user_id in self.crew

    def crew_is(self, crew: frozenset[int]) -> None:
        """Whoever runs the show does not watch it; whoever no longer does leaves a rehearsal."""
        if crew == self.crew:
            return
        self.crew = crew
        for viewer in [viewer for viewer in self.viewers if not self.lets_in(viewer.person.user_id)]:
            viewer.hang_up(wire.Close.NO_SUCH_ROOM)
        crew_seats = set(map(seats.of_person, crew))
        robots = {viewer.seat for viewer in self.viewers if viewer.is_robot}
        self.audience.leave_out(lambda seat: seat in crew_seats or seat in robots)

    async def bring_up(self, viewer: Viewer, last: int) -> None:
        """Give a viewer all numbers after `last`, then let the common flow go on."""
        self._in_step.discard(viewer)
        self._ahead.pop(viewer, None)
        if last > self.head:
            await self.look_up()
        if last > self.head or self.told - last > MOST_BEHIND:
            viewer.write(RESET)
            return
        while last < self.told:
            until = min(self.told, last + wire.MOST_ITEMS)
            if not viewer.write(await self._missed(last, until)) or viewer not in self.viewers:
                return
            last = until
        if viewer not in self.viewers:
            return
        if last > self.told:
            self._ahead[viewer] = last
        else:
            self._in_step.add(viewer)

    # ---- news --------------------------------------------------------------------------------------

    def take(self, first: int, items: list[bytes]) -> None:
        """News with numbers. What comes ahead of a gap waits a moment for what is missing."""
        for seq, item in enumerate(items, first):
            if seq > self.head:
                self._early[seq] = item
        self._move_on()
        if self._early:
            self._loop.call_later(GAP_PATIENCE, self._mind_the_gap)

    async def look_up(self, head: int | None = None) -> None:
        """Fetch what the database has beyond what this process knows."""
        async with self._reading:
            if head is None:
                head = (await in_thread(reads.heads, [self.session_id])).get(self.session_id, 0)
            while self.head < head:
                items = await in_thread(
                    reads.items_after,
                    self.code,
                    self.session_id,
                    last=self.head,
                    until=head,
                    limit=wire.MOST_ITEMS,
                )
                if not items:
                    return
                self.take(self.head + 1, items)

    def note(self, name: str, value: object) -> None:
        """Something that is simply true now; the newest word wins."""
        self._now[name] = value
        self._wake.set()

    def note_parts(self, parts: dict[str, dict[str, Any]]) -> None:
        """Several things of one name, such as goods: the newest word on each wins."""
        for name, entries in parts.items():
            self._now.setdefault(name, {}).update(entries)
        self._wake.set()

    def note_calmly(self, name: str, key: str, value: Any) -> None:
        """As `note_parts`, at once when it was quiet, and a few times a second when it moves all the time."""
        if not self._notes:
            wait = self._notes_told_at + NOTES_PACE - self._loop.time()
            self._loop.call_later(max(0.0, wait), self._tell_notes)
        self._notes.setdefault(name, {})[key] = value

    def _tell_notes(self) -> None:
        notes, self._notes = self._notes, {}
        self._notes_told_at = self._loop.time()
        self.note_parts(notes)

    def note_sales(self, sales: list[Any]) -> None:
        self._now["sold"] = [*self._now.get("sold", []), *sales][-MOST_SALES:]
        self._wake.set()

    def note_audience(self) -> None:
        """Likes and viewers, told only when they changed."""
        counts = {"viewers": self.audience.viewers, "likes": self.audience.likes}
        for name, count in counts.items():
            if self._counts_told.get(name) != count:
                self._counts_told[name] = count
                self.note(name, count)

    def beat(self) -> None:
        if self._loop.time() - self._spoke_at >= BEAT_AFTER:
            self._spoke_at = self._loop.time()
            self.tell_everyone(wire.frame("beat", head=self.told))

    def is_quiet(self, since: float) -> bool:
        """Nothing but beats went out since then, or nobody is here."""
        return not self.viewers or self._told_at < since

    def tell_everyone(self, message: wire.Frame) -> None:
        for viewer in list(self.viewers):
            viewer.write(message)

    def tell(self, user_ids: Collection[int], message: wire.Frame) -> None:
        """Something for these people only, on every screen they have open here."""
        for viewer in [viewer for viewer in self.viewers if viewer.person.user_id in user_ids]:
            viewer.write(message)

    def close(self) -> None:
        self._ticker.cancel()

    # ---- ticks -------------------------------------------------------------------------------------

    async def _tick(self) -> None:
        """At once when it was quiet; when busy, as far apart as writing needs."""
        while True:
            await self._wake.wait()
            self._wake.clear()
            began = self._loop.time()
            try:
                await self._flush()
            except Exception:
                logger.exception("A tick of room %s failed", self.code)
            await asyncio.sleep(0)  # two turns later the server has written
            await asyncio.sleep(0)
            await asyncio.sleep(pause_after(self._loop.time() - began))

    async def _flush(self) -> None:
        items, self._fresh = self._fresh, []
        now, self._now = self._now, {}
        before, last = self.told, self.told + len(items)
        self.told = last
        self._remember(items)
        message = wire.batch(items, last=last, now=now)
        self._spoke_at = self._told_at = self._loop.time()
        for viewer, position in list(self._ahead.items()):
            self._write_ahead(viewer, position, items[max(0, position - before) :], now)
        for count, viewer in enumerate(list(self._in_step), 1):
            if not viewer.write(message):
                self._in_step.discard(viewer)
            if count % ONE_TURN == 0:
                await asyncio.sleep(0)

    def _write_ahead(self, viewer: Viewer, position: int, items: list[bytes], now: dict[str, Any]) -> None:
        """Someone whose page knew numbers that this process had not told yet."""
        if (items or now) and not viewer.write(wire.batch(items, last=self.told, now=now)):
            del self._ahead[viewer]
        elif position <= self.told:
            del self._ahead[viewer]
            self._in_step.add(viewer)

    def _move_on(self) -> None:
        while (item := self._early.pop(self.head + 1, None)) is not None:
            self.head += 1
            self._fresh.append(item)
            self._wake.set()

    def _mind_the_gap(self) -> None:
        self._early = {seq: item for seq, item in self._early.items() if seq > self.head}
        if self._early:
            self._loop.create_task(self.look_up(max(self._early)))

    async def _missed(self, last: int, until: int) -> wire.Frame:
        """Always from the database; viewers who come back together are answered together."""
        key = last, until
        if key not in self._answers:
            self._answers[key] = self._loop.create_task(self._read(last, until))
            self._loop.call_later(ANSWER_KEPT, self._answers.pop, key, None)
        return await asyncio.shield(self._answers[key])

    async def _read(self, last: int, until: int) -> wire.Frame:
        limit = until - last
        items = await in_thread(
            reads.items_after, self.code, self.session_id, last=last, until=until, limit=limit
        )
        return wire.batch(items, last=until, now={})

    def _remember(self, items: list[bytes]) -> None:
        """Keep what a hello must say: the state, the pins and the rules."""
        for item in items:
            if wire.is_chat(item):
                continue
            event = orjson.loads(item)
            if event["kind"] == RoomEvent.Kind.STATE:
                self.state, self.clock = event["state"], event["clock"]
            elif event["kind"] in PINS:
                self.pinned = event.get("product")
            elif event["kind"] == RoomEvent.Kind.RULES:
                self.rules = event["rules"]
            elif event["kind"] == RoomEvent.Kind.COMMENT:
                self.comment = event.get("comment")

    def _hello(self, viewer: Viewer) -> wire.Frame:
        return wire.frame(
            "hello",
            head=self.told,
            viewers=self.audience.viewers,
            likes=self.audience.likes,
            state=self.state,
            pinned=self.pinned,
            clock=self.clock,
            rules=self.rules,
            comment=self.comment,
            at=int(time.time() * 1000),
            me=viewer.person.name,
        )
