import asyncio
import contextlib
import io
import itertools
import threading
import urllib.error
import urllib.request

import av
import pytest
from django.db import connections
from PIL import Image
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from livestream.engine import engine
from livestream.media import connection as connection_module
from livestream.media import packager as packager_module
from livestream.media import shelf as shelf_module
from livestream.media.client import Publisher, Refused
from livestream.media.market import MarketHooks, in_database
from livestream.media.ownership import AlreadyRunning
from livestream.media.station import Station
from livestream.media.tokens import publish_token
from livestream.media.wire import Close, config_text
from livestream.models import CrewMember, Role
from livestream.operations import air, crew, replay
from tests.factories import make_crew_member, make_session, make_user
from tests.media.house import (
    close_code,
    media_process,
    next_bytes,
    next_text,
    publish,
    publisher_of,
    viewer_of,
)
from tests.media.material import config, messages, records

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def session():
    return make_session()


@pytest.fixture
def token(session):
    return engine.publish_target(session, session.host).token


@pytest.fixture
def address(tmp_path, monkeypatch):
    monkeypatch.setitem(connections.settings["default"], "CONN_MAX_AGE", 0)
    monkeypatch.setattr(shelf_module, "MIN_FREE_BYTES", 0)
    with media_process(
        tmp_path / "live", MarketHooks(), origins=frozenset({"https://pasar.test"})
    ) as address:
        yield address


async def state_of(session):
    await in_database(session.refresh_from_db)()
    return session


async def eventually(session, is_so):
    async with asyncio.timeout(5):
        while not is_so(await state_of(session)):
            await asyncio.sleep(0.02)


async def fetch(address, path):
    def get():
        with urllib.request.urlopen(f"http://{address}{path}") as answer:
            return answer.read(), answer.headers

    return await asyncio.to_thread(get)


async def test_pictures_reach_the_viewer_and_the_session_is_live(address, session, token):
    async with (
        viewer_of(address, session.code) as viewer,
        publisher_of(address, session.code, token) as publisher,
    ):
        await next_text(viewer, "state", state="upcoming")
        await publish(publisher, 1)

        assert "avc1." in (await next_text(viewer, "init"))["mime"]
        assert (await next_bytes(viewer))[:1] == b"\0"
        assert (await next_bytes(viewer))[:1] == b"\2"
        await eventually(session, lambda now: now.went_live_at and now.connection_id)
        assert not session.interrupted_at


async def test_the_media_clock_is_told(address, session, token):
    async with publisher_of(address, session.code, token) as publisher:
        await publish(publisher, 2)

        await eventually(session, lambda now: now.media_ms >= 1800)


async def test_a_viewer_learns_how_far_the_show_is(address, session, token):
    async with publisher_of(address, session.code, token) as publisher:
        await publish(publisher, 2)
        await eventually(session, lambda now: now.media_ms >= 1800)
        async with viewer_of(address, session.code) as viewer:
            await viewer.send("ping")

            pong = await next_text(viewer, "pong")

    assert pong["ms"] >= 1800
    assert 0 <= pong["age"] < 10_000


async def test_a_viewer_who_asks_all_the_time_is_answered_now_and_then(address, session):
    async with viewer_of(address, session.code) as viewer:
        questions: list[str | bytes] = ["ping"] * 50
        for question in [*questions, "what?", b"ping", "x" * 10_000]:
            await viewer.send(question)

        await next_text(viewer, "pong")
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(next_text(viewer, "pong"), 0.3)
        await asyncio.sleep(0.3)
        await viewer.send("ping")
        assert await next_text(viewer, "pong")


async def test_a_viewer_who_saves_gets_sound_and_a_still(address, session, token):
    url = f"ws://{address}/media-live/watch/{session.code}?saver"
    async with (
        connect(url, max_queue=None) as listener,
        publisher_of(address, session.code, token) as publisher,
    ):
        await publish(publisher, 3)

        assert "audio/mp4" in (await next_text(listener, "init"))["mime"]
        kinds = {(await next_bytes(listener))[0] for _ in range(3)}
    assert kinds == {0, 2, 3}


async def test_messages_are_acknowledged(address, session, token):
    async with publisher_of(address, session.code, token) as publisher:
        await publish(publisher, 1)

        assert await next_text(publisher, "ack", n=25)


@pytest.mark.parametrize("kind", ["forged", "of another session", "of a stranger"])
async def test_a_wrong_token_is_refused(address, session, token, kind):
    stranger = await in_database(make_user)()
    wrong = {
        "forged": token[:-2] + "xx",
        "of another session": publish_token(code="other", user_id=session.host_id),
        "of a stranger": publish_token(code=session.code, user_id=stranger.pk),
    }

    async with publisher_of(address, session.code, wrong[kind]) as publisher:
        assert await close_code(publisher) == Close.TOKEN_REFUSED
    assert not (await state_of(session)).went_live_at


@pytest.mark.parametrize("visit", [viewer_of, publisher_of])
async def test_other_sites_cannot_open_our_sockets(address, session, token, visit):
    arguments = (token,) if visit is publisher_of else ()

    async with visit(address, session.code, *arguments, origin="https://evil.test") as visitor:
        assert await close_code(visitor) == Close.FOREIGN_ORIGIN


async def test_our_own_site_can_open_our_sockets(address, session):
    for origin in (f"http://{address}", "https://pasar.test"):
        async with viewer_of(address, session.code, origin=origin) as viewer:
            assert await next_text(viewer, "state", state="upcoming")


async def test_nobody_watches_what_does_not_exist(address):
    async with viewer_of(address, "none") as viewer:
        assert await close_code(viewer) == Close.UNKNOWN_SESSION


async def test_a_newer_publisher_takes_over(address, session, token):
    async with publisher_of(address, session.code, token) as old, viewer_of(address, session.code) as viewer:
        await publish(old, 1)
        await next_text(viewer, "state", state="live")
        async with publisher_of(address, session.code, token) as new:
            assert await close_code(old) == Close.TAKEN_OVER
            await publish(new, 1, later_us=50_000_000)

            assert await next_text(viewer, "init")
            first = session.connection_id
            await eventually(session, lambda now: now.connection_id not in (None, first))
            assert not session.interrupted_at


async def test_a_lost_publisher_can_come_back(address, session, token):
    async with viewer_of(address, session.code) as viewer:
        async with publisher_of(address, session.code, token) as publisher:
            await publish(publisher, 1)
            await next_text(viewer, "state", state="live")
        await next_text(viewer, "state", state="reconnecting")
        await eventually(session, lambda now: now.interrupted_at)

        async with publisher_of(address, session.code, token) as publisher:
            await publish(publisher, 1)

            await next_text(viewer, "state", state="live")
            await eventually(session, lambda now: not now.interrupted_at and now.connection_id)


async def test_viewers_hear_nothing_of_a_hiccup(address, session, token):
    async with viewer_of(address, session.code) as viewer:
        async with publisher_of(address, session.code, token) as publisher:
            await publish(publisher, 1)
            await next_text(viewer, "state", state="live")
            await eventually(session, lambda now: now.connection_id)
        first = session.connection_id
        async with publisher_of(address, session.code, token) as publisher:
            await publish(publisher, 1)

            assert (await next_text(viewer, "state"))["state"] == "live"
            await eventually(session, lambda now: now.connection_id not in (None, first))
            assert not session.interrupted_at


async def test_a_goodbye_ends_the_session_and_leaves_a_replay(address, session, token):
    async with (
        viewer_of(address, session.code) as viewer,
        publisher_of(address, session.code, token) as publisher,
    ):
        await publish(publisher, 3)
        await publisher.send('{"type":"bye"}')

        await next_text(viewer, "state", state="ended")
        assert await close_code(viewer) == Close.DONE
    await eventually(session, lambda now: now.ended_at and now.recorded_ms >= 2900)
    playlist, _ = await fetch(address, f"/media-live/hls/{session.code}/replay.m3u8")
    assert playlist.count(b"#EXTINF") == 3


async def test_a_helper_hands_the_picture_back_with_a_goodbye(address, session, token):
    guest = await in_database(make_crew_member)(session, role=Role.GUEST)
    guest_token = publish_token(code=session.code, user_id=guest.pk)
    async with viewer_of(address, session.code) as viewer:
        async with publisher_of(address, session.code, token) as host:
            await publish(host, 1)
            await next_text(viewer, "state", state="live")
            await eventually(session, lambda now: now.went_live_at)
            async with publisher_of(address, session.code, guest_token) as helper:
                assert await close_code(host) == Close.TAKEN_OVER
                await publish(helper, 1, later_us=50_000_000)
                await eventually(session, lambda now: now.publisher_id == guest.pk and now.connection_id)
                await helper.send('{"type":"bye"}')

                await next_text(viewer, "state", state="reconnecting")
        await eventually(session, lambda now: now.interrupted_at and not now.ended_at)
        async with publisher_of(address, session.code, token) as host:
            await publish(host, 1)
            await next_text(viewer, "state", state="live")


async def test_a_helper_who_is_sent_away_is_hung_up_on(address, session, token):
    guest = await in_database(make_crew_member)(session, role=Role.GUEST)
    guest_token = publish_token(code=session.code, user_id=guest.pk)
    async with publisher_of(address, session.code, token) as host:
        await publish(host, 1)
        await eventually(session, lambda now: now.went_live_at)
    async with publisher_of(address, session.code, guest_token) as helper:
        await publish(helper, 1, later_us=50_000_000)
        await eventually(session, lambda now: now.publisher_id == guest.pk and now.connection_id)
        member = await in_database(CrewMember.objects.get)(user=guest)

        await in_database(crew.revoke)(member)

        assert await close_code(helper) == Close.TOKEN_REFUSED
    async with publisher_of(address, session.code, guest_token) as helper:
        assert await close_code(helper) == Close.TOKEN_REFUSED


async def test_a_late_viewer_is_told_that_it_is_over(address, session):
    await in_database(air.end_session)(session.code)

    async with viewer_of(address, session.code) as viewer:
        await next_text(viewer, "state", state="ended")
        assert await close_code(viewer) == Close.DONE


async def test_a_full_house_refuses_another_show(tmp_path, monkeypatch, session, token):
    monkeypatch.setitem(connections.settings["default"], "CONN_MAX_AGE", 0)
    other = await in_database(make_session)()
    other_token = publish_token(code=other.code, user_id=other.host_id)

    with media_process(tmp_path / "small", MarketHooks(), max_shows=1) as address:
        async with publisher_of(address, session.code, token) as first:
            await next_text(first, "ready")
            async with publisher_of(address, other.code, other_token) as second:
                assert await close_code(second) == Close.FULL
            async with publisher_of(address, session.code, token) as again:
                assert await next_text(again, "ready")


async def test_nobody_publishes_into_an_ended_session(address, session, token):
    await in_database(air.end_session)(session.code)

    async with publisher_of(address, session.code, token) as publisher:
        assert await close_code(publisher) == Close.TOKEN_REFUSED


async def test_a_session_ended_by_the_host_sends_the_publisher_away(address, session, token):
    async with publisher_of(address, session.code, token) as publisher:
        await publish(publisher, 1)
        await eventually(session, lambda now: now.went_live_at)
        await in_database(air.end_session)(session.code)

        assert await close_code(publisher) == Close.ENDED


async def test_rubbish_is_sent_away_and_the_session_waits(address, session, token):
    async with publisher_of(address, session.code, token) as publisher:
        await publish(publisher, 1)
        await eventually(session, lambda now: now.went_live_at)
        await publisher.send(b"\xff" * 1000)

        assert await close_code(publisher) == Close.BAD_INPUT
    await eventually(session, lambda now: now.interrupted_at)


async def test_too_much_is_too_much(address, session, token):
    async with publisher_of(address, session.code, token) as publisher:
        await publish(publisher, 1)
        for _ in range(6):
            await publisher.send(bytes(1_000_000))

        assert await close_code(publisher) in (Close.TOO_MUCH, Close.BAD_INPUT)


async def test_a_visitor_who_says_nothing_is_sent_away(address, session, monkeypatch):
    monkeypatch.setattr("livestream.media.publish_socket.HELLO_WITHIN_S", 0.1)

    async with connect(f"ws://{address}/media-live/publish/{session.code}") as visitor:
        assert await close_code(visitor) == Close.BAD_INPUT


async def test_a_publisher_who_falls_silent_is_given_up(address, session, token, monkeypatch):
    monkeypatch.setattr("livestream.media.publish_socket.SILENCE_S", 0.3)

    async with publisher_of(address, session.code, token) as publisher:
        await publish(publisher, 1)

        assert await close_code(publisher) == Close.SILENT
    await eventually(session, lambda now: now.interrupted_at)


async def test_a_packager_that_hangs_is_left_behind(address, session, token, monkeypatch):
    hold = threading.Event()
    with monkeypatch.context() as fault:
        fault.setattr("livestream.media.connection.STUCK_AFTER_S", 0.2)
        fault.setattr("livestream.media.feed.unpack_records", lambda message: hold.wait(8) or [])
        async with publisher_of(address, session.code, token) as publisher:
            for message in [*messages(1)] * 2:
                await publisher.send(message)
            assert await close_code(publisher) == Close.STUCK
    hold.set()

    async with publisher_of(address, session.code, token) as publisher:
        await publish(publisher, 1)
        await eventually(session, lambda now: now.went_live_at)


@pytest.mark.parametrize("fault", ["breaks", "hangs"])
async def test_a_packager_is_replaced_without_the_publisher_noticing(
    address, session, token, monkeypatch, fault
):
    hold, strikes, renewed = threading.Event(), iter([True]), asyncio.Event()
    whole, renew = packager_module.Packager.feed, connection_module.Connection.renew
    loop = asyncio.get_running_loop()

    def faulty(self, record):
        if record.time_us >= 2_100_000 and next(strikes, False):
            if fault == "breaks":
                raise RuntimeError("a fault of ours")
            monkeypatch.setattr(connection_module, "STUCK_AFTER_S", 0.1)
            hold.wait(8)
        yield from whole(self, record)

    def noted(self, **more):
        monkeypatch.setattr(connection_module, "STUCK_AFTER_S", 8)  # the next may be slow
        loop.call_soon_threadsafe(renewed.set)
        return renew(self, **more)

    monkeypatch.setattr(packager_module.Packager, "feed", faulty)
    monkeypatch.setattr(connection_module.Connection, "renew", noted)
    async with (
        viewer_of(address, session.code) as viewer,
        publisher_of(address, session.code, token) as publisher,
    ):
        before, after = itertools.tee(messages(8))
        await publisher.send(config_text(config()))
        for message in itertools.islice(before, 60):  # the fault, and a little that waits behind it
            await publisher.send(message)
        await next_text(viewer, "init")
        async with asyncio.timeout(5):
            await renewed.wait()
        for message in itertools.islice(after, 60, None):
            await publisher.send(message)
        await next_text(viewer, "init")  # of the second packager, on the same connection
        lines = await playlist_up_to(address, session, 5)
    hold.set()

    assert numbers_of(lines) == list(range(numbers_of(lines)[0], numbers_of(lines)[-1] + 1))
    assert lines.count("#EXT-X-DISCONTINUITY") == 1
    assert not (await state_of(session)).interrupted_ms


async def playlist_up_to(address, session, number):
    """Its lines, as soon as this segment is among them."""
    async with asyncio.timeout(5):
        while True:
            with contextlib.suppress(urllib.error.HTTPError):
                found, _ = await fetch(address, f"/media-live/hls/{session.code}/live.m3u8")
                lines = found.decode().splitlines()
                if numbers_of(lines)[-1:] >= [number]:
                    return lines
            await asyncio.sleep(0.02)


def numbers_of(lines):
    return [int(line.partition("/s")[2].partition(".")[0]) for line in lines if line.endswith(".m4s")]


async def test_a_packager_that_breaks_again_and_again_costs_the_connection(
    address, session, token, monkeypatch
):
    def broken(self, record):
        raise RuntimeError("a fault of ours")

    monkeypatch.setattr(packager_module.Packager, "feed", broken)
    async with publisher_of(address, session.code, token) as publisher:
        await publisher.send(config_text(config()))
        with contextlib.suppress(ConnectionClosed):
            for message in messages(3):
                await publisher.send(message)
                await asyncio.sleep(0.02)

        assert await close_code(publisher) == Close.STUCK


async def test_segments_and_poster_are_served_while_live(address, session, token):
    folder = f"/media-live/hls/{session.code}"
    async with publisher_of(address, session.code, token) as publisher:
        await publish(publisher, 3)
        await eventually(session, lambda now: now.media_ms > 2000 and now.poster_at)

        playlist, headers = await fetch(address, f"{folder}/live.m3u8")
        init, _ = await fetch(address, f"{folder}/0/init0.mp4")
        segment, kept = await fetch(address, f"{folder}/0/s1.m4s")
        poster, _ = await fetch(address, engine.poster_url(session))
    assert b"0/s1.m4s" in playlist
    assert headers["cache-control"] == "no-cache"
    assert "immutable" in kept["cache-control"]
    with av.open(io.BytesIO(init + segment)) as container:
        assert sum(1 for _ in container.decode(video=0)) == 25
    assert Image.open(io.BytesIO(poster)).size == (180, 320)


async def test_only_playlists_and_segments_are_served(address, session):
    for name in ("../media.lock", "0/../../media.lock", "0/index.jsonl", "poster.jpg", "0/s1.m4s.part"):
        with pytest.raises(urllib.error.HTTPError) as refusal:
            await fetch(address, f"/media-live/hls/{session.code}/{name}")
        assert refusal.value.code == 404


async def test_a_second_process_on_the_same_folder_is_refused(address, tmp_path):
    with pytest.raises(AlreadyRunning):
        Station(root=tmp_path / "live", hooks=MarketHooks()).start()


async def test_a_program_can_publish_and_say_goodbye(address, session, token):
    url = f"ws://{address}/media-live/publish/{session.code}"

    async with Publisher(url, token, video=config().video, sound=config().sound) as live:
        for record in records(2):
            await live.send_record(record)
        await live.bye()

    await eventually(session, lambda now: now.ended_at and now.recorded_ms >= 1900)


async def test_a_program_hears_that_it_is_refused(address, session):
    url = f"ws://{address}/media-live/publish/{session.code}"

    with pytest.raises(Refused, match="token_refused"):
        async with Publisher(url, "wrong", video=config().video):
            pass


async def test_a_hidden_replay_gives_out_neither_playlist_nor_segments_nor_stills(
    address, session, token, monkeypatch
):
    monkeypatch.setattr("livestream.media.beliefs._BELIEVED_S", 0)
    async with publisher_of(address, session.code, token) as publisher:
        await publish(publisher, 3)
        await publisher.send('{"type":"bye"}')
        await close_code(publisher)
    await eventually(session, lambda now: now.recorded_ms)
    await asyncio.sleep(1.2)  # until the show is no longer at hand
    folder = f"/media-live/hls/{session.code}"
    names = [f"{folder}/replay.m3u8", f"{folder}/0/s1.m4s", f"/media-live/still/{session.code}/1200.jpg"]
    still, _ = await fetch(address, names[2])
    assert Image.open(io.BytesIO(still)).size == (180, 320)

    await in_database(replay.hide_replay)(session)

    for name in names:
        with pytest.raises(urllib.error.HTTPError) as refusal:
            await fetch(address, name)
        assert refusal.value.code == 404
