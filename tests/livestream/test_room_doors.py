"""Who gets into a room's socket, and what ends it."""

from __future__ import annotations

import asyncio
import json

import pytest
import websockets
from allauth.account.signals import password_changed
from django.contrib.auth import logout
from django.contrib.sessions.backends.cached_db import SessionStore
from django.contrib.sessions.models import Session
from django.http import HttpRequest
from django.utils import timezone

from accounts.models import User
from livestream.room import reads, tickets
from livestream.room.tickets import Person
from tests.factories import make_session_on_air, make_user
from tests.sockets import aside, log_in, viewer_of
from umkm_market.asgi import application

pytestmark = pytest.mark.django_db(transaction=True)

FOREIGN_ORIGINS = [
    None,
    "null",
    "",
    "http://jahat.test",
    "http://127.0.0.1",
    "http://127.0.0.1:1",
    "http://127.0.0.1.jahat.test:{port}",
    "http://127.0.0.1:{port}@jahat.test",
    "ftp://127.0.0.1:{port}",
    "http://x:abc",
    "http://[::1",
    "http://127.0.0.1:{port}/jalan",
]


@pytest.mark.parametrize("origin", FOREIGN_ORIGINS)
def test_a_foreign_or_broken_origin_is_turned_away(room_port, origin):
    # Daphne itself answers 400 to an origin that is no address.
    assert asyncio.run(_handshake(room_port, "/ws/room/abc", origin)) in {400, 403}


@pytest.mark.parametrize("origin", FOREIGN_ORIGINS)
def test_our_own_door_turns_away_what_a_server_lets_through(origin):
    headers = [(b"host", b"127.0.0.1:8000")]
    if origin is not None:
        headers.append((b"origin", origin.format(port=8000).replace(":8000", ":8001").encode()))
    scope = {"type": "websocket", "path": "/ws/room/abc", "headers": headers, "query_string": b""}
    sent = []

    async def receive():
        return {"type": "websocket.connect"}

    async def send(message):
        sent.append(message["type"])

    asyncio.run(application(scope, receive, send))

    assert sent == ["websocket.close"]


@pytest.mark.parametrize("path", ["/ws/room/", "/ws/room/a%2Fb", "/ws/", "/ws/room/" + "x" * 51])
def test_a_path_to_nowhere_gets_403(room_port, path):
    assert asyncio.run(_handshake(room_port, path, f"http://127.0.0.1:{room_port}")) == 403


def test_a_foreign_host_header_gets_403(room_port):
    origin = "http://jahat.test"

    assert asyncio.run(_handshake(room_port, "/ws/room/abc", origin, Host="jahat.test")) == 403


def test_an_unknown_room_says_so(room_port):
    async def story():
        async with viewer_of("tidak-ada", port=room_port, last=None) as viewer:
            return await viewer.close_code()

    assert asyncio.run(story()) == 4404


def test_a_ticket_is_worth_nothing_in_another_browser(room_port):
    session, siti = make_session_on_air(), make_user()
    stolen = tickets.seal(Person(siti.pk, "Siti", tickets.browser_mark("peramban-siti")), session.code)

    async def story():
        async with viewer_of(session.code, port=room_port, session_key="lain", ticket=stolen) as viewer:
            return await viewer.hear("hello")

    assert asyncio.run(story())["me"] == ""


def test_a_session_lets_in_when_the_ticket_ran_out(room_port):
    session, siti = make_session_on_air(), make_user(name="Siti Aminah")
    key = log_in(siti)

    async def story():
        async with viewer_of(session.code, port=room_port, session_key=key, ticket="habis") as viewer:
            return await viewer.hear("hello")

    assert asyncio.run(story())["me"] == "Siti A."


def test_logging_out_closes_this_browsers_sockets_only(room_port):
    session, siti = make_session_on_air(), make_user()

    async def story():
        async with (
            viewer_of(session.code, port=room_port, user=siti, session_key=log_here) as here,
            viewer_of(session.code, port=room_port, user=siti, session_key=log_there) as there,
        ):
            for viewer in (here, there):
                await viewer.hear("hello")
            await aside(_log_out, siti, log_here)
            code = await here.close_code()
            await there.say("Masih di sini")
            return code, await there.item()

    log_here, log_there = log_in(siti), log_in(siti)
    code, item = asyncio.run(story())

    assert (code, item["text"]) == (4403, "Masih di sini")


def test_a_ban_closes_the_persons_sockets_within_five_seconds(room_port):
    session, siti = make_session_on_air(), make_user()

    async def story():
        async with viewer_of(session.code, port=room_port, user=siti) as viewer:
            await viewer.hear("hello")
            await aside(User.objects.filter(pk=siti.pk).update, is_active=False)
            async with asyncio.timeout(5):
                return await viewer.close_code()

    assert asyncio.run(story()) == 4403


def test_a_new_password_closes_every_socket_opened_with_the_old_one(room_port):
    session, siti = make_session_on_air(), make_user()
    stolen = log_in(siti)

    async def story():
        async with viewer_of(session.code, port=room_port, user=siti, session_key=stolen) as thief:
            await thief.hear("hello")
            await aside(_change_password, siti)
            async with asyncio.timeout(5):
                code = await thief.close_code()
        async with viewer_of(session.code, port=room_port, session_key=stolen, ticket="habis") as thief:
            return code, await thief.hear("hello")

    code, hello = asyncio.run(story())

    assert (code, hello["me"]) == (4403, "")


@pytest.mark.django_db
def test_a_log_in_made_with_an_old_password_is_not_alive():
    siti = make_user()
    old = log_in(siti)
    _change_password(siti)

    assert reads.sessions_alive({old, (new := log_in(siti))}) == {new}


@pytest.mark.django_db
def test_sessions_that_were_ended_or_ran_out_are_not_alive():
    kept, ended, expired = (log_in(make_user()) for _ in range(3))
    Session.objects.filter(session_key=expired).update(expire_date=timezone.now())
    SessionStore(ended).delete()

    assert reads.sessions_alive({kept, ended, expired}) == {kept}


def test_of_one_persons_sockets_the_newest_five_stay(room_port):
    session, siti = make_session_on_air(), make_user()

    async def story():
        async with viewer_of(session.code, port=room_port, user=siti) as oldest:
            await oldest.hear("hello")
            async with (
                viewer_of(session.code, port=room_port, user=siti) as second,
                viewer_of(session.code, port=room_port, user=siti),
                viewer_of(session.code, port=room_port, user=siti),
                viewer_of(session.code, port=room_port, user=siti),
                viewer_of(session.code, port=room_port, user=siti),
            ):
                code = await oldest.close_code()
                await second.say("Aku tinggal")
                return code, await second.item()

    code, item = asyncio.run(story())

    assert (code, item["text"]) == (4409, "Aku tinggal")


def test_more_than_twenty_messages_in_ten_seconds_end_the_socket(room_port):
    session, siti = make_session_on_air(), make_user()

    async def story():
        async with viewer_of(session.code, port=room_port, user=siti) as viewer:
            for number in range(22):
                await viewer.say(f"banjir {number}")
            return await viewer.close_code()

    assert asyncio.run(story()) == 4429


@pytest.mark.parametrize(
    "text",
    [
        *["", "x", "[]", "{}", '{"type":"hello"}', '{"type":"chat"}', '{"type":"like","n":0}'],
        *['{"type":"like","n":true}', '{"type":"resume","last":-1}', '{"type":"resume","last":"1"}'],
        '{"type":"chat","id":"bukan","text":"a"}',
        json.dumps({"type": "chat", "id": "00000000-0000-4000-8000-000000000000", "text": ["a"]}),
    ],
)
def test_what_is_not_in_the_protocol_ends_the_socket(room_port, text):
    session = make_session_on_air()

    async def story():
        async with viewer_of(session.code, port=room_port) as viewer:
            await viewer.send_text(text)
            return await viewer.close_code()

    assert asyncio.run(story()) == 4400


def test_a_frame_over_64_kib_ends_the_socket(room_port):
    session = make_session_on_air()

    async def story():
        async with viewer_of(session.code, port=room_port) as viewer:
            await viewer.send_text("x" * 65_537)
            return await viewer.close_code()

    assert asyncio.run(story()) == 4413


async def _handshake(port: int, path: str, origin: str | None, **headers: str) -> int:
    """The HTTP status that a handshake is answered with."""
    if origin is not None:
        headers["Origin"] = origin.format(port=port)
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    lines = {
        "Host": f"127.0.0.1:{port}",
        "Upgrade": "websocket",
        "Connection": "Upgrade",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
        **headers,
    }
    request = f"GET {path} HTTP/1.1\r\n" + "".join(f"{k}: {v}\r\n" for k, v in lines.items()) + "\r\n"
    writer.write(request.encode())
    status = (await asyncio.wait_for(reader.readline(), 5)).split()[1]
    writer.close()
    return int(status)


def _change_password(user: User) -> None:
    user.set_password("tempe-mendoan-9")
    user.save()
    password_changed.send(sender=User, request=None, user=user)


def _log_out(user: User, session_key: str) -> None:
    request = HttpRequest()
    request.session = SessionStore(session_key)
    request.user = user
    logout(request)


def test_the_handshake_of_our_own_page_is_accepted(room_port):
    session = make_session_on_air()

    async def story():
        url = f"ws://127.0.0.1:{room_port}/ws/room/{session.code}"
        async with websockets.connect(
            url, origin=websockets.Origin(f"http://127.0.0.1:{room_port}"), proxy=None
        ) as wire:
            return json.loads(await wire.recv())

    assert asyncio.run(story())["type"] == "hello"
