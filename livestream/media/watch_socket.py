"""The viewer's socket: the state, then fragments as fast as the viewer takes them."""

import asyncio
import contextlib

from livestream.media.audience import Viewer
from livestream.media.hooks import Phase
from livestream.media.socket import Gone, Socket
from livestream.media.station import ShowIsOver, Station
from livestream.media.wire import Close, text_frame


async def serve_viewer(socket: Socket, station: Station, code: str) -> None:
    try:
        broadcast = await station.find(code)
    except ShowIsOver:
        await _say_it_is_over(socket)
        return
    if broadcast is None:
        await socket.close(Close.UNKNOWN_SESSION)
        return
    viewer = broadcast.watch()
    try:
        await _serve(socket, viewer)
    finally:
        broadcast.audience.leave(viewer)


async def _say_it_is_over(socket: Socket) -> None:
    with contextlib.suppress(Gone):
        await socket.send(text_frame("state", state=Phase.ENDED, ms=0))
    await socket.close(Close.DONE)


async def _serve(socket: Socket, viewer: Viewer) -> None:
    tasks = [asyncio.ensure_future(_wait_for_leave(socket)), asyncio.ensure_future(_send(socket, viewer))]
    await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    await socket.close(Close.DONE)


async def _wait_for_leave(socket: Socket) -> None:
    """Viewers have nothing to say here; whatever they send is not read."""
    try:
        while True:
            await socket.receive()
    except Gone:
        return


async def _send(socket: Socket, viewer: Viewer) -> None:
    try:
        while (message := await viewer.next_message()) is not None:
            await socket.send(message)
    except Gone:
        return
