"""What the crew does, as the room's sockets hear it: while messages are in flight, and in two processes."""

from __future__ import annotations

import asyncio
from functools import partial
from uuid import uuid4

import pytest

from livestream.models import RoomEvent
from livestream.moderation import refusals
from livestream.operations import chat, moderation, rules
from livestream.operations.chat import Line
from livestream.operations.follows import follow
from tests.concurrency import run_at_once
from tests.factories import make_session_on_air, make_user
from tests.sockets import aside, room_process, viewer_of

pytestmark = pytest.mark.django_db(transaction=True)

OPEN = {"slow_s": 0, "holds_first": False, "refuses_links": False, "followers_only": False}


def _rules(session, **wishes):
    rules.set_rules(session, **{**OPEN, **wishes})


def test_a_mute_leaves_no_message_that_was_in_flight():
    """Whatever the order, nothing of a muted person can be seen afterwards."""
    for _ in range(5):
        session, siti = make_session_on_air(), make_user()
        first = chat.say(session, sender=siti, text="satu", client_id=uuid4())
        lines = [[Line(siti.pk, "Siti", f"pesan {number}", uuid4())] for number in range(6)]
        mute = partial(moderation.mute_person, session, seq=first.seq, by=session.host)

        run_at_once(mute, *(partial(chat.say_all, session.pk, lines=line) for line in lines))

        shown = RoomEvent.objects.filter(session=session, kind="chat", removed_at__isnull=True)
        assert not shown.exists()
        (refused,) = chat.say_all(session.pk, lines=[Line(siti.pk, "Siti", "lagi", uuid4())])
        assert isinstance(refused, refusals.Muted)


def test_two_moderators_decide_once():
    session, siti = make_session_on_air(), make_user()
    held = chat.say(session, sender=siti, text="pindah wa aja", client_id=uuid4())
    decide = [
        partial(operation, session, held_id=held.pk, by=session.host)
        for operation in (moderation.publish_held, moderation.reject_held, moderation.publish_held)
    ]

    outcomes = run_at_once(*decide)

    assert sum(isinstance(outcome, moderation.AlreadyDecided) for outcome in outcomes) == 2
    assert RoomEvent.objects.filter(kind="chat").count() <= 1


def test_every_process_hears_of_a_mute_and_of_new_rules(room_port):
    session, siti, budi = make_session_on_air(), make_user(), make_user()

    async def story(second_port):
        async with (
            viewer_of(session.code, port=room_port, user=siti) as here,
            viewer_of(session.code, port=second_port, user=siti) as there,
            viewer_of(session.code, port=second_port, user=budi) as other,
        ):
            await here.say("satu")
            await there.item()
            await there.say("dua")
            for viewer in (here, there, other):
                while viewer.last < 2:
                    await viewer.frame()
            await aside(moderation.mute_person, session, seq=1, by=session.host, minutes=5)
            hushed = await other.item("hushed")
            muted = await here.hear("muted")
            refused = []
            for viewer in (here, there):
                await viewer.say("tiga")
                refused.append(await viewer.hear("refused"))
            await aside(_rules, session, slow_s=30)
            await other.item("rules")
            await other.say("empat")
            await other.say("lima")
            slow = await other.hear("refused")
        async with viewer_of(session.code, port=second_port) as latecomer:
            hello = await latecomer.hear("hello")
            while latecomer.last < hello["head"]:
                await latecomer.frame()
            return hushed, muted, refused, slow, hello, latecomer.items

    with room_process() as (_, second_port):
        hushed, muted, refused, slow, hello, late = asyncio.run(story(second_port))

    assert hushed["of"] == [1, 2]
    assert muted["until"] > 0
    assert [frame["reason"] for frame in refused] == ["muted", "muted"]
    assert refused[0]["until"] == muted["until"]
    assert slow["reason"] == "slow"
    assert 29_000 < slow["wait_ms"] <= 30_000
    assert hello["rules"] == {**OPEN, "slow_s": 30}
    assert "satu" not in str(late)
    assert "dua" not in str(late)


def test_a_blocked_word_is_refused_while_the_show_goes_on(room_port):
    session, siti = make_session_on_air(), make_user()

    async def story():
        async with viewer_of(session.code, port=room_port, user=siti) as viewer:
            await viewer.say("sambal ada")
            await viewer.item()
            await aside(rules.set_shop_words, session.shop, words=["sambal"])
            client_id = await viewer.say("S4MB4L mana")
            return client_id, await viewer.hear("refused")

    client_id, refused = asyncio.run(story())

    assert (refused["id"], refused["reason"]) == (client_id, "word")


def test_whoever_follows_amid_the_show_speaks_at_once(room_port):
    session, siti = make_session_on_air(), make_user()
    _rules(session, followers_only=True)

    async def story():
        async with viewer_of(session.code, port=room_port, user=siti) as viewer:
            hello = await viewer.hear("hello")
            await viewer.say("Halo")
            refused = await viewer.hear("refused")
            await aside(follow, session.shop, user=siti)
            told = await viewer.hear("following")
            await viewer.say("Halo lagi")
            return hello, refused, told, await viewer.item("chat")

    hello, refused, told, item = asyncio.run(story())

    assert hello["rules"]["followers_only"]
    assert refused["reason"] == "followers"
    assert told["on"] is True
    assert item["text"] == "Halo lagi"


def test_a_held_message_is_told_to_its_sender_and_to_the_crew(room_port):
    session, siti = make_session_on_air(), make_user()

    async def story():
        async with (
            viewer_of(session.code, port=room_port, user=siti) as viewer,
            viewer_of(session.code, port=room_port, user=session.host) as host,
        ):
            client_id = await viewer.say("pindah wa aja")
            held = await viewer.hear("held")
            called = await host.hear("crew")
            waiting = await aside(lambda: session.held_messages.get().pk)
            await aside(moderation.publish_held, session, held_id=waiting, by=session.host)
            return client_id, held, called, await viewer.item()

    client_id, held, called, item = asyncio.run(story())

    assert held["id"] == client_id == item["id"]
    assert called["matters"] == ["held"]


def test_a_rejected_message_is_told_to_its_sender_alone(room_port):
    session, siti, budi = make_session_on_air(), make_user(), make_user()

    async def story():
        async with (
            viewer_of(session.code, port=room_port, user=siti) as viewer,
            viewer_of(session.code, port=room_port, user=budi) as other,
        ):
            await viewer.say("pindah wa aja")
            await viewer.hear("held")
            waiting = await aside(lambda: session.held_messages.get().pk)
            await aside(moderation.reject_held, session, held_id=waiting, by=session.host)
            refused = await viewer.hear("refused")
            await other.say("Halo")
            await other.item()
            return refused, other.frames

    refused, heard = asyncio.run(story())

    assert refused["reason"] == "rejected"
    assert not [frame for frame in heard if frame["type"] in {"refused", "crew", "held"}]


def test_a_phone_number_never_travels(room_port):
    session, siti, budi = make_session_on_air(), make_user(), make_user()

    async def story():
        async with (
            viewer_of(session.code, port=room_port, user=siti) as viewer,
            viewer_of(session.code, port=room_port, user=budi) as other,
        ):
            await viewer.say("WA 081234567890")
            return await other.item()

    item = asyncio.run(story())

    assert (item["text"], item["masked"]) == ("WA •••••", True)


def test_a_latecomer_sees_the_pinned_comment(room_port):
    session, siti = make_session_on_air(), make_user()

    async def story():
        async with viewer_of(session.code, port=room_port, user=siti) as viewer:
            await viewer.say("Kirim jam berapa?")
            item = await viewer.item()
            await aside(moderation.pin_comment, session, seq=item["seq"])
            await viewer.item("comment")
        async with viewer_of(session.code, port=room_port) as latecomer:
            return await latecomer.hear("hello")

    assert asyncio.run(story())["comment"]["text"] == "Kirim jam berapa?"
