"""The viewer's socket: the state, then fragments as fast as the viewer takes them."""

import asyncio
import contextlib
import time

from livestream.media.audience import Viewer
from livestream.media.broadcast import Broadcast
from livestream.media.hooks import Phase
from livestream.media.socket import Gone, Socket
from livestream.media.station import ShowIsOver, Station
from livestream.media.wire import Close, text_frame

_PING = "ping"
_PINGS_APART_S = 0.5


async def serve_viewer(socket: Socket, station: Station, code: str, *, saves: bool) -> None:
    """`saves`: only the sound, in few bits, and a still picture now and then."""
    try:
        broadcast = await station.find(code)
    except ShowIsOver:
        await _say_it_is_over(socket)
        return
    if broadcast is None:
        await socket.close(Close.UNKNOWN_SESSION)
        return
    viewer = broadcast.listen() if saves else broadcast.watch()
    try:
        await _serve(socket, broadcast, viewer)
    finally:
        broadcast.leave(viewer)


async def _say_it_is_over(socket: Socket) -> None:
    with contextlib.suppress(Gone):
        await socket.send(text_frame("state", state=Phase.ENDED, ms=0))
    await socket.close(Close.DONE)


async def _serve(socket: Socket, broadcast: Broadcast, viewer: Viewer) -> None:
    tasks = [
        asyncio.ensure_future(_listen(socket, broadcast, viewer)),
        asyncio.ensure_future(_send(socket, viewer)),
    ]
    await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    await socket.close(Close.DONE)


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
