"""The streams that an engine carries for us: each is fetched for as long as it is wanted."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Protocol

import structlog

from livestream.media.engines import SELLERS, Place
from livestream.media.pull import Pull, Spring
from livestream.media.station import Station
from livestream.media.wire import Close

log = structlog.get_logger(__name__)

_ASK_EVERY_S = 1.5
_TROUBLES = {
    Close.TOO_MUCH: "too much",
    Close.FULL: "full",
    Close.TAKEN_OVER: "taken over",
}


class StreamHooks(Protocol):
    """What is asked and told elsewhere; everything may be said twice."""

    async def authorise_stream(self, code: str, key: str) -> bool: ...

    async def authorise_gateway(self, code: str, token: str) -> bool: ...

    async def begin_stream(self, code: str, stream_id: str) -> bool: ...

    async def end_stream(self, code: str, stream_id: str) -> None: ...

    async def is_stream_wanted(self, code: str, stream_id: str) -> bool: ...

    async def open_streams(self) -> list[tuple[str, str]]: ...

    async def note_trouble(self, code: str, stream_id: str, trouble: str) -> None: ...

    async def note_recording(self, code: str, path: str) -> None: ...


Kick = Callable[[Place, str], Awaitable[None]]


class Streams:
    """Believes what the engine tells, and looks after one pull for each session."""

    def __init__(
        self, station: Station, hooks: StreamHooks, *, spring: Callable[[str], Spring], kick: Kick
    ) -> None:
        self._station = station
        self._hooks = hooks
        self._spring = spring
        self._kick = kick
        self._running: dict[str, tuple[str, asyncio.Task[None]]] = {}

    async def resume(self) -> None:
        """After a start: the engine goes on sending what it sent before."""
        await self._station.is_ready.wait()
        for code, stream_id in await self._hooks.open_streams():
            self._fetch(code, stream_id)

    async def may_publish(self, place: Place, token: str) -> bool:
        if place.application == SELLERS:
            return await self._hooks.authorise_stream(place.code, token)
        return await self._hooks.authorise_gateway(place.code, token)

    async def may_read(self, place: Place, token: str) -> bool:
        return await self._hooks.authorise_gateway(place.code, token)

    async def begin(self, code: str, stream_id: str) -> bool:
        if not await self._hooks.begin_stream(code, stream_id):
            return False
        self._fetch(code, stream_id)
        return True

    async def end(self, code: str, stream_id: str) -> None:
        await self._hooks.end_stream(code, stream_id)
        known, task = self._running.get(code, ("", None))
        if task is not None and known == stream_id:
            task.cancel()

    async def note_recording(self, code: str, path: str) -> None:
        await self._hooks.note_recording(code, path)

    async def close(self) -> None:
        tasks = [task for _, task in self._running.values()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _fetch(self, code: str, stream_id: str) -> None:
        known, task = self._running.get(code, ("", None))
        if task is not None and not task.done():
            if known == stream_id:
                return
            task.cancel()
        self._running[code] = (stream_id, asyncio.create_task(self._keep(code, stream_id)))

    async def _keep(self, code: str, stream_id: str) -> None:
        try:
            async with asyncio.TaskGroup() as tasks:
                pulling = tasks.create_task(self._pull(code, stream_id))
                tasks.create_task(self._watch(code, stream_id, pulling))
        except* Exception:
            log.exception("live_stream_failed", session=code)
        finally:
            if self._running.get(code, ("",))[0] == stream_id:
                del self._running[code]

    async def _pull(self, code: str, stream_id: str) -> None:
        pull = Pull(code, self._station, self._spring(code))
        await pull.run(lambda close, reason: self._note(code, stream_id, close, reason))

    async def _watch(self, code: str, stream_id: str, pulling: asyncio.Task[None]) -> None:
        """A session that ended or a key that was taken back ends the stream at the engine as well."""
        while await self._is_wanted(code, stream_id):
            await asyncio.sleep(_ASK_EVERY_S)
        pulling.cancel()
        await self._hooks.end_stream(code, stream_id)
        await self._kick(Place(SELLERS, code), stream_id)

    async def _is_wanted(self, code: str, stream_id: str) -> bool:
        """A market that does not answer has not said no."""
        try:
            return await self._hooks.is_stream_wanted(code, stream_id)
        except Exception:
            log.exception("live_stream_question_failed", session=code)
            return True

    async def _note(self, code: str, stream_id: str, close: Close, reason: str) -> None:
        log.info("live_pull_gone", session=code, why=close.name, reason=reason)
        if trouble := reason or _TROUBLES.get(close, ""):
            try:
                await self._hooks.note_trouble(code, stream_id, trouble)
            except Exception:  # a word that is not written down must not end the show
                log.exception("live_trouble_not_noted", session=code)
