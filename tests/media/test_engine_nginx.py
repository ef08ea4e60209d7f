"""The whole road with a real engine: browsers' shows go out to it, OBS comes in from it."""

from __future__ import annotations

import asyncio
import os
import signal
import time
import urllib.request
from pathlib import Path

import av
import pytest
from django.db import connections

from livestream.engine import RtmpEngine
from livestream.media import shelf as shelf_module
from livestream.media.assembly import media_app
from livestream.media.market import in_database
from livestream.media.wire import config_text
from livestream.models import EngineRecording, EngineStream
from livestream.operations import air, streams
from livestream.outside import outside_engine
from tests.factories import make_session
from tests.media import nginx, obs
from tests.media.house import next_bytes, next_text, publisher_of, serving, viewer_of
from tests.media.material import config, messages

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    with nginx.running(tmp_path_factory.mktemp("nginx")) as running:
        yield running


@pytest.fixture
def address(engine, settings, monkeypatch):
    monkeypatch.setitem(connections.settings["default"], "CONN_MAX_AGE", 0)
    monkeypatch.setattr(shelf_module, "MIN_FREE_BYTES", 0)
    settings.LIVE_ENGINE = "nginx-rtmp"
    settings.LIVE_ENGINE_RTMP_URL = settings.LIVE_ENGINE_PUBLIC_RTMP_URL = f"rtmp://127.0.0.1:{engine.rtmp}"
    settings.LIVE_ENGINE_HLS_URL = f"http://127.0.0.1:{engine.hls}"
    settings.LIVE_ENGINE_CONTROL_URL = f"http://127.0.0.1:{engine.control}"
    settings.LIVE_HOOK_SECRET = nginx.SECRET
    with serving(media_app(), engine.media) as address:
        yield address


@pytest.fixture
def session():
    return make_session()


@pytest.fixture
def market(address):
    """The engine as the pages know it."""
    outside = outside_engine()
    assert outside is not None
    return RtmpEngine(outside)


def obs_url(market, session) -> str:
    target = market.publish_target(session, session.host, kind="obs")
    return f"{target.url}/{target.token}"


async def eventually(is_so, *, seconds: float = 8):
    """The truth it came to; `is_so` runs where the database may be asked."""
    async with asyncio.timeout(seconds):
        while not (found := await in_database(is_so)()):
            await asyncio.sleep(0.05)
    return found


async def send_on(publisher, seconds: int) -> None:
    """At the pace of a camera."""
    await publisher.send(config_text(config()))
    for message in messages(seconds):
        await publisher.send(message)
        await asyncio.sleep(1 / 25)


def is_live(session) -> bool:
    session.refresh_from_db()
    return bool(session.went_live_at and not session.interrupted_at)


async def test_a_browsers_show_goes_out_to_the_crowd(address, engine, market, session):
    token = await in_database(market.publish_target)(session, session.host)
    async with publisher_of(address, session.code, token.token) as publisher:
        sending = asyncio.create_task(send_on(publisher, 5))
        await eventually(lambda: len(engine.segments(session.code)) >= 2)
        far = [way for way in await in_database(market.playback)(session) if way.kind == "hls"]
        playlist = await asyncio.to_thread(read, far[0].url)
        sending.cancel()
        await in_database(air.end_session)(session.code)

    assert far[0].url == f"http://127.0.0.1:{engine.hls}/{session.code}.m3u8"
    assert b".ts" in playlist
    with av.open(str(engine.segments(session.code)[0])) as segment:
        assert {stream.codec_context.name for stream in segment.streams} == {"h264", "aac"}
    assert await eventually(EngineRecording.objects.filter(session=session).first)


async def test_a_killed_push_comes_back_to_the_engine(address, engine, market, session):
    target = await in_database(market.publish_target)(session, session.host)
    async with publisher_of(address, session.code, target.token) as publisher:
        sending = asyncio.create_task(send_on(publisher, 8))
        await eventually(lambda: engine.segments(session.code))

        os.kill(push_child(), signal.SIGKILL)
        killed_at = time.time()

        await eventually(lambda: engine.segments(session.code)[-1].stat().st_mtime > killed_at + 1)
        sending.cancel()


async def test_obs_goes_on_air_and_is_seen_like_a_browser(address, market, session):
    sender = obs.start(await in_database(obs_url)(market, session), 20)
    try:
        await eventually(lambda: is_live(session))
        async with viewer_of(address, session.code) as viewer:
            assert "avc1." in (await next_text(viewer, "init"))["mime"]
            assert (await next_bytes(viewer))[:1] == b"\0"
            assert (await next_bytes(viewer))[:1] == b"\2"
            sender.kill()
            await next_text(viewer, "state", state="reconnecting")
        await eventually(lambda: not is_live(session))
        assert not await in_database(EngineStream.objects.filter(ended_at__isnull=True).exists)()
    finally:
        sender.kill()
        sender.communicate()


async def test_pictures_coded_out_of_order_are_shown_in_order(address, market, session, settings):
    sender = obs.start(await in_database(obs_url)(market, session), 20, "main")
    try:
        folder = Path(settings.LIVE_ROOT) / session.code / "0"
        await eventually(lambda: (folder / "s2.m4s").exists(), seconds=12)
        whole = b"".join((folder / name).read_bytes() for name in ("init0.mp4", "s1.m4s", "s2.m4s"))
        clip = folder / "clip.mp4"
        clip.write_bytes(whole)
        with av.open(str(clip)) as shown:
            times = [frame.pts for frame in shown.decode(video=0)]
        assert len(times) >= 40
        assert times == sorted(set(times))
    finally:
        sender.kill()
        sender.communicate()


async def test_a_wrong_key_is_turned_away(address, engine, session):
    sender = obs.start(f"rtmp://127.0.0.1:{engine.rtmp}/obs/{session.code}?token=salah", 3)

    said, _ = await asyncio.to_thread(sender.communicate)

    assert "refused" in said
    assert not await in_database(lambda: is_live(session))()
    assert not await in_database(EngineStream.objects.exists)()


async def test_a_key_that_is_taken_back_ends_the_stream(address, market, session):
    sender = obs.start(await in_database(obs_url)(market, session), 20)
    await eventually(lambda: is_live(session))
    taken_at = time.monotonic()

    await in_database(lambda: streams.revoke_key(session, user=session.host))()

    said, _ = await asyncio.to_thread(sender.communicate)
    assert "refused" in said
    assert time.monotonic() - taken_at < 4
    await eventually(lambda: not is_live(session))


async def test_an_ended_session_sends_obs_away_for_good(address, market, session):
    url = await in_database(obs_url)(market, session)
    sender = obs.start(url, 20)
    await eventually(lambda: is_live(session))

    await in_database(air.end_session)(session.code)

    assert "refused" in (await asyncio.to_thread(sender.communicate))[0]
    again = obs.start(url, 3)
    assert "refused" in (await asyncio.to_thread(again.communicate))[0]


def read(url: str) -> bytes:
    with urllib.request.urlopen(url) as answer:  # noqa: S310
        return bytes(answer.read())


def push_child() -> int:
    here = os.getpid()
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            if parent == here and b"push_child" in (folder / "cmdline").read_bytes():
                return int(folder.name)
        except (OSError, ValueError):
            continue
    raise AssertionError("nothing is being pushed")
