"""Passes a show on to outlets: one child process for each, started again whenever it is gone.

Nothing here can hurt the show. A child that hangs, dies or does not keep up misses pictures, like a
viewer on a slow line.
"""

from __future__ import annotations

import asyncio
import contextlib
import random
import struct
import sys
import time
from asyncio.subprocess import PIPE, Process
from collections.abc import Callable, Iterable
from pathlib import Path

import orjson
import structlog

from livestream.media.audience import Audience, Viewer
from livestream.media.outlets import Outlet, Standing, Trouble
from livestream.media.wire import read_viewer_message

log = structlog.get_logger(__name__)

_PROJECT = Path(__file__).resolve().parents[2]
_CHILD = (sys.executable, "-m", "livestream.media.push_child")
_PAUSES_S = (0.5, 1, 2, 4, 8, 15)
_GOOD_AFTER_S = 20.0
_CONNECT_WITHIN_S = 25.0
_SILENCE_S = 8.0
_FLOWS_S = 2.0
_GOODBYE_WITHIN_S = 2.0

Told = Callable[[str, Standing, Trouble], None]


class Pushes:
    """The outlets of one show. Told what they should be, it makes them so."""

    def __init__(self, audience: Audience, on_change: Told) -> None:
        self._audience = audience
        self._on_change = on_change
        self._running: dict[Outlet, asyncio.Task[None]] = {}
        self._leaving: set[asyncio.Task[None]] = set()

    def keep(self, outlets: Iterable[Outlet]) -> None:
        wanted = list(outlets)
        for outlet in [known for known in self._running if known not in wanted]:
            self._dismiss(self._running.pop(outlet))
        for outlet in wanted:
            if outlet not in self._running:
                push = _Push(outlet, self._audience, self._on_change)
                self._running[outlet] = asyncio.create_task(push.run())

    async def close(self) -> None:
        self.keep([])
        await asyncio.gather(*self._leaving, return_exceptions=True)

    def _dismiss(self, task: asyncio.Task[None]) -> None:
        task.cancel()
        self._leaving.add(task)
        task.add_done_callback(self._leaving.discard)


class _Push:
    """One outlet, tried again and again until it is cancelled."""

    def __init__(self, outlet: Outlet, audience: Audience, on_change: Told) -> None:
        self._outlet = outlet
        self._audience = audience
        self._on_change = on_change
        self._standing = Standing.CONNECTING
        self._trouble = Trouble.NONE
        self._fed_at = 0.0

    async def run(self) -> None:
        self._on_change(self._outlet.name, self._standing, Trouble.NONE)
        try:
            await self._try_on()
        finally:
            self._on_change(self._outlet.name, Standing.WAITING, Trouble.NONE)

    async def _try_on(self) -> None:
        tries = 0
        while True:
            began_at = time.monotonic()
            is_recoded = await self._once()
            if is_recoded:
                continue
            tries = 0 if time.monotonic() - began_at > _GOOD_AFTER_S else tries + 1
            pause_s = _PAUSES_S[min(tries, len(_PAUSES_S)) - 1 if tries else 0]
            await asyncio.sleep(pause_s * random.uniform(0.8, 1.2))  # noqa: S311

    async def _once(self) -> bool:
        """One child from its start to its end; whether it only wants to begin anew."""
        tap = self._audience.tap()
        process = None
        try:
            key = await asyncio.to_thread(self._outlet.key)
            process = await asyncio.create_subprocess_exec(
                *_CHILD, stdin=PIPE, stdout=PIPE, cwd=_PROJECT, limit=2**16
            )
            return await self._serve(process, tap, key)
        except Exception:
            log.exception("live_push_failed", outlet=self._outlet.name)
            self._change(Standing.LOST, Trouble.UNREACHABLE)
            return False
        finally:
            self._audience.leave(tap)
            if process is not None:
                await _see_off(process)

    async def _serve(self, process: Process, tap: Viewer, key: str) -> bool:
        feeding = asyncio.create_task(self._feed(process, tap, key))
        try:
            return await self._listen(process, tap)
        finally:
            feeding.cancel()
            await asyncio.gather(feeding, return_exceptions=True)

    async def _feed(self, process: Process, tap: Viewer, key: str) -> None:
        assert process.stdin is not None
        order = {
            "url": self._outlet.url,
            "key": key,
            "may_be_private": self._outlet.may_be_private,
        }
        process.stdin.write(orjson.dumps(order) + b"\n")
        while (message := await tap.next_message()) is not None:
            if isinstance(message, bytes):
                self._fed_at = time.monotonic()
                kind, payload = read_viewer_message(message)
                process.stdin.write(struct.pack(">IB", len(payload), kind) + payload)
                await process.stdin.drain()

    async def _listen(self, process: Process, tap: Viewer) -> bool:
        """Whether the child ended because the show is coded differently from here on."""
        assert process.stdout is not None
        patience_s = _CONNECT_WITHIN_S
        while True:
            try:
                async with asyncio.timeout(patience_s):
                    line = await process.stdout.readline()
            except TimeoutError:
                if self._standing is Standing.CONNECTED and not self._is_flowing(tap):
                    continue
                self._change(Standing.LOST, Trouble.STALLED)
                return False
            told = orjson.loads(line) if line.endswith(b"\n") else {}
            if not told or told.get("recoded"):
                self._note_end(told)
                return bool(told)
            patience_s = _SILENCE_S
            if "standing" in told:
                self._change(Standing(told["standing"]), Trouble(told.get("trouble", "")))

    def _is_flowing(self, tap: Viewer) -> bool:
        """Whether the child ought to have something to tell; a show that waits for its seller has not."""
        return tap.is_behind or time.monotonic() - self._fed_at < _FLOWS_S

    def _note_end(self, told: dict[str, object]) -> None:
        """A child that said nothing of its end was killed, or its server hung up."""
        if not told and self._standing is not Standing.LOST:
            self._change(Standing.LOST, Trouble.UNREACHABLE)

    def _change(self, standing: Standing, trouble: Trouble) -> None:
        if (standing, trouble) == (self._standing, self._trouble):
            return
        self._standing, self._trouble = standing, trouble
        log.info("live_outlet", outlet=self._outlet.name, standing=standing.value, trouble=trouble.value)
        self._on_change(self._outlet.name, standing, trouble)


async def _see_off(process: Process) -> None:
    """Let the child say goodbye to its server, but not for long."""
    assert process.stdin is not None
    process.stdin.close()
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(_GOODBYE_WITHIN_S):
            await process.wait()
    if process.returncode is None:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()
