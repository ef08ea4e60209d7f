"""A show goes outward over RTMP from a process of its own, whatever happens out there."""

from __future__ import annotations

import asyncio
import os
import signal
from pathlib import Path

import pytest

from livestream.media import push
from livestream.media.audience import Audience
from livestream.media.outlets import Outlet, Standing, Trouble
from livestream.media.packager import Init, Packager
from livestream.media.push import Pushes
from livestream.media.rtmp.chunks import Kind
from tests.media.material import packaged, records
from tests.media.rtmp_peer import rtmp_peer

SECRET = "kunci-rahasia"


@pytest.fixture
def quick(monkeypatch):
    monkeypatch.setattr(push, "_PAUSES_S", (0.05,))


class Show:
    """A show that goes on for ever, and what its pushes tell."""

    def __init__(self) -> None:
        self.audience = Audience()
        self.told: list[tuple[Standing, Trouble]] = []
        self.pushes = Pushes(self.audience, lambda name, *state: self.told.append(state))

    async def run(self) -> None:
        end_us = 0
        while True:
            for piece in packaged(Packager(start_us=end_us), records(1, later_us=end_us)):
                if isinstance(piece, Init):
                    self.audience.begin(piece)
                else:
                    self.audience.show(piece)
                    end_us = piece.end_us
                await asyncio.sleep(0.01)

    async def until(self, standing: Standing, trouble: Trouble = Trouble.NONE) -> None:
        async with asyncio.timeout(8):
            while (standing, trouble) not in self.told:
                await asyncio.sleep(0.02)
        self.told.clear()


@pytest.fixture
async def show():
    show = Show()
    life = asyncio.create_task(show.run())
    yield show
    life.cancel()
    await show.pushes.close()


def outlet(port: int, **more) -> Outlet:
    fields = {"url": f"rtmp://127.0.0.1:{port}/live", "may_be_private": True, **more}
    return Outlet("out", key=lambda: SECRET, **fields)


def child_of(parent: int) -> int:
    children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    [child] = [number for number in children if b"push_child" in Path(f"/proc/{number}/cmdline").read_bytes()]
    return int(child)


async def test_pictures_and_sound_arrive_with_their_heads_first(show):
    async with rtmp_peer() as peer:
        show.pushes.keep([outlet(peer.port)])
        await show.until(Standing.CONNECTED)
        async with asyncio.timeout(5):
            while len(peer.media) < 60:
                await asyncio.sleep(0.02)

    picture_head, sound_head, *rest = peer.media
    assert picture_head.payload[:2] == b"\x17\0"
    assert sound_head.payload[:2] == b"\xaf\0"
    assert {message.kind for message in rest} == {Kind.VIDEO, Kind.SOUND}
    times = [message.time_ms for message in rest if message.kind == Kind.VIDEO]
    assert times == sorted(times)
    assert times[0] < 100


async def test_a_killed_child_is_back_at_once(show, quick):
    async with rtmp_peer() as peer:
        show.pushes.keep([outlet(peer.port)])
        await show.until(Standing.CONNECTED)

        os.kill(child_of(os.getpid()), signal.SIGKILL)

        await show.until(Standing.LOST, Trouble.UNREACHABLE)
        await show.until(Standing.CONNECTED)
        assert peer.connections == 2


async def test_a_server_that_hangs_up_is_called_again(show, quick):
    async with rtmp_peer() as peer:
        show.pushes.keep([outlet(peer.port)])
        await show.until(Standing.CONNECTED)

        peer.wires[-1].writer.close()

        await show.until(Standing.LOST, Trouble.UNREACHABLE)
        await show.until(Standing.CONNECTED)


async def test_a_stopped_child_is_found_out(show, quick, monkeypatch):
    monkeypatch.setattr(push, "_SILENCE_S", 1.5)
    async with rtmp_peer() as peer:
        show.pushes.keep([outlet(peer.port)])
        await show.until(Standing.CONNECTED)
        child = child_of(os.getpid())

        os.kill(child, signal.SIGSTOP)

        await show.until(Standing.LOST, Trouble.STALLED)
        await show.until(Standing.CONNECTED)


@pytest.mark.parametrize(
    ("url", "may_be_private", "trouble"),
    [
        ("rtmp://nama.yang.tidak.ada.invalid/live", True, Trouble.UNKNOWN_HOST),
        ("rtmp://127.0.0.1:1/live", True, Trouble.UNREACHABLE),
        ("rtmp://127.0.0.1:1935/live", False, Trouble.PRIVATE_HOST),
        ("rtmp://localhost/live", False, Trouble.PRIVATE_HOST),
    ],
)
async def test_tells_why_there_is_no_connection(show, url, may_be_private, trouble):
    show.pushes.keep([outlet(1, url=url, may_be_private=may_be_private)])

    await show.until(Standing.LOST, trouble)


async def test_a_wrong_key_is_told(show):
    async with rtmp_peer() as peer:
        peer.refuses = True
        show.pushes.keep([outlet(peer.port)])

        await show.until(Standing.LOST, Trouble.REFUSED)


async def test_an_outlet_that_is_not_wanted_any_more_is_left_with_a_goodbye(show):
    async with rtmp_peer() as peer:
        show.pushes.keep([outlet(peer.port)])
        await show.until(Standing.CONNECTED)

        show.pushes.keep([])
        await show.pushes.close()

        await asyncio.sleep(0.1)
        assert peer.commands[-1][0] == "deleteStream"


async def test_a_new_key_makes_a_new_connection(show):
    async with rtmp_peer() as peer:
        show.pushes.keep([outlet(peer.port, version="1")])
        await show.until(Standing.CONNECTED)
        show.pushes.keep([outlet(peer.port, version="1")])
        show.pushes.keep([outlet(peer.port, version="2")])
        await show.until(Standing.CONNECTED)

        assert peer.connections == 2


async def test_the_key_stands_in_no_command_line_and_no_environment(show):
    async with rtmp_peer() as peer:
        show.pushes.keep([outlet(peer.port)])
        await show.until(Standing.CONNECTED)
        child = Path(f"/proc/{child_of(os.getpid())}")

        assert SECRET.encode() not in (child / "cmdline").read_bytes() + (child / "environ").read_bytes()
        assert any(command[3] == SECRET for command in peer.commands if command[0] == "publish")
