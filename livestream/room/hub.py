"""All rooms of this process: who is in, what the doorbell says, and the steady work that heals."""

from __future__ import annotations

import asyncio
import gc
import logging
from collections import Counter
from collections.abc import Awaitable, Callable
from typing import Any

from channels.layers import get_channel_layer
from django.conf import settings

from livestream.operations.audience import AudienceCount, add_samples, add_visits, record_audiences
from livestream.operations.chat import Line
from livestream.room import doorbell, reads, wire
from livestream.room.audience import STEP
from livestream.room.desk import Desk
from livestream.room.doors import MOST_SOCKETS, Doors
from livestream.room.fanout import Room
from livestream.room.presence import Counters
from livestream.room.threads import in_thread
from livestream.room.viewer import Viewer
from livestream.room.wire import Close

BEAT_EVERY = 0.5
COUNT_EVERY = 1.0
LOOK_EVERY = 2.0
PEOPLE_EVERY = 4.0
SESSIONS_EVERY = 60.0
RECORD_EVERY = 10.0
SAMPLE_EVERY = float(STEP)
GOODS_PACE = 0.25
KEPT_EMPTY = 45.0  # seconds a room stays open without viewers
TIDY_EVERY = 60.0
FEW_SOCKETS = 500  # so few that a full collection is not felt
QUIET_FOR = 5.0  # seconds

logger = logging.getLogger(__name__)


class Hub:
    """One for each event loop; holds one channel and one subscription for each open room."""

    def __init__(self) -> None:
        self.loop = asyncio.get_running_loop()
        self.rooms: dict[str, Room] = {}
        self._desks: dict[int, Desk] = {}
        self._opening: dict[str, asyncio.Task[Room | None]] = {}
        self._sockets: dict[int, list[Viewer]] = {}
        self._layer: Any = get_channel_layer()
        self._channel: str | None = None
        self._subscribed: set[str] = set()
        self._addresses: Counter[str] = Counter()
        self._counters = Counters()
        self._doors = Doors(self._counters.valkey)
        self._recorded: dict[int, tuple[int, int]] = {}
        self._dirty: set[int] = set()
        self._goods_work: asyncio.Task[None] | None = None
        self._work = [
            self.loop.create_task(self._listen()),
            self.loop.create_task(_repeat(BEAT_EVERY, self._beat)),
            self.loop.create_task(_repeat(COUNT_EVERY, self._count)),
            self.loop.create_task(_repeat(LOOK_EVERY, self._look)),
            self.loop.create_task(_repeat(PEOPLE_EVERY, self._check_people)),
            self.loop.create_task(_repeat(SESSIONS_EVERY, self._check_sessions)),
            self.loop.create_task(_repeat(RECORD_EVERY, self._record)),
            self.loop.create_task(_repeat(SAMPLE_EVERY, self._sample)),
            self.loop.create_task(_repeat(COUNT_EVERY, self._close_too_many)),
            self.loop.create_task(_repeat(TIDY_EVERY, self._tidy)),
        ]
        # A full pass over thousands of sockets stops everyone, so none comes by itself; what is here now
        # stays for good. `_tidy` makes the full passes.
        gc.collect()
        gc.freeze()
        gc.set_threshold(50_000, 20, 1_000_000)

    # ---- viewers -----------------------------------------------------------------------------------

    async def room(self, code: str) -> Room | None:
        """The open room, opened when need be; None when there is no such session."""
        if code in self.rooms:
            return self.rooms[code]
        if code not in self._opening:
            task = self.loop.create_task(self._open(code))
            self._opening[code] = task
            task.add_done_callback(lambda _: self._opening.pop(code, None))
        return await asyncio.shield(self._opening[code])

    @property
    def sockets(self) -> int:
        return sum(len(room.viewers) for room in self.rooms.values())

    def is_crowded(self, address: str) -> bool:
        """Whether so many sockets of this process come from there that it can hardly be people."""
        most = settings.ROOM_SOCKETS_PER_ADDRESS
        return bool(most and address and self._addresses[address] >= most)

    def enter(self, room: Room, viewer: Viewer) -> None:
        """Let a viewer in; of one person's sockets only the newest stay."""
        self._addresses[viewer.address] += 1
        user_id = viewer.person.user_id
        if user_id is not None:
            viewer.name = self._doors.opened(user_id)
            sockets = self._sockets.setdefault(user_id, [])
            sockets.append(viewer)
            if len(sockets) > MOST_SOCKETS:
                sockets[0].hang_up(Close.OPENED_ELSEWHERE)
        room.enter(viewer)

    def leave(self, room: Room, viewer: Viewer) -> None:
        room.leave(viewer)
        self._addresses[viewer.address] -= 1
        if not self._addresses[viewer.address]:
            del self._addresses[viewer.address]
        user_id = viewer.person.user_id
        if user_id is not None and viewer in (sockets := self._sockets.get(user_id, [])):
            self._doors.closed(user_id, viewer.name)
            sockets.remove(viewer)
            if not sockets:
                del self._sockets[user_id]

    def say(self, room: Room, line: Line, viewer: Viewer) -> None:
        self._desks[room.session_id].put(line, viewer)

    async def close(self) -> None:
        for task in self._work:
            task.cancel()
        for room in self.rooms.values():
            room.close()
        await self._counters.close()

    # ---- rooms -------------------------------------------------------------------------------------

    async def _open(self, code: str) -> Room | None:
        facts = await in_thread(reads.room_facts, code)
        if facts is None:
            return None
        room = Room(code, facts)
        self.rooms[code] = room
        self._desks[room.session_id] = Desk(room.session_id, self._sharer(room))
        await self._subscribe()
        await room.look_up()  # between the reading and the subscription something may have been said
        return room

    def _sharer(self, room: Room) -> Callable[[int, list[bytes]], Awaitable[None]]:
        async def share(first: int, items: list[bytes]) -> None:
            """Our own viewers at once, those of other processes by the doorbell."""
            room.take(first, items)
            message = {"type": "ring", "room": room.session_id, "first": first, "items": items}
            try:
                group = doorbell.room_group(room.session_id)
                await asyncio.wait_for(self._layer.group_send(group, message), doorbell.PATIENCE)
            except Exception as problem:
                logger.warning("Other processes must look up session %s: %r", room.session_id, problem)

        return share

    async def _close_empty(self) -> None:
        now = self.loop.time()
        for code, room in list(self.rooms.items()):
            if room.empty_since is None or now - room.empty_since < KEPT_EMPTY:
                continue
            del self.rooms[code], self._desks[room.session_id]
            room.close()
            group = doorbell.room_group(room.session_id)
            self._subscribed.discard(group)
            await self._layer.group_discard(group, self._channel)

    def _by_session(self) -> dict[int, Room]:
        return {room.session_id: room for room in self.rooms.values()}

    # ---- the doorbell ------------------------------------------------------------------------------

    async def _subscribe(self) -> None:
        """Hear about every open room; tried again with every look while Valkey is away."""
        wanted = {doorbell.MARKET, *map(doorbell.room_group, self._by_session())}
        try:
            if self._channel is None:
                self._channel = await asyncio.wait_for(self._layer.new_channel(), doorbell.PATIENCE)
            for group in wanted - self._subscribed:
                await asyncio.wait_for(self._layer.group_add(group, self._channel), doorbell.PATIENCE)
                self._subscribed.add(group)
        except Exception as problem:
            logger.warning("No doorbell for now: %r", problem)

    async def _listen(self) -> None:
        await self._subscribe()
        while True:
            if self._channel is None:
                await asyncio.sleep(LOOK_EVERY)
                continue
            message = await self._layer.receive(self._channel)
            try:
                self._hear(message)
            except Exception:
                logger.exception("A ring was not understood")

    def _hear(self, message: dict[str, Any]) -> None:
        if "room" not in message:
            self._hear_market(message)
        elif room := self._by_session().get(message["room"]):
            self._hear_room(room, message)

    def _hear_room(self, room: Room, message: dict[str, Any]) -> None:
        if "items" in message:
            room.take(message["first"], message["items"])
        if message.get("head", 0) > room.head:
            self.loop.create_task(room.look_up(message["head"]))
        if sales := message.get("sold"):
            room.note_sales(sales)
        for name, key, value in message.get("notes", []):
            room.note_calmly(name, key, value)
        for user_id, kind, words in message.get("whispers", []):
            room.tell({user_id}, wire.frame(kind, **words))
        if matters := message.get("crew"):
            self.loop.create_task(self._call_crew(room, matters))
        if changed := message.get("parts"):
            self.loop.create_task(self._renew_crew(room, changed))

    async def _call_crew(self, room: Room, matters: list[str]) -> None:
        crew = await in_thread(reads.crew_in_chat, room.session_id)
        room.tell(crew, wire.frame("crew", matters=sorted(set(matters))))

    async def _renew_crew(self, room: Room, changed: list[int]) -> None:
        """Those whose part changed hear of it, so that their page shows what they may do now."""
        crews = await in_thread(reads.crews, [room.session_id])
        room.crew_is(crews.get(room.session_id, frozenset()))
        room.tell(changed, wire.frame("part"))

    def _hear_market(self, message: dict[str, Any]) -> None:
        if variants := message.get("variants"):
            self._dirty.update(variants)
            if self._goods_work is None or self._goods_work.done():
                self._goods_work = self.loop.create_task(self._tell_goods())
        if banned := message.get("banned"):
            self._sign_out(lambda viewer: viewer.person.user_id in banned)
        if crowded := message.get("crowded"):
            self._hang_up(lambda viewer: viewer.name in crowded, Close.OPENED_ELSEWHERE)
        if signed_out := message.get("signed_out"):
            self._sign_out(lambda viewer: viewer.person.browser in signed_out)

    async def _tell_goods(self) -> None:
        """However often stock moves, one query in a quarter of a second."""
        while self._dirty:
            variants, self._dirty = self._dirty, set()
            rooms = self._by_session()
            news = await in_thread(reads.variants_shown, list(rooms), variants)
            for session_id, goods in news.items():
                rooms[session_id].note_parts(goods)
            await asyncio.sleep(GOODS_PACE)

    # ---- steady work -------------------------------------------------------------------------------

    async def _beat(self) -> None:
        now = self.loop.time()
        for room in self.rooms.values():
            room.beat()
            for viewer in [viewer for viewer in room.viewers if viewer.is_stuck(now)]:
                viewer.hang_up(Close.TOO_SLOW)

    async def _count(self) -> None:
        rooms = [room for room in self.rooms.values() if room.viewers or not room.audience.is_idle]
        for room in rooms:
            room.audience.is_on_air = room.is_on_air
        await self._counters.exchange([room.audience for room in rooms])
        for room in rooms:
            room.note_audience()

    async def _look(self) -> None:
        """Whatever the doorbell lost, the database has."""
        await self._subscribe()
        await self._close_empty()
        rooms = self._by_session()
        if not rooms:
            return
        heads = await in_thread(reads.heads, list(rooms))
        for session_id, head in heads.items():
            if head > rooms[session_id].head:
                await rooms[session_id].look_up(head)

    async def _check_people(self) -> None:
        rooms = self._by_session()
        if rooms:
            for session_id, crew in (await in_thread(reads.crews, list(rooms))).items():
                rooms[session_id].crew_is(crew)
        if self._sockets:
            banned = await in_thread(reads.banned_among, list(self._sockets))
            self._sign_out(lambda viewer: viewer.person.user_id in banned)

    async def _check_sessions(self) -> None:
        """Log-outs that the doorbell lost, and sessions that ran out."""
        keys = {viewer.session_key for sockets in self._sockets.values() for viewer in sockets}
        if keys:
            alive = await in_thread(reads.sessions_alive, keys)
            self._sign_out(lambda viewer: viewer.session_key in keys - alive)

    async def _record(self) -> None:
        """Write likes and the greatest audience back to the sessions."""
        counts = [
            AudienceCount(room.session_id, room.audience.likes, room.audience.peak)
            for room in self.rooms.values()
            if self._recorded.get(room.session_id) != (room.audience.likes, room.audience.peak)
        ]
        if counts:
            await in_thread(record_audiences, counts)
            self._recorded.update({count.session_id: (count.likes, count.peak) for count in counts})

    async def _sample(self) -> None:
        """Write down who came and went; what cannot be written now is written later."""
        await self._write_visits()
        samples = {room: room.audience.take_samples() for room in self.rooms.values()}
        counted = [sample for taken in samples.values() for sample in taken]
        if not counted:
            return
        try:
            await in_thread(add_samples, counted)
        except Exception:
            for room, taken in samples.items():
                room.audience.put_back(taken)
            raise

    async def _write_visits(self) -> None:
        visitors = {room: room.audience.take_visitors() for room in self.rooms.values()}
        came = [visitor for taken in visitors.values() for visitor in taken]
        if not came:
            return
        try:
            await in_thread(add_visits, came)
        except Exception as problem:
            logger.warning("Visits are written later: %r", problem)
            for room, taken in visitors.items():
                room.audience.put_back_visitors(taken)

    async def _close_too_many(self) -> None:
        """Of a person's sockets in all processes; each closes its own."""
        if names := await self._doors.too_many():
            self._hang_up(lambda viewer: viewer.name in names, Close.OPENED_ELSEWHERE)
            doorbell.ring(doorbell.MARKET, crowded=names)

    async def _tidy(self) -> None:
        """A full collection when it is not felt; in a busy moment only of what is young."""
        now = self.loop.time()
        is_quiet = all(room.is_quiet(now - QUIET_FOR) for room in self.rooms.values())
        gc.collect(2 if is_quiet or self.sockets <= FEW_SOCKETS else 1)

    def _sign_out(self, concerns: Callable[[Viewer], bool]) -> None:
        self._hang_up(concerns, Close.SIGNED_OUT)

    def _hang_up(self, concerns: Callable[[Viewer], bool], code: Close) -> None:
        for viewer in [viewer for sockets in self._sockets.values() for viewer in sockets]:
            if concerns(viewer):
                viewer.hang_up(code)


async def _repeat(seconds: float, work: Callable[[], Awaitable[None]]) -> None:
    """Steady work; one failure is told and changes nothing."""
    while True:
        await asyncio.sleep(seconds)
        try:
            await work()
        except Exception as problem:
            logger.warning("%s failed: %r", work.__name__, problem)


_hub: Hub | None = None


def hub_here() -> Hub:
    """The hub of the running loop."""
    global _hub
    if _hub is None or _hub.loop is not asyncio.get_running_loop():
        _hub = Hub()
    return _hub
