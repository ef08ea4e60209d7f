"""The viewer's socket: the state, then fragments as fast as the viewer takes them."""

import asyncio
import contextlib
import time
from collections.abc import Awaitable, Callable
from functools import partial

from livestream.media.audience import Viewer
from livestream.media.broadcast import Broadcast
from livestream.media.hooks import Phase
from livestream.media.socket import Gone, Socket
from livestream.media.station import Door, ShowIsOver, Station
from livestream.media.wire import Close, text_frame

_PING = "ping"
_PINGS_APART_S = 0.5
LOOKS_APART_S = 3.0


async def serve_viewer(
    socket: Socket, station: Station, code: str, *, cookies: str = "", saves: bool = False
) -> None:
    """`saves`: only the sound, in few bits, and a still picture now and then."""
    door = await station.door(code, cookies)
    if door is Door.SHUT:
        await socket.close(Close.UNKNOWN_SESSION)
        return
    try:
        broadcast = await station.find(code)
    except ShowIsOver:
        await _say_it_is_over(socket)
        return
    if broadcast is None:
        await socket.close(Close.UNKNOWN_SESSION)
        return
    viewer = broadcast.listen() if saves else broadcast.watch()
    watch = partial(_watch_the_door, station, code, cookies) if door is Door.CREW else None
    try:
        await _serve(socket, broadcast, viewer, watch)
    finally:
        broadcast.leave(viewer)


async def _say_it_is_over(socket: Socket) -> None:
    with contextlib.suppress(Gone):
        await socket.send(text_frame("state", state=Phase.ENDED, ms=0))
    await socket.close(Close.DONE)


async def _serve(
    socket: Socket, broadcast: Broadcast, viewer: Viewer, watch: Callable[[], Awaitable[None]] | None
) -> None:
    tasks = [
        asyncio.ensure_future(_listen(socket, broadcast, viewer)),
        asyncio.ensure_future(_send(socket, viewer)),
    ]
    if watch is not None:
        tasks.append(asyncio.ensure_future(watch()))
    await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    await socket.close(Close.DONE)


async def _watch_the_door(station: Station, code: str, cookies: str) -> None:
    """Until whoever watches a rehearsal is no longer of its crew."""
    while await station.door(code, cookies) is not Door.SHUT:
        await asyncio.sleep(LOOKS_APART_S)


async def _listen(socket: Socket, broadcast: Broadcast, viewer: Viewer) -> None:
    """A viewer only ever asks whether we are there; asked too often, or anything else, we say nothing."""
    answered_at = float("-inf")
    with contextlib.suppress(Gone):
        while True:
            message = await socket.receive()
            now = time.monotonic()
            if message == _PING and now - answered_at >= _PINGS_APART_S:
                answered_at = now
                viewer.tell(text_frame("pong", ms=broadcast.media_ms, age=broadcast.age_ms))


async def _send(socket: Socket, viewer: Viewer) -> None:
    try:
        while (message := await viewer.next_message()) is not None:
            await socket.send(message)
    except Gone:
        return
