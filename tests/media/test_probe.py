import asyncio
import json
from typing import cast

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from bench.poor_link import Weather, poor_link
from livestream.media.hooks import Hooks
from livestream.media.probe_socket import MEASURE_S
from livestream.media.wire import Close, text_frame
from tests.media.house import close_code, media_process, next_text


class OpenDoors:
    """Everybody with the right word may measure."""

    async def authorise(self, code, token):
        return token == "good"

    async def may_watch(self, code, key):
        return True

    async def may_replay(self, code):
        return True

    async def interrupt_all(self): ...

    async def end_abandoned(self): ...


@pytest.fixture
def address(tmp_path, monkeypatch):
    monkeypatch.setattr("livestream.media.probe_socket.MEASURE_S", 1.0)
    with media_process(tmp_path / "live", cast(Hooks, OpenDoors())) as address:
        yield address


def probe(address, **more):
    return connect(f"ws://{address}/media-live/probe/any", **more)


async def measured(address):
    """As the page does it: never more than twelve pieces on the way."""
    async with probe(address) as seller:
        await seller.send(text_frame("hello", token="good", form="frames"))
        await next_text(seller, "ready")
        room = asyncio.Semaphore(12)
        sending = asyncio.create_task(send_pieces(seller, room))
        async for message in seller:
            told = json.loads(message)
            if told["type"] == "measured":
                break
            room.release()
        sending.cancel()
        return told["kbps"]


async def send_pieces(seller, room):
    while True:
        await room.acquire()
        await seller.send(bytes(16_384))
        await asyncio.sleep(0.04)


async def test_says_what_a_narrow_uplink_carries(address):
    with poor_link(int(address.rpartition(":")[2]), Weather(delay_s=0.02, up_kbps=600)) as link:
        assert 350 < await measured(f"127.0.0.1:{link.port}") < 700


async def test_measures_no_more_than_a_show_needs(address):
    assert 1500 < await measured(address) < 3600


async def test_only_who_may_publish_may_measure(address):
    async with probe(address) as stranger:
        await stranger.send(text_frame("hello", token="forged", form="frames"))

        assert await close_code(stranger) == Close.TOKEN_REFUSED


@pytest.mark.parametrize("words", ["hello?", "[]", b"\0" * 100])
async def test_rubbish_is_sent_away(address, words):
    async with probe(address) as visitor:
        await visitor.send(words)

        assert await close_code(visitor) == Close.BAD_INPUT


async def test_a_piece_too_large_is_sent_away(address):
    async with probe(address) as seller:
        await seller.send(text_frame("hello", token="good", form="frames"))
        await seller.send(bytes(100_000))

        assert await close_code(seller) == Close.BAD_INPUT


async def test_few_may_measure_at_once(address):
    waiting = [probe(address) for _ in range(5)]
    opened = [await one for one in waiting]
    try:
        with pytest.raises(ConnectionClosed) as refusal:
            await asyncio.wait_for(opened[-1].recv(), 3)
        assert refusal.value.rcvd.code == Close.FULL
    finally:
        for one in opened:
            await one.close()


def test_a_measurement_takes_three_seconds():
    assert MEASURE_S == 3.0
