"""What a room answers to too much, too many and too strange."""

from __future__ import annotations

import asyncio
import contextlib
import json
import time
from uuid import uuid4

import pytest
from pytest_django.fixtures import Settings

from livestream.models import RoomEvent
from livestream.room.addresses import address_of
from livestream.room.frames import MOST_AWAY_MS, reconnect
from tests.factories import make_session_on_air, make_user
from tests.sockets import HungUp, room_process, viewer_of


def scope(peer: str | None, *forwarded: bytes) -> dict[str, object]:
    headers = [(b"x-forwarded-for", value) for value in forwarded]
    return {"client": (peer, 1) if peer else None, "headers": headers}


@pytest.mark.parametrize(
    ("peer", "forwarded", "address"),
    [
        ("203.0.113.7", [b"198.51.100.1"], "203.0.113.7"),  # a stranger is not believed
        ("127.0.0.1", [b"198.51.100.1"], "198.51.100.1"),
        ("10.0.0.3", [b"1.1.1.1, 198.51.100.1"], "198.51.100.1"),  # only what the edge wrote itself
        ("10.0.0.3", [b"1.1.1.1", b"198.51.100.1"], "198.51.100.1"),
        ("127.0.0.1", [], "127.0.0.1"),
        ("127.0.0.1", [b"bukan alamat"], ""),
        ("2001:db8:1:2:3:4:5:6", [], "2001:db8:1:2::/64"),  # one household has many of these
        ("::ffff:203.0.113.7", [], "203.0.113.7"),
        (None, [b"198.51.100.1"], ""),
    ],
)
def test_an_address_is_believed_only_from_the_edge(peer, forwarded, address):
    assert address_of(scope(peer, *forwarded)) == address


def test_the_edge_is_a_setting(settings: Settings):
    from livestream.room import addresses

    settings.TRUSTED_EDGE = ["203.0.113.0/24"]
    addresses._is_edge.cache_clear()

    assert address_of(scope("203.0.113.7", b"198.51.100.1")) == "198.51.100.1"
    addresses._is_edge.cache_clear()


@pytest.mark.parametrize(("sockets", "away_ms"), [(1, 1_000), (3_000, 6_000), (100_000, MOST_AWAY_MS)])
def test_the_more_must_come_back_the_more_time_they_get(sockets, away_ms):
    assert json.loads(reconnect(sockets).body) == {"type": "reconnect", "after_ms": away_ms}


@pytest.mark.django_db(transaction=True)
def test_too_many_sockets_from_one_address_are_hung_up_on_at_once():
    session = make_session_on_air()

    async def story(port):
        async with (
            viewer_of(session.code, port=port) as first,
            viewer_of(session.code, port=port) as second,
        ):
            await first.hear("hello")
            await second.hear("hello")
            async with viewer_of(session.code, port=port, last=None) as third:
                code = await third.close_code()
        await asyncio.sleep(0.3)
        async with viewer_of(session.code, port=port) as later:
            return code, (await later.hear("hello"))["head"]

    with room_process(ROOM_SOCKETS_PER_ADDRESS="2") as (_, port):
        assert asyncio.run(story(port)) == (4410, 0)


@pytest.mark.django_db(transaction=True)
def test_of_a_persons_sockets_in_all_processes_the_newest_five_stay(room_port):
    session, siti = make_session_on_air(), make_user()

    async def story(other_port):
        async with contextlib.AsyncExitStack() as stack:
            viewers = []
            for port in [room_port] * 3 + [other_port] * 3:
                viewer = await stack.enter_async_context(viewer_of(session.code, port=port, user=siti))
                await viewer.hear("hello")
                viewers.append(viewer)
            code = await viewers[0].close_code()
            await viewers[1].say("kami berlima tinggal")
            return code, [(await viewer.item())["text"] for viewer in viewers[1:]]

    with room_process() as (_, other_port):
        code, heard = asyncio.run(story(other_port))

    assert code == 4409
    assert heard == ["kami berlima tinggal"] * 5


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("server", ["daphne", "shortcut"])
def test_a_thousand_messages_a_second_from_one_socket_end_it_and_delay_nobody(server):
    session, siti, flooder = make_session_on_air(), make_user(), make_user()

    async def flood(port):
        async with viewer_of(session.code, port=port, user=flooder) as viewer:
            with contextlib.suppress(HungUp, OSError):
                for number in range(1_000):
                    await viewer.say(f"banjir {number}")
            with contextlib.suppress(AssertionError):
                return await viewer.close_code()

    async def story(port):
        async with viewer_of(session.code, port=port, user=siti) as viewer:
            await viewer.hear("hello")
            flooding = asyncio.create_task(flood(port))
            began = time.monotonic()
            for number in range(5):
                await viewer.say(f"tenang {number}")
                while (await viewer.item())["text"] != f"tenang {number}":
                    pass
            return await flooding, time.monotonic() - began

    with room_process(server) as (_, port):
        code, passed = asyncio.run(story(port))

    assert code in {4429, 1006}  # a flooder that does not read may only see the line go
    assert passed < 5
    assert RoomEvent.objects.filter(sender=flooder).count() <= 20


HOSTILE = {
    "bidi": ("\u202eterbalik\u202c \u2066dan\u2069", "terbalik dan"),
    "zalgo": ("Z" + "\u0335" * 40 + "algo", "Z\u0335\u0335algo"),
    "zero-width": ("ja\u200bn\u200cg\u2060an\ufeff", "jangan"),
    "nul": ("satu\x00dua\x07", "satudua"),
    "half an emoji": ("aman \ud83d", "aman"),
    "a whole emoji": ("aman 👨\u200d👩\u200d👧", "aman 👨\u200d👩\u200d👧"),
    "lines": ("satu\r\n\u2028dua", "satu dua"),
}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_characters_do_not_reach_the_room(room_port, kind):
    session, siti = make_session_on_air(), make_user()
    sent, shown = HOSTILE[kind]

    async def story():
        async with viewer_of(session.code, port=room_port, user=siti) as viewer:
            await viewer.say(sent)  # as a browser writes it: what cannot be UTF-8 is escaped
            return (await viewer.item())["text"]

    assert asyncio.run(story()) == shown


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("text", ["\u202e\u200b", "\x00", "\ud83d", "\u0335"])
def test_of_what_nobody_can_see_nothing_is_said(room_port, text):
    session, siti = make_session_on_air(), make_user()

    async def story():
        async with viewer_of(session.code, port=room_port, user=siti) as viewer:
            await viewer.say(text)
            return (await viewer.hear("refused"))["reason"]

    assert asyncio.run(story()) == "empty"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("text", ['{"type":"\\ud83d', "[" * 30_000 + '"\\ud83d"', '"\\ud83d"'])
def test_half_an_emoji_opens_no_door(room_port, text):
    session = make_session_on_air()

    async def story():
        async with viewer_of(session.code, port=room_port) as viewer:
            await viewer.send_text(text)
            return await viewer.close_code()

    assert asyncio.run(story()) == 4400


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("server", "code"), [("edge", 1006), ("shortcut", 1009)])
def test_the_servers_themselves_refuse_a_frame_over_64_kib(server, code):
    session = make_session_on_air()

    async def story(port):
        async with viewer_of(session.code, port=port) as viewer:
            await viewer.send_text(json.dumps({"type": "chat", "id": str(uuid4()), "text": "x" * 65_537}))
            return await viewer.close_code()

    with room_process(server) as (_, port):
        assert asyncio.run(story(port)) == code
