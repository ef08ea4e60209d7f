"""A mentor's cue…"""

from __future__ import annotations

import asyncio
import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from livestream.models import CrewMember, Cue, Role, RoomEvent
from livestream.operations import crew, cues
from tests.factories import make_crew_member, make_session_on_air, make_user
from tests.sockets import aside, viewer_of

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def session():
    return make_session_on_air(media_ms=90_000)


@pytest.fixture
def mentor(session):
    return make_crew_member(session, role=Role.MENTOR)


def post(session, user, text):
    client = Client()
    client.force_login(user)
    return client.post(reverse("livestream:cue", args=[session.code]), {"text": text}, headers=HTMX)


def read(session, user):
    client = Client()
    client.force_login(user)
    return client.get(reverse("livestream:cues", args=[session.code]))


def test_is_kept_with_its_place_in_the_show_and_in_no_public_log(session, mentor):
    assert post(session, mentor, "  tunjukkan jahitannya ").status_code == 200

    cue = Cue.objects.get()
    assert (cue.text, cue.media_ms, cue.mentor) == ("tunjukkan jahitannya", 90_000, mentor)
    assert not RoomEvent.objects.exists()


def test_is_read_by_the_host_and_the_co_host_only(session, mentor):
    co_host = make_crew_member(session, role=Role.CO_HOST)
    moderator = make_crew_member(session, role=Role.MODERATOR)
    cues.give_cue(session, by=mentor, text="sapa penonton")

    for leader in (session.host, co_host):
        assert "sapa penonton" in read(session, leader).content.decode()
    for other in (moderator, mentor, make_user()):
        assert read(session, other).status_code == 404


@pytest.mark.parametrize("role", [Role.CO_HOST, Role.MODERATOR, Role.GUEST])
def test_comes_from_a_mentor_only(session, role):
    assert post(session, make_crew_member(session, role=role), "halo").status_code == 404
    assert not Cue.objects.exists()


def test_comes_from_nobody_who_was_sent_away(session, mentor):
    crew.revoke(CrewMember.objects.get(user=mentor))

    assert post(session, mentor, "halo").status_code == 404


@pytest.mark.parametrize("text", ["", "   ", "\u200b", "a" * 121, "a" * 5_000])
def test_is_short_and_says_something(session, mentor, text):
    assert post(session, mentor, text).status_code == 422
    assert not Cue.objects.exists()


def test_does_not_come_faster_than_anyone_can_read(session, mentor):
    for number in range(cues.MOST_AT_ONCE):
        cues.give_cue(session, by=mentor, text=f"bisikan {number}")

    assert post(session, mentor, "satu lagi").status_code == 429
    assert Cue.objects.count() == cues.MOST_AT_ONCE


def test_does_not_come_after_the_show(session, mentor):
    session.ended_at = timezone.now()
    session.save()

    assert post(session, mentor, "halo").status_code == 409


def test_is_markup_nowhere(session, mentor):
    cues.give_cue(session, by=mentor, text="<b>tebal</b>")

    assert "<b>tebal" not in read(session, session.host).content.decode()


def test_needs_no_script(session, mentor):
    client = Client()
    client.force_login(mentor)

    answer = client.post(reverse("livestream:cue", args=[session.code]), {"text": "sapa"})

    assert answer["Location"] == reverse("livestream:studio", args=[session.code])


def test_mentors_see_no_money_and_no_buyers(session, mentor):
    client = Client()
    client.force_login(mentor)

    assert client.get(reverse("livestream:studio", args=[session.code])).status_code == 200
    board = client.get(reverse("insights:board", args=[session.code]), headers=HTMX).content.decode()
    assert "Omzet" not in board
    assert not re.search(r"\bRp\d", board)  # a form's token may have these letters inside


@pytest.mark.django_db(transaction=True)
def test_is_heard_at_once_and_by_the_leaders_only(room_port):
    session = make_session_on_air()
    mentor = make_crew_member(session, role=Role.MENTOR)
    moderator = make_crew_member(session, role=Role.MODERATOR)

    async def story():
        async with (
            viewer_of(session.code, port=room_port, user=session.host) as host,
            viewer_of(session.code, port=room_port, user=moderator) as other,
            viewer_of(session.code, port=room_port) as guest,
        ):
            for person in (host, other, guest):
                await person.hear("hello")
            cue = await aside(cues.give_cue, session, by=mentor, text="Pelan-pelan")
            heard = await host.hear("cue")
            for person in (other, guest):
                await person.hear("beat")
            return cue, heard, other.frames + guest.frames

    cue, heard, others = asyncio.run(story())

    assert heard == {"type": "cue", "id": cue.pk, "text": "Pelan-pelan", "name": cue.mentor_name}
    assert all(frame["type"] != "cue" for frame in others)
