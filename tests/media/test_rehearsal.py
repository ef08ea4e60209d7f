"""The video of a rehearsal…"""

from __future__ import annotations

import asyncio
import contextlib
import http.client

import pytest
from django.conf import settings as market
from django.db import connections

from livestream.engine import engine
from livestream.media import shelf as shelf_module
from livestream.media import watch_socket
from livestream.media.market import MarketHooks, in_database
from livestream.media.wire import Close
from livestream.models import CrewMember, Role, SessionOutlet
from livestream.operations import crew
from tests.factories import make_crew_member, make_session, make_user
from tests.media.house import close_code, media_process, next_text, publish, publisher_of, viewer_of
from tests.sockets import log_in

COOKIE = market.SESSION_COOKIE_NAME
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def session():
    return make_session(is_rehearsal=True)


@pytest.fixture(autouse=True)
def no_lasting_connections(monkeypatch):
    monkeypatch.setitem(connections.settings["default"], "CONN_MAX_AGE", 0)


@pytest.fixture
def address(tmp_path, monkeypatch):
    monkeypatch.setattr(shelf_module, "MIN_FREE_BYTES", 0)
    monkeypatch.setattr("livestream.media.beliefs._BELIEVED_S", 0)
    monkeypatch.setattr(watch_socket, "LOOKS_APART_S", 0.1)
    with media_process(tmp_path / "live", MarketHooks()) as address:
        yield address


def cookie_of(user):
    return {"Cookie": f"{COOKIE}={log_in(user)}"}


async def answer(address, path, headers):
    def get():
        with contextlib.closing(http.client.HTTPConnection(address, timeout=5)) as line:
            line.request("GET", path, headers=headers)
            found = line.getresponse()
            return found.status, found.headers["cache-control"], found.read()

    return await asyncio.to_thread(get)


async def watched_by(address, session, headers):
    async with viewer_of(address, session.code, additional_headers=headers) as viewer:
        return await close_code(viewer)


async def test_is_given_to_the_crew_and_to_nobody_else(address, session):
    @in_database
    def cookies():
        mentor = make_crew_member(session, role=Role.MENTOR)
        return [cookie_of(person) for person in (make_user(), mentor, session.host)]

    stranger, mentor, host = await cookies()
    token = engine.publish_target(session, session.host).token
    folder = f"/media-live/hls/{session.code}"
    async with publisher_of(address, session.code, token) as publisher:
        await publish(publisher, 3)
        await next_text(publisher, "ack")
        for _ in range(50):
            files = [f"{folder}/live.m3u8", f"{folder}/0/s0.m4s", engine.poster_url(session)]
            told = [await answer(address, name, mentor) for name in files]
            if {status for status, _, _ in told} == {200}:
                break
            await asyncio.sleep(0.1)

        assert {(status, cache) for status, cache, _ in told} == {(200, "private, no-store")}
        for nobody in ({}, stranger, {"Cookie": f"{COOKIE}=made-up"}):
            assert [(await answer(address, name, nobody))[0] for name in files] == [404, 404, 404]
            assert await watched_by(address, session, nobody) == Close.UNKNOWN_SESSION
        async with viewer_of(address, session.code, additional_headers=host) as viewer:
            await next_text(viewer, "init")


async def test_stops_for_a_helper_who_is_sent_away(address, session):
    helper = await in_database(make_crew_member)(session)
    cookies = await in_database(cookie_of)(helper)
    async with viewer_of(address, session.code, additional_headers=cookies) as viewer:
        await next_text(viewer, "state")

        await in_database(lambda: crew.revoke(CrewMember.objects.get(user=helper)))()

        assert await close_code(viewer) == Close.DONE
    assert await watched_by(address, session, cookies) == Close.UNKNOWN_SESSION


async def test_is_passed_on_to_no_engine_and_no_other_platform(session, settings):
    settings.LIVE_ENGINE = "mediamtx"
    place = {"place": 1, "url": "rtmps://elsewhere.test/live", "sealed_key": "x"}
    await in_database(SessionOutlet.objects.create)(session=session, **place)

    assert await MarketHooks().outlets(session.code) == []
