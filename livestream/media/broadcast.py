"""One show in this process: its publisher, its viewers, its segments and its state."""

import asyncio
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from uuid import UUID

from livestream.media.audience import Audience, Viewer
from livestream.media.connection import Connection
from livestream.media.errands import Errands
from livestream.media.feed import Failed, Finished, Outcome
from livestream.media.hooks import Hooks, Phase, Progress, Showing
from livestream.media.lateness import Lateness
from livestream.media.lean import LeanAudience
from livestream.media.outlets import Standing, Trouble
from livestream.media.packager import Fragment, Init
from livestream.media.poster import save_poster
from livestream.media.push import Pushes
from livestream.media.shelf import Shelf
from livestream.media.wire import Close, Config, Form, text_frame

_POSTER_EVERY_S = 10.0
_FLUSH_WITHIN_S = 1.0
_TICKS_PER_QUESTION = 3
_BACK_BEFORE_TOLD_S = 2.0


class Broadcast:
    """Lives on the event loop; only feeds and the disk run elsewhere."""

    def __init__(
        self,
        code: str,
        showing: Showing,
        *,
        folder: Path,
        hooks: Hooks,
        writer: ThreadPoolExecutor,
        grace_s: float,
    ) -> None:
        self.code = code
        self.phase = showing.phase
        self.audience = Audience()
        self.lean = LeanAudience(self.audience)
        self.shelf = Shelf(folder, writer)
        self.shelf.on_recording_stopped = partial(self._notify, "recording_stopped")
        self.shelf.on_recording_resumed = partial(self._notify, "recording_resumed")
        self._folder = folder
        self._hooks = hooks
        self._grace_s = grace_s
        self._ticks = 0
        self._errands = Errands()
        self._pushes = Pushes(self.audience, self._note_outlet)
        self._publisher: Connection | None = None
        self._on_air_id: UUID | None = None
        self._end_us = self.shelf.end_us
        self._interrupted_at = time.monotonic() - _seconds_since(showing.interrupted_at)
        self._config: Config | None = None
        self._poster_at = 0.0
        self._bytes_since = 0
        self._progress_at = time.monotonic()
        self._knows_outlets = False
        self._lateness = Lateness()
        self._lost_id: UUID | None = None  # carried the show a moment ago; nobody knows yet that it is gone

    @property
    def is_published(self) -> bool:
        return self._publisher is not None

    @property
    def is_idle(self) -> bool:
        """Nobody would miss it. An interrupted show is kept for those who follow over HLS."""
        is_interrupted = self.phase in (Phase.RECONNECTING, Phase.PAUSED) or self._lost_id is not None
        return self._publisher is None and not self._has_viewers and not is_interrupted

    @property
    def _has_viewers(self) -> bool:
        return bool(len(self.audience) or len(self.lean))

    @property
    def media_ms(self) -> int:
        return self._end_us // 1000

    @property
    def age_ms(self) -> int:
        """How long ago the newest picture was taken, as far as can be told from here."""
        return round(self._lateness.age_s(time.monotonic()) * 1000)

    # --- viewers

    def watch(self) -> Viewer:
        return self.audience.join(self._state_text())

    def listen(self) -> Viewer:
        """For those who count their bytes."""
        return self.lean.join(self._state_text())

    def leave(self, viewer: Viewer) -> None:
        self.audience.leave(viewer)
        self.lean.leave(viewer)

    # --- the publisher

    def connect(self, form: Form) -> Connection:
        """The newest publisher wins; an older one is sent away and not listened to any more."""
        if self._publisher is not None:
            self._publisher.hang_up(Close.TAKEN_OVER)
        connection = Connection(form, self._hear)
        connection.begin(start_us=self._end_us)
        self._publisher = connection
        if not self.shelf.is_recording:
            self._notify("recording_stopped")
        return connection

    def disconnect(self, connection: Connection) -> None:
        """Let the last pictures out, then take note that nobody publishes."""
        connection.finish()
        loop = asyncio.get_running_loop()
        loop.call_later(_FLUSH_WITHIN_S, self._settle, connection)

    def _hear(self, connection: Connection, outcome: Outcome) -> None:
        if connection is not self._publisher:
            return
        match outcome:
            case Init():
                self._begin(outcome)
            case Fragment():
                self._show(connection, outcome)
            case Failed():
                self._lose_packager(connection, outcome)
            case Finished():
                self._settle(connection)

    def _lose_packager(self, connection: Connection, failed: Failed) -> None:
        """A fault of ours is mended in place; bad input is the publisher's to mend."""
        connection.failure = failed.reason
        if not failed.is_ours:
            connection.hang_up(Close.BAD_INPUT)
        elif not connection.renew(start_us=self._end_us):
            connection.hang_up(Close.STUCK)

    def _begin(self, init: Init) -> None:
        self._config = init.config
        self.shelf.begin(init)
        self.audience.begin(init)

    def _show(self, connection: Connection, fragment: Fragment) -> None:
        self._end_us = max(self._end_us, fragment.end_us)
        self._bytes_since += len(fragment.payload)
        self._lateness.observe(now=time.monotonic(), end_s=fragment.end_us / 1_000_000)
        self.audience.show(fragment)
        self.shelf.add(fragment)
        if self._on_air_id != connection.id:
            self._go_on_air(connection)
        if fragment.key_picture and time.monotonic() - self._poster_at >= _POSTER_EVERY_S:
            self._take_poster(fragment.key_picture)

    def _go_on_air(self, connection: Connection) -> None:
        self._on_air_id = connection.id
        self._lost_id = None
        self._knows_outlets = False
        self._lateness.begin()
        self._change_phase(Phase.LIVE)
        self._errands.add(partial(self._announce, connection))

    async def _announce(self, connection: Connection) -> None:
        connection.is_announced = await self._hooks.on_publish(self.code, connection.id)
        if not connection.is_announced:
            connection.hang_up(Close.ENDED)

    def _settle(self, connection: Connection) -> None:
        if self._publisher is not connection:
            return
        self._publisher = None
        self.shelf.close_segment()
        on_air_id, self._on_air_id = self._on_air_id, None
        if on_air_id is None or self.phase is not Phase.LIVE:
            return
        if connection.said_bye:
            self._errands.add(partial(self._part, on_air_id))
            return
        self._lost_id = on_air_id
        if connection.was_silent:
            self._interrupt(on_air_id)
        else:
            asyncio.get_running_loop().call_later(_BACK_BEFORE_TOLD_S, self._interrupt, on_air_id)

    def _interrupt(self, lost_id: UUID) -> None:
        """Nobody has come back in time: what was a hiccup is an interruption, and everybody is told."""
        if self._lost_id != lost_id or self.phase is not Phase.LIVE:
            return
        self._lost_id = None
        self._wait_for_the_next()
        self._errands.add(partial(self._hooks.on_unpublish, self.code, lost_id))

    async def _part(self, on_air_id: UUID) -> None:
        """After a goodbye: the host's ends the show, a helper's only hands the picture back."""
        if await self._hooks.end_session(self.code, on_air_id):
            self.end()
        elif self._publisher is None:
            self._wait_for_the_next()

    def _wait_for_the_next(self) -> None:
        self._interrupted_at = time.monotonic()
        self._change_phase(Phase.RECONNECTING)

    # --- what happens by itself

    async def tick(self) -> None:
        """Called every second: tell how far we are, learn what was decided elsewhere."""
        self._ticks += 1
        publisher = self._publisher
        if publisher is not None and publisher.is_stuck:
            self._lose_packager(publisher, Failed("the packager hangs", is_ours=True))
        if publisher is not None and self._on_air_id == publisher.id:
            await self._tell_progress(publisher)
            await self._look_after_outlets()
        elif self._ticks % _TICKS_PER_QUESTION == 0:
            await self._ask_whether_ended()
        gone_s = time.monotonic() - self._interrupted_at
        if self.phase is Phase.RECONNECTING and gone_s > self._grace_s:
            self._change_phase(Phase.PAUSED)
            self._pushes.keep([])

    async def _look_after_outlets(self) -> None:
        """At once when the show begins, and whenever the seller may have changed them."""
        if self._knows_outlets and self._ticks % _TICKS_PER_QUESTION:
            return
        outlets = await self._hooks.outlets(self.code)
        if self.phase is Phase.LIVE:
            self._knows_outlets = True
            self._pushes.keep(outlets)

    def _note_outlet(self, name: str, standing: Standing, trouble: Trouble) -> None:
        self._errands.add(partial(self._hooks.on_outlet, self.code, name, standing, trouble))

    async def _tell_progress(self, publisher: Connection) -> None:
        is_wanted = await self._hooks.on_progress(self.code, publisher.id, self._progress())
        if is_wanted:
            return
        await self._ask_whether_ended()
        if publisher.is_announced:
            publisher.hang_up(Close.TOKEN_REFUSED)

    def _progress(self) -> Progress:
        now = time.monotonic()
        kbps = int(self._bytes_since * 8 / 1000 / max(0.2, now - self._progress_at))
        self._bytes_since, self._progress_at = 0, now
        return Progress(self.media_ms, kbps, self.age_ms)

    async def _ask_whether_ended(self) -> None:
        showing = await self._hooks.showing(self.code)
        if showing is None or showing.phase is Phase.ENDED:
            self.end()

    def end(self) -> None:
        """The show is over: the publisher leaves, viewers are told, the replay is complete."""
        if self.phase is Phase.ENDED:
            return
        if self._publisher is not None:
            self._publisher.hang_up(Close.ENDED)
            self._publisher = None
        self.shelf.close_segment()
        self._change_phase(Phase.ENDED)
        self.audience.dismiss()
        self._pushes.keep([])
        recorded_ms = self.shelf.segments[-1].end_ms if self.shelf.segments else 0
        self._errands.add(partial(self._hooks.on_recorded, self.code, recorded_ms))

    async def close(self) -> None:
        """The process is going down; the show goes on when it is back."""
        if self._publisher is not None:
            self._publisher.hang_up(Close.OVERLOAD)
            self._settle(self._publisher)
        if self._lost_id is not None:
            self._interrupt(self._lost_id)
        self.audience.dismiss()
        await self._pushes.close()
        await self._errands.finish()

    def _take_poster(self, key_picture: bytes) -> None:
        assert self._config is not None
        self._poster_at = time.monotonic()
        self._errands.add(partial(self._save_poster, self._config, key_picture))

    async def _save_poster(self, config: Config, key_picture: bytes) -> None:
        if await asyncio.to_thread(save_poster, self._folder, config.video, key_picture):
            await self._hooks.on_poster(self.code)

    def _change_phase(self, phase: Phase) -> None:
        self.phase = phase
        self.audience.tell(self._state_text())

    def _state_text(self) -> str:
        return text_frame("state", state=self.phase, ms=self.media_ms)

    def _notify(self, notice: str) -> None:
        if self._publisher is not None:
            self._publisher.notices.put_nowait(text_frame("notice", notice=notice))


def _seconds_since(moment: datetime | None) -> float:
    return (datetime.now(UTC) - moment).total_seconds() if moment else 0.0
