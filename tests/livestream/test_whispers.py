"""Words for some people of a room only."""

from __future__ import annotations

import asyncio

import pytest
from django.db import transaction

from livestream import broadcasts
from livestream.models import CrewMember, RoomEvent
from livestream.operations import crew
from tests.factories import make_crew_member, make_session_on_air, make_user
from tests.sockets import aside, viewer_of

pytestmark = pytest.mark.django_db(transaction=True)


def whispers(viewer):
    return [frame for frame in viewer.frames if frame["type"] == "cue"]


def test_reach_those_people_and_nobody_else(room_port):
    session, viewer = make_session_on_air(), make_user()

    def say():
        with transaction.atomic():
            broadcasts.cue_given(session, [session.host_id], {"text": "Pelan"})

    async def story():
        async with (
            viewer_of(session.code, port=room_port, user=session.host) as host,
            viewer_of(session.code, port=room_port, user=viewer) as other,
            viewer_of(session.code, port=room_port) as guest,
        ):
            for person in (host, other, guest):
                await person.hear("hello")
            await aside(say)
            heard = await host.hear("cue")
            for person in (other, guest):
                await person.hear("beat")
            return heard, whispers(other), whispers(guest)

    heard, others, guests = asyncio.run(story())

    assert heard == {"type": "cue", "text": "Pelan"}
    assert (others, guests) == ([], [])
    assert not RoomEvent.objects.exists()


def test_tell_a_helper_that_their_part_has_changed(room_port):
    session = make_session_on_air()
    helper = make_crew_member(session)
    member = CrewMember.objects.get(user=helper)

    async def story():
        async with viewer_of(session.code, port=room_port, user=helper) as viewer:
            await viewer.hear("hello")
            await aside(crew.revoke, member)
            return await viewer.hear("part")

    assert asyncio.run(story()) == {"type": "part"}


def test_a_helper_is_no_viewer_until_sent_away(room_port):
    session = make_session_on_air()
    helper, buyer = make_crew_member(session), make_user()
    member = CrewMember.objects.get(user=helper)

    async def story():
        async with (
            viewer_of(session.code, port=room_port, user=helper) as viewer,
            viewer_of(session.code, port=room_port, user=buyer),
        ):
            before = await viewer.hear_now("viewers")
            await aside(crew.revoke, member)
            return before, await viewer.hear_now("viewers")

    assert asyncio.run(story()) == (1, 2)
