"""Viewers who never read a byte: the others miss nothing, the process stays small, and they are hung up on.

The same on a bare Daphne, whose send does not wait, must show the harm.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import re
import socket
from pathlib import Path

import pytest

from livestream import broadcasts
from livestream.models import LiveSession, RoomCounter, RoomEvent
from tests.factories import make_session_on_air
from tests.sockets import aside, room_process, viewer_of

pytestmark = pytest.mark.django_db(transaction=True)

READERS, BATCHES, BATCH = 10, 50, 40
ITEM = "x" * 4_000  # in all 8 MB for each, more than any kernel hides
PATIENCE_S = 2.0


@pytest.mark.parametrize(
    ("server", "waits"), [("daphne", True), ("uvicorn", True), ("shortcut", True), ("bare daphne", False)]
)
def test_only_a_server_that_waits_for_its_readers_stays_small(server, waits):
    session = make_session_on_air()

    async def story(process, port):
        async with viewer_of(session.code, port=port) as healthy:
            await healthy.hear("hello")
            files = open_files(process.pid)
            stuck = [await reader_that_stops(session.code, port) for _ in range(READERS)]
            before = resident_mb(process.pid)
            for batch in range(1, BATCHES + 1):
                await aside(store, session, batch)
                while healthy.last < batch * BATCH:
                    await healthy.frame()
            grown = resident_mb(process.pid) - before
            await until_it_has_fewer_files(process.pid, files + READERS // 2)
            gone = await asyncio.gather(*map(is_hung_up_on, stuck))
            return [item["seq"] for item in healthy.items], grown, gone

    with room_process(server, numbers={"viewer.PATIENCE": PATIENCE_S}) as (process, port):
        seen, grown, gone = asyncio.run(story(process, port))

    assert seen == list(range(1, BATCHES * BATCH + 1))
    assert (grown < 30) is waits, grown
    assert (grown > 45) is not waits, grown
    assert gone == [waits] * READERS


def test_who_reads_on_in_time_is_given_everything():
    session = make_session_on_air()

    async def story(port):
        async with viewer_of(session.code, port=port) as healthy:
            late = await reader_that_stops(session.code, port)
            for batch in range(1, BATCHES + 1):
                await aside(store, session, batch)
                while healthy.last < batch * BATCH:
                    await healthy.frame()
            return await everything(late, until=b'"seq":%d,' % (BATCHES * BATCH))

    with room_process() as (_, port):
        heard = asyncio.run(story(port))

    numbers = [int(number) for number in re.findall(rb'"seq":(\d+),', heard)]
    assert numbers == list(range(1, BATCHES * BATCH + 1))


async def everything(reader: socket.socket, until: bytes) -> bytes:
    loop, heard = asyncio.get_running_loop(), bytearray()
    with reader:
        async with asyncio.timeout(10):
            while until not in heard[-2 * len(ITEM) * BATCH :]:
                heard += await loop.sock_recv(reader, 1 << 20)
    return bytes(heard)


async def until_it_has_fewer_files(pid: int, count: int) -> None:
    """Nobody is told anything while nothing is read, but the process has let go of the sockets."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(PATIENCE_S + 2):
            while open_files(pid) >= count:
                await asyncio.sleep(0.1)
    await asyncio.sleep(0.1)


async def is_hung_up_on(reader: socket.socket) -> bool:
    """Whether the line is gone once everything in it was read at last."""
    with reader:
        try:
            async with asyncio.timeout(2):
                while await asyncio.get_running_loop().sock_recv(reader, 1 << 20):
                    pass
        except TimeoutError:
            return False
        except OSError:
            pass
        return True


def store(session: LiveSession, batch: int) -> None:
    numbers = range((batch - 1) * BATCH + 1, batch * BATCH + 1)
    RoomEvent.objects.bulk_create(
        RoomEvent(session=session, seq=number, kind=RoomEvent.Kind.DEAL, payload={"html": {}, "filler": ITEM})
        for number in numbers
    )
    RoomCounter.objects.filter(session=session).update(head=numbers[-1])
    broadcasts.messages_said(session.pk, numbers[-1])


async def reader_that_stops(code: str, port: int) -> socket.socket:
    """Is greeted, resumes, and then never reads a byte."""
    reader = socket.socket()
    reader.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    reader.setblocking(False)
    loop = asyncio.get_running_loop()
    await loop.sock_connect(reader, ("127.0.0.1", port))
    lines = {
        "Host": f"127.0.0.1:{port}",
        "Origin": f"http://127.0.0.1:{port}",
        "Upgrade": "websocket",
        "Connection": "Upgrade",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
    }
    request = f"GET /ws/room/{code} HTTP/1.1\r\n" + "".join(f"{k}: {v}\r\n" for k, v in lines.items())
    await loop.sock_sendall(reader, request.encode() + b"\r\n")
    heard = b""
    while b'"hello"' not in heard:
        heard += await loop.sock_recv(reader, 4096)
    words = b'{"type":"resume","last":0}'
    mask = bytes(4)  # a mask of noughts is a mask
    await loop.sock_sendall(reader, bytes([0x81, 0x80 | len(words)]) + mask + words)
    return reader


def open_files(pid: int) -> int:
    return len(os.listdir(f"/proc/{pid}/fd"))


def resident_mb(pid: int) -> float:
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * 4096 / 1e6
