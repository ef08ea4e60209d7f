"""Gathers fragments into segments, keeps the newest at hand and has all of them written down.

Everything here runs on the event loop; the disk has one thread of its own. A disk that is full or
slow stops the recording, never the show; when there is room again the recording goes on.
"""

import asyncio
import shutil
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path

import structlog

from livestream.media.archive import Segment, next_take, read_segments, write_segment, write_whole
from livestream.media.packager import Fragment, Init

log = structlog.get_logger(__name__)

MIN_FREE_BYTES = 2 * 1024**3
SLACK_BYTES = 64 * 1024**2  # so that it does not begin and stop all the time
_FIRST_PAUSE_S, _LONGEST_PAUSE_S = 3.0, 60.0
_SEGMENT_US = 950_000
_AT_HAND = 12
_MAX_UNWRITTEN = 30


class Shelf:
    """The segments of one show."""

    def __init__(self, folder: Path, writer: ThreadPoolExecutor) -> None:
        self._folder = folder
        self._writer = writer
        self.segments = read_segments(folder)
        self._take = next_take(folder)
        self._inits: list[bytes] = []
        self._at_hand: deque[tuple[str, bytes]] = deque(maxlen=_AT_HAND)
        self._open: list[Fragment] = []
        self._is_break = bool(self.segments)
        self._unwritten = 0
        self.is_recording = True
        self._has_hole = False  # what is written next does not follow what was written last
        self._pause_s = _FIRST_PAUSE_S
        self._stopped_at = 0.0
        self.on_recording_stopped: Callable[[], None] = lambda: None
        self.on_recording_resumed: Callable[[], None] = lambda: None

    @property
    def end_us(self) -> int:
        return self.segments[-1].end_ms * 1000 if self.segments else 0

    def begin(self, init: Init) -> None:
        """What follows is coded as `init` says."""
        self.close_segment()
        self._is_break = bool(self.segments)
        self._inits.append(init.payload)
        self._look_at_disk()
        self._write_init()

    def add(self, fragment: Fragment) -> None:
        if fragment.starts_with_key and self._open_us() >= _SEGMENT_US:
            self.close_segment()
        if self._open or fragment.starts_with_key:
            self._open.append(fragment)

    def close_segment(self) -> None:
        if not self._open:
            return
        payload = b"".join(fragment.payload for fragment in self._open)
        segment = self._segment(len(payload))
        self._open, self._is_break = [], False
        self.segments.append(segment)
        self._at_hand.append((segment.name, payload))
        self._look_at_disk()
        if self.is_recording and self._has_hole:
            self._has_hole = False
            segment = replace(segment, is_break=True)
        self._write(partial(write_segment, self._folder, segment, payload))

    def find(self, name: str) -> bytes | None:
        """The file when it is still at hand, so that a full disk does not stop the players."""
        take, _, file = name.partition("/")
        if take == str(self._take) and file.startswith("init"):
            number = file.removeprefix("init").removesuffix(".mp4")
            return self._inits[int(number)] if int(number) < len(self._inits) else None
        return next((payload for known, payload in self._at_hand if known == name), None)

    def _segment(self, size: int) -> Segment:
        start_us, end_us = self._open[0].start_us, self._open[-1].end_us
        return Segment(
            number=self.segments[-1].number + 1 if self.segments else 0,
            take=self._take,
            init=len(self._inits) - 1,
            start_ms=start_us // 1000,
            duration_ms=(end_us - start_us) // 1000,
            is_break=self._is_break,
            wall_ms=int(time.time() * 1000) - (end_us - start_us) // 1000,
            size=size,
        )

    def _open_us(self) -> int:
        return self._open[-1].end_us - self._open[0].start_us if self._open else 0

    def _write_init(self) -> None:
        name = f"{self._take}/init{len(self._inits) - 1}.mp4"
        self._write(partial(write_whole, self._folder / name, self._inits[-1]))

    def _look_at_disk(self) -> None:
        place = next(path for path in (self._folder, *self._folder.parents) if path.exists())
        free = shutil.disk_usage(place).free
        if self.is_recording and free < MIN_FREE_BYTES:
            self._stop_recording("the disk is nearly full")
        elif not self.is_recording and free >= MIN_FREE_BYTES + SLACK_BYTES:
            self._try_again()

    def _try_again(self) -> None:
        """Each time that it does not last, wait longer: a quota shows no lack of room."""
        if self._unwritten or time.monotonic() - self._stopped_at < self._pause_s:
            return
        self.is_recording = True
        self._pause_s = min(2 * self._pause_s, _LONGEST_PAUSE_S)
        log.info("live_recording_resumed", folder=self._folder.name)
        if self._inits:
            self._write_init()
        self.on_recording_resumed()

    def _write(self, job: Callable[[], None]) -> None:
        if not self.is_recording:
            return
        if self._unwritten >= _MAX_UNWRITTEN:
            self._stop_recording("the disk is too slow")
            return
        self._unwritten += 1
        future = asyncio.get_running_loop().run_in_executor(self._writer, job)
        future.add_done_callback(self._written)

    def _written(self, future: asyncio.Future[None]) -> None:
        self._unwritten -= 1
        if not future.cancelled() and (error := future.exception()):
            self._stop_recording(str(error))

    def _stop_recording(self, reason: str) -> None:
        if self.is_recording:
            self.is_recording = False
            self._has_hole = True
            self._stopped_at = time.monotonic()
            log.error("live_recording_stopped", folder=self._folder.name, reason=reason)
            self.on_recording_stopped()
