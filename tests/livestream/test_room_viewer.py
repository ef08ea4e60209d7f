"""One socket takes frames and never makes the room wait."""

from __future__ import annotations

import asyncio
import tracemalloc

import pytest

from livestream.room import viewer as viewers
from livestream.room.tickets import NOBODY
from livestream.room.viewer import BURST, MOST_WAITING, PATIENCE, RESET, WINDOW, Send, Take, Viewer
from livestream.room.wire import Frame, frame


class Line:
    """A server's send that may be told to wait, as uvicorn's does when a reader does not drain."""

    def __init__(self) -> None:
        self.sent: list[object] = []
        self.is_free = asyncio.Event()
        self.is_free.set()

    async def send(self, message: object) -> None:
        await self.is_free.wait()
        self.sent.append(message)


def _viewer(send: Send, take: Take | None = None) -> Viewer:
    return Viewer(NOBODY, "", "p1", send, lambda code: None, take)


def _frame(number: int) -> Frame:
    return frame("n", n=number)


def _messages(numbers: range) -> list[object]:
    return [_frame(number).message for number in numbers]


async def test_a_frame_that_fits_is_written_before_write_returns():
    line = Line()
    viewer = _viewer(line.send)

    assert viewer.write(_frame(0)) is True
    assert line.sent == _messages(range(1))
    assert len(asyncio.all_tasks()) == 1


async def test_frames_for_a_slow_reader_wait_in_their_order():
    line = Line()
    viewer = _viewer(line.send)
    line.is_free.clear()

    accepted = [viewer.write(_frame(number)) for number in range(5)]
    assert line.sent == []
    line.is_free.set()
    await asyncio.sleep(0.01)

    assert accepted == [True] * 5
    assert line.sent == _messages(range(5))
    assert viewer.write(_frame(5))
    assert line.sent == _messages(range(6))


async def test_ready_frames_go_to_a_server_that_takes_them():
    line, taken = Line(), list[bytes]()
    viewer = _viewer(line.send, lambda frame: not taken.append(frame))  # type: ignore[func-returns-value]

    assert viewer.write(_frame(7)) is True

    assert line.sent == []
    assert taken == [b'\x81\x12{"type":"n","n":7}']


async def test_what_such_a_server_does_not_take_waits_in_line():
    line, taken = Line(), []

    def take(frame: bytes) -> bool:
        if line.is_free.is_set():
            taken.append(frame)
        return line.is_free.is_set()

    viewer = _viewer(line.send, take)
    line.is_free.clear()
    for number in range(3):
        viewer.write(_frame(number))
    line.is_free.set()
    viewer.write(_frame(3))
    await asyncio.sleep(0.01)
    viewer.write(_frame(4))

    assert line.sent == _messages(range(4))  # nothing overtakes what waits
    assert taken == [_frame(4).wire]


@pytest.mark.parametrize(
    ("size", "head"),
    [
        (125, b"\x81\x7d"),
        (126, b"\x81\x7e\x00\x7e"),
        (65_535, b"\x81\x7e\xff\xff"),
        (65_536, b"\x81\x7f\x00\x00\x00\x00\x00\x01\x00\x00"),
    ],
)
def test_a_frame_on_the_line_begins_with_its_length(size, head):
    assert Frame(b"x" * size).wire == head + b"x" * size


async def test_who_does_not_drain_loses_the_place_and_is_told_so():
    line = Line()
    viewer = _viewer(line.send)
    line.is_free.clear()

    accepted = [viewer.write(_frame(number)) for number in range(MOST_WAITING + 2)]
    line.is_free.set()
    await asyncio.sleep(0.01)

    assert accepted == [True] * (MOST_WAITING + 1) + [False]
    assert line.sent == [_frame(0).message, RESET.message]


@pytest.mark.parametrize("has_bound", [True, False])
async def test_only_the_bound_keeps_a_reader_that_never_drains_small(has_bound, monkeypatch):
    if not has_bound:
        monkeypatch.setattr(viewers, "MOST_WAITING", 1_000_000)
    line = Line()
    viewer = _viewer(line.send)
    line.is_free.clear()

    tracemalloc.start()
    for number in range(3_000):
        viewer.write(frame("n", n=f"{number:04000}"))
    held_mb = tracemalloc.get_traced_memory()[0] / 1e6
    tracemalloc.stop()

    assert (held_mb < 2) is has_bound, held_mb
    assert (held_mb > 10) is not has_bound, held_mb
    line.is_free.set()
    await asyncio.sleep(0.01)


async def test_who_does_not_drain_for_long_is_stuck():
    line = Line()
    viewer = _viewer(line.send)
    line.is_free.clear()
    now = asyncio.get_running_loop().time()
    viewer.write(_frame(0))

    assert not viewer.is_stuck(now + PATIENCE - 1)
    assert viewer.is_stuck(now + PATIENCE + 1)
    line.is_free.set()
    await asyncio.sleep(0.01)
    assert not viewer.is_stuck(now + PATIENCE + 1)


async def test_a_socket_that_is_gone_hurts_nobody():
    async def send(message: object) -> None:
        raise ConnectionError

    assert _viewer(send).write(_frame(0)) is False


async def test_a_viewer_may_say_twenty_things_and_then_two_a_second():
    viewer = _viewer(Line().send)

    assert [viewer.may_send(100.0) for _ in range(BURST + 1)] == [True] * BURST + [False]
    assert viewer.may_send(100.0 + WINDOW / BURST)
    assert not viewer.may_send(100.0 + WINDOW / BURST)
