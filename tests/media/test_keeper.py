"""The media process dies or hangs, and the show goes on."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest
from django.db import connections
from websockets.exceptions import WebSocketException

from livestream.engine import engine
from livestream.media.client import Publisher
from livestream.media.market import in_database
from livestream.media.ownership import Ownership
from livestream.media.wire import ViewerMessage, read_viewer_message
from livestream.models import LiveSession
from tests.controls import by_hand
from tests.factories import make_session
from tests.media.boxes import decode_times
from tests.media.house import next_bytes, viewer_of, wait_until
from tests.media.material import config, records
from tests.sockets import market_environment, wait_until_gone
from umkm_market.engines import free_port

pytestmark = pytest.mark.django_db(transaction=True)

BOOT_S = 60


class House:
    """A keeper with its two processes."""

    def __init__(self, root, port: int, keeper: subprocess.Popen[bytes]) -> None:
        self.root, self.port, self.keeper = root, port, keeper

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.port}"

    @property
    def owner(self) -> int:
        return Ownership.owner(self.root) or 0

    def processes(self) -> list[int]:
        path = f"/proc/{self.keeper.pid}/task/{self.keeper.pid}/children"
        with open(path) as children:
            return [int(child) for child in children.read().split()]

    def has_spare(self) -> bool:
        """Two processes, and the second one is at the door: it sleeps in the lock."""
        spares = [child for child in self.processes() if child != self.owner]
        return len(spares) == 1 and _waits_for_lock(spares[0])


@pytest.fixture(scope="module")
def keeper(tmp_path_factory, django_db_setup):
    """One for the whole file: whatever a test does to its processes, there are two again."""
    port, mark = free_port(), f"media-{os.getpid()}"
    root = tmp_path_factory.mktemp("keeper") / "live"
    environment = {**market_environment(), "LIVE_ROOT": str(root), "PGAPPNAME": mark}
    keeper = subprocess.Popen(
        [sys.executable, "-m", "umkm_market.media_keeper", "127.0.0.1", str(port)], env=environment
    )
    house = House(root, port, keeper)
    try:
        wait_until(lambda: house.owner > 0, seconds=BOOT_S)
        yield house
    finally:
        children = house.processes()
        keeper.terminate()
        keeper.wait(15)
        assert not [child for child in children if os.path.exists(f"/proc/{child}")]
        wait_until_gone(mark)


@pytest.fixture
def house(keeper, monkeypatch):
    monkeypatch.setitem(connections.settings["default"], "CONN_MAX_AGE", 0)
    wait_until(keeper.has_spare, seconds=BOOT_S)
    return keeper


def _waits_for_lock(pid: int) -> bool:
    with open("/proc/locks") as locks:
        return any("->" in line and f" {pid} " in line for line in locks)


async def camera(address: str, session: LiveSession) -> None:
    """Goes on for ever at the pace of a camera, and comes back by itself."""

    async def token() -> str:
        return await in_database(lambda: engine.publish_target(session, session.host).token)()

    url = f"ws://{address}/media-live/publish/{session.code}"
    async with Publisher(url, token, video=config().video, sound=config().sound) as live:
        began = time.monotonic()
        for second in itertools.count():
            for record in records(1, later_us=second * 1_000_000):
                await asyncio.sleep(max(0.0, began + record.time_us / 1e6 - time.monotonic()))
                await live.send_record(record)


async def pictures_after(address: str, code: str, since_us: int = 0) -> int:
    """Where the first fragment begins that a viewer gets, who tries until there is one."""
    while True:
        with contextlib.suppress(OSError, WebSocketException, TimeoutError):
            async with viewer_of(address, code, open_timeout=2) as viewer:
                while (start_us := _start_us(await next_bytes(viewer))) <= since_us:
                    continue
                return start_us
        await asyncio.sleep(0.2)


def _start_us(message: bytes) -> int:
    kind, payload = read_viewer_message(message)
    if kind is ViewerMessage.INIT:
        return 0
    return decode_times(payload)[1][0] * 1_000_000 // 90_000


@contextlib.contextmanager
def nobody_keeps(house: House) -> Iterator[None]:
    """No spare process, and nobody who starts one or ends one that hangs."""
    spare = next(child for child in house.processes() if child != house.owner)
    house.keeper.send_signal(signal.SIGSTOP)
    os.kill(spare, signal.SIGKILL)
    try:
        yield
    finally:
        house.keeper.send_signal(signal.SIGCONT)


@by_hand
@pytest.mark.parametrize(("fault", "limit_s"), [(signal.SIGKILL, 5), (signal.SIGSTOP, 10)])
async def test_without_a_keeper_they_are_not(house, fault, limit_s):
    session = await in_database(make_session)()
    filming = asyncio.create_task(camera(house.address, session))
    before_us = await asyncio.wait_for(pictures_after(house.address, session.code), 20)

    with nobody_keeps(house):
        os.kill(house.owner, fault)
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(pictures_after(house.address, session.code, before_us), 2 * limit_s)

    filming.cancel()
    await asyncio.gather(filming, return_exceptions=True)


@pytest.mark.parametrize(("fault", "limit_s"), [(signal.SIGKILL, 5), (signal.SIGSTOP, 10)])
async def test_seller_and_viewers_are_back_by_themselves(house, fault, limit_s):
    session = await in_database(make_session)()
    filming = asyncio.create_task(camera(house.address, session))
    before_us = await asyncio.wait_for(pictures_after(house.address, session.code), 20)
    doomed = house.owner

    os.kill(doomed, fault)
    struck_at = time.monotonic()

    after_us = await asyncio.wait_for(pictures_after(house.address, session.code, before_us), limit_s)
    print(f"back after {time.monotonic() - struck_at:.2f} s")
    assert after_us > before_us
    assert house.owner != doomed
    async with asyncio.timeout(5):
        while not await in_database(lambda: LiveSession.objects.get(pk=session.pk).clock_runs)():
            await asyncio.sleep(0.05)
    filming.cancel()
    await asyncio.gather(filming, return_exceptions=True)
