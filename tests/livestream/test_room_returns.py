"""Processes are killed and replaced under load: everybody comes back, and nothing is missing or shown twice.

Each test also runs with what protects taken away, and then must see the loss.
"""

from __future__ import annotations

import asyncio
import random
import signal
import uuid
from collections.abc import Callable
from contextlib import ExitStack
from subprocess import Popen

import pytest

from accounts.models import User
from bench.watchers import Watcher, doubled, jittered, missing, share
from livestream.models import LiveSession
from livestream.operations import chat as operations
from livestream.room import tickets
from livestream.room.tickets import NOBODY
from tests.controls import by_hand
from tests.factories import make_session_on_air, make_user
from tests.sockets import aside, room_process
from umkm_market.engines import free_port

# Processes start again and again, which a crowded machine takes its time for.
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(300)]

MESSAGES, RATE = 100, 20.0
Process = Popen[bytes]


def watchers(session: LiveSession, ports: list[int], count: int, **options) -> list[Watcher]:
    path = f"/ws/room/{session.code}?ticket={tickets.seal(NOBODY, session.code)}"
    return [
        Watcher(f"{path}&page=halaman{number:05d}", ports, jittered(count), **options)
        for number in range(count)
    ]


class Rooms:
    """Two processes of which one may die and be started again at the same port."""

    def __init__(self, stack: ExitStack) -> None:
        self._stack = stack
        self.ports = [free_port(), free_port()]
        self._processes = {port: self._start(port) for port in self.ports}

    def end(self, port: int, how: signal.Signals) -> None:
        self._processes[port].send_signal(how)
        self._processes[port].wait(10)
        self._processes[port] = self._start(port)

    def _start(self, port: int) -> Process:
        process, _ = self._stack.enter_context(room_process("shortcut", port=port))
        return process


async def show(
    session: LiveSession, speaker: User, viewers: list[Watcher], faults: Callable[[], None]
) -> None:
    """Say everything while the faults happen; return when all have seen the end."""
    watching = [asyncio.create_task(viewer.watch(MESSAGES)) for viewer in viewers]
    await asyncio.sleep(0.5)
    happening = asyncio.create_task(asyncio.to_thread(faults))
    for number in range(MESSAGES):
        text = f"pesan {number}"
        await aside(operations.say, session, sender=speaker, text=text, client_id=uuid.uuid4())
        await asyncio.sleep(1 / RATE)
    await happening
    async with asyncio.timeout(30):
        while any(not viewer.last for viewer in viewers):
            await asyncio.sleep(0.1)
        # Whoever came back after the last message and does not resume would wait for ever.
        await aside(operations.say, session, sender=speaker, text="akhir", client_id=uuid.uuid4())
        await asyncio.gather(*watching)


@pytest.mark.parametrize("resumes", [True, False])
def test_kill_9_five_times_at_random(resumes):
    session, siti = make_session_on_air(), make_user()

    with ExitStack() as stack:
        rooms = Rooms(stack)
        viewers = watchers(session, rooms.ports, 40, resumes=resumes)

        def kill_five_times() -> None:
            for _ in range(5):
                rooms.end(random.choice(rooms.ports), signal.SIGKILL)

        asyncio.run(show(session, siti, viewers, kill_five_times))

    lost = missing(viewers, range(1, MESSAGES + 1))
    returns = [seconds for viewer in viewers for seconds in viewer.returns]
    assert doubled(viewers) == 0
    assert len(returns) >= 5
    if resumes:
        assert lost == 0
        assert share(returns, 0.99) <= 5
    else:
        assert lost > 0


@pytest.mark.parametrize("spread", [0.5, pytest.param(0.0, marks=by_hand)])
def test_a_rolling_deploy_loses_nothing_and_spreads_the_return(spread):
    session, siti = make_session_on_air(), make_user()

    with ExitStack() as stack:
        rooms = Rooms(stack)
        viewers = watchers(session, rooms.ports, 40, spread=spread)

        def deploy() -> None:
            for port in rooms.ports:
                rooms.end(port, signal.SIGTERM)

        asyncio.run(show(session, siti, viewers, deploy))

    returns = [seconds for viewer in viewers for seconds in viewer.returns]
    assert missing(viewers, range(1, MESSAGES + 1)) == doubled(viewers) == 0
    assert len(returns) >= 40
    waits = [ms for viewer in viewers for ms in viewer.waits]
    print(f"{len(waits)} were told to come back: after {min(waits)} to {max(waits)} ms")
    if spread:
        assert max(waits) - min(waits) > 500  # nobody comes back in one heap
    else:
        assert max(waits) - min(waits) == 0
