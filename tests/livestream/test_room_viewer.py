"""One socket takes frames and never makes the room wait."""

from __future__ import annotations

import asyncio

from livestream.room.tickets import NOBODY
from livestream.room.viewer import BURST, MOST_WAITING, PATIENCE, RESET, WINDOW, Send, Viewer


class Line:
    """A server's send that may be told to wait, as uvicorn's does when a reader does not drain."""

    def __init__(self) -> None:
        self.sent: list[object] = []
        self.is_free = asyncio.Event()
        self.is_free.set()

    async def send(self, message: object) -> None:
        await self.is_free.wait()
        self.sent.append(message)


def _viewer(send: Send) -> Viewer:
    return Viewer(NOBODY, "", "p1", send, lambda code: None)


async def test_a_frame_that_fits_is_written_before_write_returns():
    line = Line()
    viewer = _viewer(line.send)

    assert viewer.write({"text": "a"}) is True
    assert line.sent == [{"text": "a"}]
    assert len(asyncio.all_tasks()) == 1


async def test_frames_for_a_slow_reader_wait_in_their_order():
    line = Line()
    viewer = _viewer(line.send)
    line.is_free.clear()

    accepted = [viewer.write({"n": number}) for number in range(5)]
    assert line.sent == []
    line.is_free.set()
    await asyncio.sleep(0.01)

    assert accepted == [True] * 5
    assert line.sent == [{"n": number} for number in range(5)]
    assert viewer.write({"n": 5})
    assert line.sent[-1] == {"n": 5}


async def test_who_does_not_drain_loses_the_place_and_is_told_so():
    line = Line()
    viewer = _viewer(line.send)
    line.is_free.clear()

    accepted = [viewer.write({"n": number}) for number in range(MOST_WAITING + 2)]
    line.is_free.set()
    await asyncio.sleep(0.01)

    assert accepted == [True] * (MOST_WAITING + 1) + [False]
    assert line.sent == [{"n": 0}, RESET]


async def test_who_does_not_drain_for_long_is_stuck():
    line = Line()
    viewer = _viewer(line.send)
    line.is_free.clear()
    now = asyncio.get_running_loop().time()
    viewer.write({"n": 0})

    assert not viewer.is_stuck(now + PATIENCE - 1)
    assert viewer.is_stuck(now + PATIENCE + 1)
    line.is_free.set()
    await asyncio.sleep(0.01)
    assert not viewer.is_stuck(now + PATIENCE + 1)


async def test_a_socket_that_is_gone_hurts_nobody():
    async def send(message: object) -> None:
        raise ConnectionError

    assert _viewer(send).write({"n": 0}) is False


async def test_a_viewer_may_say_twenty_things_and_then_two_a_second():
    viewer = _viewer(Line().send)

    assert [viewer.may_send(100.0) for _ in range(BURST + 1)] == [True] * BURST + [False]
    assert viewer.may_send(100.0 + WINDOW / BURST)
    assert not viewer.may_send(100.0 + WINDOW / BURST)
