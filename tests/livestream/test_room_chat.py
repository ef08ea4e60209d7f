"""Chat over the room's socket."""

from __future__ import annotations

import asyncio
from uuid import uuid4

import pytest

from livestream.models import Mute, RoomEvent
from livestream.operations import moderation
from tests.factories import make_session, make_session_on_air, make_user
from tests.sockets import aside, room_process, viewer_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("server", ["daphne", "uvicorn", "shortcut"])
def test_everyone_hears_a_message_once_and_in_order(server):
    session, siti, budi = make_session_on_air(), make_user(name="Siti Aminah"), make_user()

    async def story(port):
        async with (
            viewer_of(session.code, port=port, user=siti) as one,
            viewer_of(session.code, port=port, user=budi) as two,
        ):
            await one.say("Ada yang L?")
            await two.item()
            await two.say("Saya mau satu")
            for viewer in (one, two):
                while viewer.last < 2:
                    await viewer.frame()
            return one.items, two.items

    with room_process(server) as (_, port):
        mine, theirs = asyncio.run(story(port))

    said = [(1, "Siti A.", "Ada yang L?"), (2, budi.chat_name, "Saya mau satu")]
    assert [(item["seq"], item["name"], item["text"]) for item in mine] == said
    assert [(item["seq"], item["name"], item["text"]) for item in theirs] == said


def test_a_message_is_stored_before_it_is_heard(room_port):
    session, siti = make_session_on_air(), make_user()

    async def story():
        async with viewer_of(session.code, port=room_port, user=siti) as viewer:
            await viewer.say("Halo")
            return await viewer.item()

    item = asyncio.run(story())

    stored = RoomEvent.objects.get(session=session)
    assert (stored.seq, stored.text, stored.sender) == (item["seq"], "Halo", siti)


def test_the_host_is_marked(room_port):
    session = make_session_on_air()

    async def story():
        async with viewer_of(session.code, port=room_port, user=session.host) as viewer:
            await viewer.say("Selamat datang")
            return await viewer.item()

    assert asyncio.run(story())["host"] is True


def test_one_id_is_one_message_however_often_it_is_sent(room_port):
    session, siti, client_id = make_session_on_air(), make_user(), str(uuid4())

    async def story():
        for _ in range(2):
            async with viewer_of(session.code, port=room_port, user=siti) as viewer:
                await viewer.say("Sekali saja", client_id)
                await viewer.say("Sekali saja", client_id)
                await viewer.item()
        async with viewer_of(session.code, port=room_port, user=siti) as viewer:
            await viewer.say("Lain")
            while viewer.last < 2:
                await viewer.frame()
            return viewer.items

    items = asyncio.run(story())

    assert [item["text"] for item in items] == ["Sekali saja", "Lain"]
    assert items[0]["id"] == client_id


def test_a_stranger_may_look_but_not_speak(room_port):
    session = make_session_on_air()

    async def story():
        async with viewer_of(session.code, port=room_port) as viewer:
            await viewer.say("Halo")
            return await viewer.hear("refused")

    assert asyncio.run(story())["reason"] == "login"
    assert not RoomEvent.objects.exists()


@pytest.mark.parametrize(
    ("text", "reason"), [("  \u200b\u202e ", "empty"), ("a" * 301, "long"), ("b" * 60_000, "long")]
)
def test_refuses_what_cannot_be_shown(room_port, text, reason):
    session, siti = make_session_on_air(), make_user()

    async def story():
        async with viewer_of(session.code, port=room_port, user=siti) as viewer:
            await viewer.say(text)
            return await viewer.hear("refused")

    assert asyncio.run(story())["reason"] == reason
    assert not RoomEvent.objects.exists()


def test_a_muted_person_is_refused_and_told(room_port):
    session, siti = make_session_on_air(), make_user()

    async def story():
        async with viewer_of(session.code, port=room_port, user=siti) as viewer:
            await viewer.say("Bagus")
            item = await viewer.item()
            await aside(moderation.mute_person, session, seq=item["seq"], by=session.host)
            await viewer.hear("muted")
            await viewer.say("Lagi")
            return await viewer.hear("refused")

    assert asyncio.run(story())["reason"] == "muted"
    assert Mute.objects.get(session=session).user == siti
    assert RoomEvent.objects.filter(kind="chat").count() == 1


def test_an_ended_session_hears_nobody(room_port):
    session, siti = make_session_on_air(), make_user()
    session.ended_at = session.planned_at
    session.save()

    async def story():
        async with viewer_of(session.code, port=room_port, user=siti) as viewer:
            await viewer.say("Masih ada?")
            return await viewer.hear("refused")

    assert asyncio.run(story())["reason"] == "closed"


def test_a_removed_message_goes_away_and_never_comes_back(room_port):
    session, siti = make_session_on_air(), make_user()

    async def story():
        async with viewer_of(session.code, port=room_port, user=siti) as viewer:
            await viewer.say("Kata yang kasar")
            item = await viewer.item()
            await aside(moderation.remove_message, session, seq=item["seq"], by=session.host)
            removed = await viewer.item("removed")
        async with viewer_of(session.code, port=room_port) as latecomer:
            while latecomer.last < 2:
                await latecomer.frame()
            return removed, latecomer.items

    removed, late = asyncio.run(story())

    assert removed["of"] == 1
    assert [(item["kind"], item["of"]) for item in late] == [("removed", 1), ("removed", 1)]
    assert "kasar" not in str(late)


def test_a_planned_session_has_a_waiting_room(room_port):
    session, siti = make_session(), make_user()

    async def story():
        async with viewer_of(session.code, port=room_port, user=siti) as viewer:
            hello = await viewer.hear("hello")
            await viewer.say("Jam berapa?")
            return hello, await viewer.item()

    hello, item = asyncio.run(story())

    assert (hello["state"], hello["head"], item["text"]) == ("upcoming", 0, "Jam berapa?")
