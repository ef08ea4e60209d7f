"""A network breaks for everyone at once: all come back within seconds, spread out, and miss nothing.

The same herd without its jittered waits comes back in one heap.
"""

from __future__ import annotations

import asyncio
import random
import uuid
from bisect import bisect_left
from collections.abc import Callable, Sequence

import pytest

from accounts.models import User
from bench.watchers import LEAST_S, Watcher, doubled, jittered, missing
from livestream.models import LiveSession
from livestream.operations import chat as operations
from livestream.room import tickets
from livestream.room.tickets import NOBODY
from tests.factories import make_session_on_air, make_user
from tests.sockets import aside, room_process

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(120)]

CROWD = 600
WINDOW = 0.1
BACK_WITHIN = 10.0
Wait = Callable[[int], float]


@pytest.mark.parametrize("is_jittered", [True, False])
def test_everyone_is_back_and_only_jitter_spreads_them(is_jittered):
    session, siti = make_session_on_air(), make_user()
    tries: list[float] = []
    chance = random.Random(18)
    wait = jittered(CROWD, chance.random) if is_jittered else lambda _: LEAST_S
    path = f"/ws/room/{session.code}?ticket={tickets.seal(NOBODY, session.code)}"

    with room_process("shortcut", ROOM_SOCKETS_PER_ADDRESS="0") as (_, port):
        herd = [
            Watcher(f"{path}&page=halaman{number:05d}", [port], noted(wait, tries)) for number in range(CROWD)
        ]
        asyncio.run(fall_silent_once(session, siti, herd))

    returns = [seconds for watcher in herd for seconds in watcher.returns]
    assert missing(herd, range(1, 4)) == doubled(herd) == 0
    assert sum(watcher.failed_handshakes for watcher in herd) == 0
    assert len(returns) == CROWD
    assert max(returns) < BACK_WITHIN
    # 0.9 s for 600 means 67 in a window; without jitter only the time it takes to notice 600 losses spreads.
    if is_jittered:
        assert most_at_once(tries) < CROWD / 4
    else:
        assert most_at_once(tries) > CROWD / 2


async def fall_silent_once(session: LiveSession, speaker: User, herd: list[Watcher]) -> None:
    """One message before all lines break, one while nobody is there, and one when all are back."""
    watching = []
    for watcher in herd:
        watching.append(asyncio.create_task(watcher.watch(3)))
        await asyncio.sleep(0.002)  # the way in is no herd
    await say(session, speaker, "sebelum")
    await until(herd, lambda watcher: watcher.last == 1)
    for watcher in herd:
        assert watcher.line is not None
        watcher.line.transport.abort()
    await say(session, speaker, "selagi putus")
    await until(herd, lambda watcher: watcher.last == 2)
    await say(session, speaker, "sesudah")
    await asyncio.wait_for(asyncio.gather(*watching), 20)


async def say(session: LiveSession, speaker: User, text: str) -> None:
    await aside(operations.say, session, sender=speaker, text=text, client_id=uuid.uuid4())


async def until(herd: list[Watcher], is_there: Callable[[Watcher], bool]) -> None:
    async with asyncio.timeout(20):
        while not all(map(is_there, herd)):
            await asyncio.sleep(0.05)


def noted(wait: Wait, tries: list[float]) -> Wait:
    """Also notes the moment at which the next handshake is due."""

    def note(number: int) -> float:
        seconds = wait(number)
        tries.append(asyncio.get_running_loop().time() + seconds)
        return seconds

    return note


def most_at_once(moments: Sequence[float]) -> int:
    """The most handshakes in any tenth of a second."""
    ordered = sorted(moments)
    return max(bisect_left(ordered, moment + WINDOW) - at for at, moment in enumerate(ordered))
