"""The media process as it really runs, on a port of its own, and people who come to it."""

from __future__ import annotations

import asyncio
import contextlib
import json
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any

import uvicorn
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from livestream.media.app import MediaApp
from livestream.media.hooks import Hooks
from livestream.media.station import Station
from livestream.media.wire import config_text, text_frame
from tests.media.material import config, messages
from umkm_market.engines import free_port


@contextlib.contextmanager
def media_process(
    root: Path, hooks: Hooks, *, origins: frozenset[str] = frozenset(), **more: Any
) -> Iterator[str]:
    """Its address, like `127.0.0.1:40123`."""
    app = MediaApp(Station(root=root, hooks=hooks, **more), trusted_origins=origins)
    with serving(app, free_port()) as address:
        yield address


@contextlib.contextmanager
def serving(app: MediaApp, port: int) -> Iterator[str]:
    settings = uvicorn.Config(
        app, port=port, ws_max_size=2_097_152, ws_per_message_deflate=False, log_config=None, access_log=False
    )
    server = uvicorn.Server(settings)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        wait_until(lambda: server.started)
        yield f"127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(10)


def wait_until(is_so: Callable[[], bool], *, seconds: float = 5) -> None:
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, "it never came to that"
        time.sleep(0.02)


@contextlib.asynccontextmanager
async def publisher_of(address: str, code: str, token: str, **more: Any) -> AsyncIterator[ClientConnection]:
    """A publisher who has said hello; what follows is up to the test."""
    async with connect(f"ws://{address}/media-live/publish/{code}", max_queue=None, **more) as publisher:
        with contextlib.suppress(ConnectionClosed):
            await publisher.send(text_frame("hello", token=token, form="frames"))
        yield publisher


@contextlib.asynccontextmanager
async def viewer_of(address: str, code: str, **more: Any) -> AsyncIterator[ClientConnection]:
    # Whoever leaves with a full queue does not see the other side's goodbye and waits ten seconds for it.
    async with connect(f"ws://{address}/media-live/watch/{code}", max_queue=None, **more) as viewer:
        yield viewer


async def publish(publisher: ClientConnection, seconds: int = 1, *, later_us: int = 0) -> None:
    """Everything at once: the timeline is in the records, not in the clock on the wall."""
    await publisher.send(config_text(config()))
    for message in messages(seconds, later_us=later_us):
        await publisher.send(message)


async def next_text(socket: ClientConnection, kind: str, **fields: Any) -> dict[str, Any]:
    """The next text of this kind with these fields; what comes before it is not looked at."""
    async with asyncio.timeout(5):
        while True:
            message = await socket.recv()
            if isinstance(message, str):
                told = json.loads(message)
                if told["type"] == kind and fields.items() <= told.items():
                    return dict(told)


async def next_bytes(socket: ClientConnection) -> bytes:
    async with asyncio.timeout(5):
        while not isinstance(message := await socket.recv(), bytes):
            continue
        return message


async def close_code(socket: ClientConnection) -> int | None:
    async with asyncio.timeout(8):
        with contextlib.suppress(ConnectionClosed):
            while True:
                await socket.recv()
        return socket.close_code
