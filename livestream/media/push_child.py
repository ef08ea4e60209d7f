"""A process that passes one show on over RTMP: `python -m livestream.media.push_child`.

Reads one line that says where to, then frames of `length u32, kind u8, bytes` as viewers get them.
Answers with one JSON line whenever there is something to tell. It ends when its input ends, when the
other side is gone, or when the show is coded differently; whoever started it decides what then.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import struct
import sys
import time
from collections.abc import Coroutine
from dataclasses import dataclass
from typing import Any

from livestream.media.boxes import SOUND_SCALE, VIDEO_SCALE
from livestream.media.fragments import Head, read_fragments, read_init
from livestream.media.outlets import Standing, Trouble
from livestream.media.roads import NoRoad, connect, rtmp_address
from livestream.media.rtmp import flv
from livestream.media.rtmp.amf import Malformed
from livestream.media.rtmp.client import Path, RtmpClient, Unwelcome
from livestream.media.wire import ViewerMessage

_WELCOME_WITHIN_S = 10.0
_TELL_EVERY_S = 1.0
_LONGEST_FRAME = 64 * 1024 * 1024


@dataclass(frozen=True)
class Order:
    """Where to, as the first line of the input says."""

    url: str
    key: str
    may_be_private: bool

    @property
    def path(self) -> Path:
        """An address may carry a query, as some platforms write it; it belongs to the application."""
        parts = rtmp_address(self.url)
        application = parts.path.strip("/") + (f"?{parts.query}" if parts.query else "")
        return Path(application, self.key, f"{parts.scheme}://{parts.netloc}/{application}")


async def main() -> None:
    frames = await _standard_input()
    order = Order(**json.loads(await frames.readline()))
    try:
        client = await _welcomed(order)
    except NoRoad as refusal:
        _tell(standing=Standing.LOST, trouble=refusal.trouble)
        return
    _tell(standing=Standing.CONNECTED)
    try:
        await _first_of(_listen(client), _carry(client, frames))
    except (OSError, Malformed, asyncio.IncompleteReadError):
        _tell(standing=Standing.LOST, trouble=Trouble.UNREACHABLE)
    finally:
        await client.close()


async def _welcomed(order: Order) -> RtmpClient:
    client = RtmpClient(*await connect(order.url, may_be_private=order.may_be_private))
    try:
        async with asyncio.timeout(_WELCOME_WITHIN_S):
            await client.publish(order.path)
    except (Unwelcome, Malformed, OSError, TimeoutError, asyncio.IncompleteReadError) as error:
        await client.close()
        raise NoRoad(Trouble.REFUSED) from error
    return client


async def _listen(client: RtmpClient) -> None:
    """Servers ask whether we are still there, and say when they have had enough."""
    async for _ in client.messages():
        continue


async def _carry(client: RtmpClient, frames: asyncio.StreamReader) -> None:
    carrier = Carrier(client)
    with contextlib.suppress(asyncio.IncompleteReadError):  # our own input has ended: all is well
        while carrier.take(*await _next_frame(frames)):
            await client.drain()
        _tell(recoded=True)


class Carrier:
    """Repacks fragments as RTMP messages; the times begin with nought."""

    def __init__(self, client: RtmpClient) -> None:
        self._client = client
        self._head: Head | None = None
        self._start_ms: int | None = None
        self._pictures = 0
        self._told_at = 0.0

    def take(self, kind: int, payload: bytes) -> bool:
        """False when the show is coded differently from here on, which needs a new connection."""
        if kind == ViewerMessage.INIT:
            return self._begin(read_init(payload))
        if self._head is not None:
            self._pass_on(payload)
        return True

    def _begin(self, head: Head) -> bool:
        if self._head is None:
            self._client.describe(flv.description(head))
            self._client.send_picture(flv.picture_head(head), time_ms=0)
            self._client.send_sound(flv.sound_head(head), time_ms=0)
            self._head = head
        return head == self._head

    def _pass_on(self, payload: bytes) -> None:
        pictures, sounds = read_fragments(payload)
        rows = [(sample.time * 1000 // VIDEO_SCALE, True, sample) for sample in pictures]
        rows += [(sample.time * 1000 // SOUND_SCALE, False, sample) for sample in sounds]
        for time_ms, is_picture, sample in sorted(rows, key=lambda row: row[0]):
            if self._start_ms is None:
                self._start_ms = time_ms
            since_ms = max(0, time_ms - self._start_ms)
            if is_picture:
                self._client.send_picture(flv.picture(sample), time_ms=since_ms)
            else:
                self._client.send_sound(flv.sound(sample), time_ms=since_ms)
        self._pictures += len(pictures)
        if time.monotonic() - self._told_at >= _TELL_EVERY_S:
            self._told_at = time.monotonic()
            _tell(pictures=self._pictures)


async def _next_frame(frames: asyncio.StreamReader) -> tuple[int, bytes]:
    length, kind = struct.unpack(">IB", await frames.readexactly(5))
    if length > _LONGEST_FRAME:
        raise Malformed("a frame that is too long")
    return kind, await frames.readexactly(length)


async def _first_of(*steps: Coroutine[Any, Any, None]) -> None:
    """Until one of them ends, and in the way in which it ended."""
    tasks = [asyncio.ensure_future(step) for step in steps]
    done, waiting = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in waiting:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    for task in done:
        task.result()


async def _standard_input() -> asyncio.StreamReader:
    reader = asyncio.StreamReader(limit=2**20)
    loop = asyncio.get_running_loop()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    return reader


def _tell(**fields: object) -> None:
    print(json.dumps(fields), flush=True)


if __name__ == "__main__":
    asyncio.run(main())
