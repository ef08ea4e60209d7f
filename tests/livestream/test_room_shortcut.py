"""What the shortcut leans on in uvicorn: when one of these fails, a new uvicorn is different."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import uvicorn
import websockets

from livestream.room import SEND_BUFFER, SHORTCUT
from livestream.room.shortcut import RoomProtocol
from livestream.room.wire import Frame

BIG = Frame(b"x" * 300_000)
Story = Callable[[dict[str, Any], Any, Any], Awaitable[None]]


@asynccontextmanager
async def served(story: Story, **options: Any) -> AsyncIterator[int]:
    """A real uvicorn of this loop that tells one socket's story."""

    async def application(scope: dict[str, Any], receive: Any, send: Any) -> None:
        await receive()
        await send({"type": "websocket.accept"})
        await story(scope, receive, send)

    config = uvicorn.Config(
        application,
        port=0,
        lifespan="off",
        ws=RoomProtocol,
        ws_per_message_deflate=False,
        log_level="error",
        **options,
    )
    server = uvicorn.Server(config)
    task = asyncio.create_task(server._serve())  # `serve` would take this process's signals
    while not server.started:
        await asyncio.sleep(0.01)
    try:
        yield server.servers[0].sockets[0].getsockname()[1]
    finally:
        server.should_exit = True
        await asyncio.wait_for(task, 5)


def opened(port: int) -> Any:
    return websockets.connect(f"ws://127.0.0.1:{port}/", proxy=None, compression=None, max_size=None)


async def test_ready_frames_and_plain_messages_arrive_in_their_order():
    async def story(scope, receive, send):
        take = scope["extensions"][SHORTCUT]
        for number in range(6):
            if number % 2:
                await send({"type": "websocket.send", "text": str(number)})
            else:
                assert take(Frame(str(number).encode()).wire)
        assert take(BIG.wire)
        await send({"type": "websocket.close", "code": 4400})

    async with served(story) as port, opened(port) as wire:
        heard = [await wire.recv() for _ in range(7)]
        with contextlib.suppress(websockets.ConnectionClosed):
            await wire.recv()

    assert heard == [*"012345", BIG.body.decode()]
    assert wire.close_code == 4400


async def test_pings_go_between_ready_frames():
    async def story(scope, receive, send):
        for _ in range(40):
            assert scope["extensions"][SHORTCUT](Frame(b"tick").wire)
            await asyncio.sleep(0.01)
        assert scope["extensions"][SHORTCUT](Frame(b"over").wire)
        await receive()

    async with served(story, ws_ping_interval=0.05, ws_ping_timeout=5) as port, opened(port) as wire:
        heard = [await wire.recv() for _ in range(41)]

    assert heard == [*["tick"] * 40, "over"]


async def test_a_reader_that_does_not_drain_is_not_written_to_until_it_does():
    taken: list[bool] = []
    is_read = asyncio.Event()

    async def story(scope, receive, send):
        take = scope["extensions"][SHORTCUT]
        while take(BIG.wire):
            taken.append(True)
            await asyncio.sleep(0)
        is_read.set()
        await send({"type": "websocket.send", "text": "over"})  # waits until there is room again
        taken.append(take(BIG.wire))
        await receive()

    async with served(story) as port:
        line = _stuck_line(port)
        await asyncio.wait_for(is_read.wait(), 5)
        before = len(taken)
        await _read(line, until=b"over")
        line.close()

    assert 0 < before < 40
    assert taken == [True] * (before + 1)


async def test_a_stuck_reader_is_dropped_when_its_story_ends():
    async def story(scope, receive, send):
        while scope["extensions"][SHORTCUT](BIG.wire):
            await asyncio.sleep(0)

    async with served(story) as port:
        line = _stuck_line(port)
        await asyncio.sleep(0.5)
        with contextlib.suppress(ConnectionError):
            await asyncio.wait_for(_read(line, until=b"nothing ends it but the server"), 5)
        line.close()


async def test_a_socket_that_is_gone_takes_nothing_and_keeps_nothing():
    seen: dict[str, Any] = {}

    async def story(scope, receive, send):
        seen["take"] = scope["extensions"][SHORTCUT]
        await receive()
        await asyncio.sleep(0.05)
        seen["took"] = seen["take"](b"x")
        seen["extensions"] = dict(scope["extensions"])

    async with served(story) as port:
        async with opened(port):
            pass
        await asyncio.sleep(0.2)

    assert seen["took"] is False
    assert SHORTCUT not in seen["extensions"]


async def test_the_kernel_keeps_little_for_one_reader():
    sizes: list[int] = []

    async def story(scope, receive, send):
        line = scope["extensions"][SHORTCUT].__self__.transport.get_extra_info("socket")
        sizes.append(line.getsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF))

    async with served(story) as port, opened(port) as wire:
        with contextlib.suppress(websockets.ConnectionClosed):
            await wire.recv()

    assert sizes[0] <= 2 * SEND_BUFFER  # Linux doubles what it is asked for


def _stuck_line(port: int) -> socket.socket:
    line = socket.socket()
    line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    line.connect(("127.0.0.1", port))
    line.sendall(
        f"GET / HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n".encode()
    )
    line.setblocking(False)
    return line


async def _read(line: socket.socket, *, until: bytes) -> None:
    """Read until these bytes come, or the server hangs up."""
    loop, seen = asyncio.get_running_loop(), b""
    while until not in seen and (fresh := await loop.sock_recv(line, 1_000_000)):
        seen = (seen + fresh)[-1_000_000:]
