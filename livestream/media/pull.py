"""Fetches a show from the engine that OBS sends it to, and feeds it in like a browser's.

From here on there is no difference: the near road, the recording, chapters and clips are the same.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import structlog

from livestream.media.bad_input import BadInput
from livestream.media.broadcast import Broadcast
from livestream.media.connection import Connection
from livestream.media.feed import Overloaded
from livestream.media.roads import NoRoad, connect, rtmp_address
from livestream.media.rtmp.amf import Malformed
from livestream.media.rtmp.chunks import Message
from livestream.media.rtmp.client import Path, RtmpClient, Unwelcome
from livestream.media.rtmp.flv import TagReader
from livestream.media.station import ShowIsOver, Station
from livestream.media.wire import Close, Config

log = structlog.get_logger(__name__)

_WELCOME_WITHIN_S = 10.0
SILENCE_S = 8.0
_PAUSES_S = (0.5, 1, 2, 4, 8)
_BYTES_PER_S = 6_000_000 / 8
_BURST_BYTES = 8 * 1024 * 1024
# After these the stream is not wanted any more, however long OBS goes on.
_FINAL = frozenset({Close.TAKEN_OVER, Close.ENDED, Close.BAD_INPUT, Close.TOO_MUCH, Close.FULL})


@dataclass(frozen=True)
class Spring:
    """Where a stream can be fetched, and the key to ask for at each try."""

    url: str
    key: Callable[[], str]


class Pull:
    """One stream of one show, tried again until it is over."""

    def __init__(self, code: str, station: Station, spring: Spring) -> None:
        self._code = code
        self._station = station
        self._spring = spring
        self._bytes = 0
        self._started_at = time.monotonic()

    async def run(self, tell: Callable[[Close, str], Awaitable[None]]) -> None:
        """Until the stream is not wanted any more; tells why, each time it stops."""
        tries = 0
        while True:
            began_at = time.monotonic()
            code, reason = await self._once()
            await tell(code, reason)
            if code in _FINAL:
                return
            tries = 0 if time.monotonic() - began_at > 20 else tries + 1
            pause_s = _PAUSES_S[min(tries, len(_PAUSES_S) - 1)]
            await asyncio.sleep(pause_s * random.uniform(0.8, 1.2))  # noqa: S311

    async def _once(self) -> tuple[Close, str]:
        try:
            client = RtmpClient(*await connect(self._spring.url, may_be_private=True))
        except NoRoad:
            return Close.SILENT, ""
        try:
            async with asyncio.timeout(_WELCOME_WITHIN_S):
                await client.play(await self._path())
            return await self._carry(client)
        except (Unwelcome, Malformed, OSError, TimeoutError, asyncio.IncompleteReadError):
            return Close.SILENT, ""
        finally:
            await client.close()

    async def _path(self) -> Path:
        parts = rtmp_address(self._spring.url)
        application = parts.path.strip("/")
        key = await asyncio.to_thread(self._spring.key)
        return Path(application, key, f"{parts.scheme}://{parts.netloc}/{application}")

    async def _carry(self, client: RtmpClient) -> tuple[Close, str]:
        """The connection begins with the first config: whoever only waits displaces nobody."""
        feeder = _Feeder(self._code, self._station)
        try:
            messages = client.messages()
            while True:
                async with asyncio.timeout(SILENCE_S):
                    message = await anext(messages)
                self._limit(message)
                await feeder.take(message)
                if feeder.verdict is not None:
                    return feeder.verdict, feeder.failure
        except TimeoutError:
            feeder.fell_silent()
            return Close.SILENT, ""
        except (StopAsyncIteration, OSError, asyncio.IncompleteReadError):
            return Close.SILENT, ""
        except BadInput as refusal:
            return Close.BAD_INPUT, str(refusal)
        except _TooMuch:
            return Close.TOO_MUCH, ""
        except Overloaded:
            return Close.OVERLOAD, ""
        finally:
            feeder.leave()

    def _limit(self, message: Message) -> None:
        self._bytes += len(message.payload)
        if self._bytes > _BURST_BYTES + (time.monotonic() - self._started_at) * _BYTES_PER_S:
            raise _TooMuch


class _TooMuch(Exception):
    pass


class _Feeder:
    """A publisher without a socket."""

    def __init__(self, code: str, station: Station) -> None:
        self._code = code
        self._station = station
        self._reader = TagReader()
        self._broadcast: Broadcast | None = None
        self._connection: Connection | None = None
        self._refusal: Close | None = None

    @property
    def verdict(self) -> Close | None:
        if self._refusal is not None:
            return self._refusal
        connection = self._connection
        return connection.verdict.result() if connection and connection.verdict.done() else None

    @property
    def failure(self) -> str:
        return self._connection.failure if self._connection else ""

    async def take(self, message: Message) -> None:
        for word in self._reader.read(message):
            if self._connection is None and isinstance(word, Config):
                await self._begin()
            if self._connection is not None:
                self._connection.put(word)

    def fell_silent(self) -> None:
        if self._connection is not None:
            self._connection.was_silent = True

    def leave(self) -> None:
        if self._broadcast is not None and self._connection is not None:
            self._broadcast.disconnect(self._connection)

    async def _begin(self) -> None:
        try:
            broadcast = await self._station.find(self._code)
        except ShowIsOver:
            broadcast = None
        if broadcast is None:
            self._refusal = Close.ENDED
        elif not self._station.has_room_for(broadcast):
            self._refusal = Close.FULL
        else:
            self._broadcast, self._connection = broadcast, broadcast.connect("frames")
            log.info("live_pull_connected", session=self._code)
