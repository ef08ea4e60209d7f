"""Measures what a seller's uplink carries, before the show: a few seconds of bytes that mean nothing."""

from __future__ import annotations

import asyncio
import contextlib
import time

from livestream.media.bad_input import BadInput
from livestream.media.socket import Gone, Socket
from livestream.media.station import Station
from livestream.media.wire import Close, read_hello, read_text, text_frame

MEASURE_S = 3.0
_HELLO_WITHIN_S = 5.0
_LONGEST_S = 8.0
_MOST_BYTES = 2 * 1024 * 1024
_LARGEST_BYTES = 32 * 1024
_AT_ONCE = 4  # more would measure each other


class Probes:
    """How many measure themselves right now."""

    def __init__(self) -> None:
        self._running = 0

    async def serve(self, socket: Socket, station: Station, code: str) -> None:
        if self._running >= _AT_ONCE:
            await socket.close(Close.FULL)
            return
        self._running += 1
        try:
            async with asyncio.timeout(_LONGEST_S):
                await _measure(socket, station, code)
        except (BadInput, Gone, TimeoutError):
            await socket.close(Close.BAD_INPUT)
        finally:
            self._running -= 1


async def _measure(socket: Socket, station: Station, code: str) -> None:
    async with asyncio.timeout(_HELLO_WITHIN_S):
        hello = read_hello(read_text(str(await socket.receive())))
    if not await station.hooks.authorise(code, hello.token):
        await socket.close(Close.TOKEN_REFUSED)
        return
    await socket.send(text_frame("ready"))
    kbps = await _count(socket)
    await socket.send(text_frame("measured", kbps=kbps))
    await socket.close(Close.DONE)


async def _count(socket: Socket) -> int:
    """The pace between the first piece and the last within the time; each piece is acknowledged."""
    began_at: float | None = None
    total = 0
    while total < _MOST_BYTES:
        left_s = MEASURE_S if began_at is None else began_at + MEASURE_S - time.monotonic()
        with contextlib.suppress(TimeoutError):
            piece = await asyncio.wait_for(socket.receive(), max(0.01, left_s))
            if len(piece) > _LARGEST_BYTES:
                raise BadInput("a piece too large to measure with")
            if began_at is None:
                began_at = time.monotonic()  # how long the first was on its way is not known
            else:
                total += len(piece)
            await socket.send(text_frame("ack"))
        if began_at is None or time.monotonic() - began_at >= MEASURE_S:
            break
    seconds = max(0.1, time.monotonic() - (began_at or 0.0))
    return int(total * 8 / 1000 / seconds)
