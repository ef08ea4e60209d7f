"""A poor mobile network between a browser and a server on this machine.

A port of its own that leads to another one: late, slow, with moments in which nothing moves, and gone
when it is cut. All connections share the two directions, as all pages of a phone do. Lost packets are
not drawn by lot: what a loss costs the reader of a stream is the wait for its repetition, and that is
what the stalls are.
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
import time
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

_CHUNK = 2048
_QUEUE_S = 0.3  # what the network itself holds; more waits in the sender's own buffers
_LOOK_AGAIN_S = 0.02
_UNLIMITED_KBPS = 1_000_000.0


@dataclass(frozen=True)
class Weather:
    """What a network does to bytes; rates in kbit/s."""

    delay_s: float = 0.0  # each way
    up_kbps: float = _UNLIMITED_KBPS
    down_kbps: float = _UNLIMITED_KBPS
    stall_every_s: float = 0.0
    stall_s: float = 0.0


POOR_MOBILE = Weather(delay_s=0.06, down_kbps=2000, stall_every_s=8, stall_s=0.6)


class PoorLink:
    """Opened by `poor_link`; rates and outages may change while bytes are on their way."""

    def __init__(self, target_port: int, weather: Weather, host: str) -> None:
        self.up = _Lane(weather, weather.up_kbps)
        self.down = _Lane(weather, weather.down_kbps)
        self.port = 0
        self._host = host
        self._target_port = target_port

    @property
    def url(self) -> str:
        return f"http://{self._host}:{self.port}"

    def cut(self) -> None:
        """Nothing arrives any more, not even word of a hang-up; nobody is told."""
        self.up.is_cut = self.down.is_cut = True

    def mend(self) -> None:
        self.up.is_cut = self.down.is_cut = False

    async def serve(self, ready: threading.Event, stop: asyncio.Event) -> None:
        server = await asyncio.start_server(self._connected, self._host, 0, limit=_CHUNK * 2)
        self.port = server.sockets[0].getsockname()[1]
        ready.set()
        await stop.wait()
        server.close()

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writers = [writer]
        with contextlib.suppress(OSError, asyncio.CancelledError):  # cancelled when the link is taken away
            answers, onward = await asyncio.open_connection("127.0.0.1", self._target_port, limit=_CHUNK * 2)
            writers.append(onward)
            await asyncio.gather(_carry(reader, onward, self.up), _carry(answers, writer, self.down))
        for end in writers:
            end.close()


@contextmanager
def poor_link(
    target_port: int, weather: Weather = POOR_MOBILE, *, host: str = "127.0.0.1"
) -> Iterator[PoorLink]:
    """The link on a thread of its own for as long as the block runs."""
    link = PoorLink(target_port, weather, host)
    ready = threading.Event()
    loop = asyncio.new_event_loop()
    stop = asyncio.Event()
    thread = threading.Thread(target=_run, args=(loop, link.serve(ready, stop)), name="poor-link")
    thread.start()
    try:
        ready.wait(5)
        yield link
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join(5)


class _Lane:
    """One direction: says when what is sent now will have arrived."""

    def __init__(self, weather: Weather, kbps: float) -> None:
        self.kbps = kbps
        self.is_cut = False
        self._weather = weather
        self._began_at = self._free_at = time.monotonic()

    def arrival(self, size: int) -> float:
        start = self._after_stall(max(time.monotonic(), self._free_at))
        self._free_at = start + size * 8 / (self.kbps * 1000)
        return self._free_at + self._weather.delay_s

    def fall_to(self, kbps: float) -> None:
        self.kbps = kbps

    @property
    def queue_s(self) -> float:
        return self._free_at - time.monotonic()

    def _after_stall(self, moment: float) -> float:
        weather = self._weather
        if not weather.stall_every_s:
            return moment
        phase = (moment - self._began_at) % weather.stall_every_s
        # The first one comes after a whole calm period.
        is_stalled = phase < weather.stall_s and moment - self._began_at > weather.stall_every_s
        return moment + weather.stall_s - phase if is_stalled else moment


async def _carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, lane: _Lane) -> None:
    on_the_way: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()
    delivery = asyncio.create_task(_deliver(on_the_way, writer, lane))
    chunk = b"?"
    while chunk:
        try:
            chunk = await reader.read(_CHUNK)
        except OSError:
            chunk = b""
        on_the_way.put_nowait((lane.arrival(len(chunk)), chunk))
        while lane.queue_s > _QUEUE_S or lane.is_cut:
            await asyncio.sleep(_LOOK_AGAIN_S)
    await delivery


async def _deliver(
    on_the_way: asyncio.Queue[tuple[float, bytes]], writer: asyncio.StreamWriter, lane: _Lane
) -> None:
    """An empty chunk is the end of the stream."""
    chunk = b"?"
    with contextlib.suppress(OSError):
        while chunk:
            arrives_at, chunk = await on_the_way.get()
            await asyncio.sleep(max(0.0, arrives_at - time.monotonic()))
            while lane.is_cut:
                await asyncio.sleep(_LOOK_AGAIN_S)
            writer.write(chunk)
            await writer.drain()
        writer.write_eof()


def _run(loop: asyncio.AbstractEventLoop, serving: Coroutine[object, object, None]) -> None:
    asyncio.set_event_loop(loop)
    loop.run_until_complete(serving)
    others = asyncio.all_tasks(loop)
    for task in others:
        task.cancel()
    loop.run_until_complete(asyncio.gather(*others, return_exceptions=True))
    loop.run_until_complete(asyncio.sleep(0))  # the transports' turn to hang up
    loop.close()
