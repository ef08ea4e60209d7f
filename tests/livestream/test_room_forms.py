"""The room over plain HTTP."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.urls import reverse

from livestream.models import Mute, RoomEvent
from livestream.operations import chat as operations
from livestream.operations import moderation
from tests.factories import make_session_on_air, make_user

pytestmark = pytest.mark.django_db

JSON = {"HTTP_ACCEPT": "application/json"}


@pytest.fixture
def session():
    return make_session_on_air()


@pytest.fixture
def siti():
    return make_user(name="Siti Aminah")


def _address(name, session):
    return reverse(f"livestream:{name}", args=[session.code])


def _say(session, sender, text="Halo"):
    return operations.say(session, sender=sender, text=text, client_id=uuid4())


def test_a_plain_form_says_it_and_returns_to_the_room(client, session, siti):
    client.force_login(siti)

    answer = client.post(_address("say", session), {"text": "Masih ada?"})

    assert (answer.status_code, answer.url) == (302, f"/live/{session.code}/#chat")
    assert [event.text for event in RoomEvent.objects.all()] == ["Masih ada?"]


def test_the_same_form_sent_twice_says_one_thing(client, session, siti):
    client.force_login(siti)
    fields = {"text": "Masih ada?", "id": str(uuid4())}

    answers = [client.post(_address("say", session), fields, **JSON).json() for _ in range(2)]

    assert answers == [{"seq": 1}, {"seq": 1}]
    assert RoomEvent.objects.count() == 1


@pytest.mark.parametrize(("text", "status"), [(" \u200b ", 422), ("a" * 301, 422)])
def test_what_cannot_be_shown_comes_back_with_the_reason(client, session, siti, text, status):
    client.force_login(siti)

    answer = client.post(_address("say", session), {"text": text})

    assert answer.status_code == status
    assert "Pesanmu belum terkirim" in answer.content.decode()
    assert not RoomEvent.objects.exists()


def test_a_muted_person_is_refused(client, session, siti):
    Mute.objects.create(session=session, user=siti)
    client.force_login(siti)

    answer = client.post(_address("say", session), {"text": "Halo"}, **JSON)

    assert (answer.status_code, answer.json()) == (409, {"reason": "muted", "until": None})
    assert not RoomEvent.objects.exists()


def test_the_twenty_first_message_in_ten_seconds_is_refused(client, session, siti):
    client.force_login(siti)
    for _ in range(20):
        client.post(_address("say", session), {"text": "Halo"}, **JSON)

    answer = client.post(_address("say", session), {"text": "Halo"}, **JSON)

    assert (answer.status_code, answer.json()) == (429, {"reason": "fast"})
    assert RoomEvent.objects.count() == 20


def test_catching_up_gives_what_came_after_a_number(client, session, siti):
    for text in ("satu", "dua", "tiga"):
        _say(session, siti, text)

    page = client.get(_address("events", session), {"last": "1"}).json()

    assert (page["from"], page["to"], page["head"]) == (2, 3, 3)
    assert [(item["seq"], item["name"], item["text"]) for item in page["items"]] == [
        (2, "Siti A.", "dua"),
        (3, "Siti A.", "tiga"),
    ]


def test_catching_up_never_gives_back_what_the_host_removed(client, session, siti):
    _say(session, siti, "kasar")
    moderation.remove_message(session, seq=1, by=session.host)

    page = client.get(_address("events", session)).json()

    assert [(item["kind"], item["of"]) for item in page["items"]] == [("removed", 1), ("removed", 1)]
    assert "kasar" not in str(page)


@pytest.mark.parametrize("last", ["-1", "x", "1.5", "٣", "9" * 30])
def test_catching_up_from_nonsense_is_not_found(client, session, last):
    assert client.get(_address("events", session), {"last": last}).status_code == 404


def test_the_host_removes_a_message(client, session, siti):
    said = _say(session, siti)
    client.force_login(session.host)

    answer = client.post(_address("remove", session), {"seq": said.seq})

    said.refresh_from_db()
    assert answer.url == reverse("livestream:studio", args=[session.code])
    assert said.removed_at is not None
    assert list(RoomEvent.objects.filter(kind="removed").values_list("seq", "payload")) == [(2, {"of": 1})]


def test_removing_twice_is_told_once(client, session, siti):
    _say(session, siti)

    for _ in range(2):
        moderation.remove_message(session, seq=1, by=session.host)

    assert RoomEvent.objects.filter(kind="removed").count() == 1


def test_the_host_mutes_whoever_said_it(client, session, siti):
    said = _say(session, siti)
    client.force_login(session.host)

    answer = client.post(_address("mute", session), {"seq": said.seq}, **JSON)

    assert answer.status_code == 204
    assert Mute.objects.get().user == siti


def test_the_host_cannot_mute_the_host(session):
    said = _say(session, session.host)

    with pytest.raises(moderation.OfTheCrew):
        moderation.mute_person(session, seq=said.seq, by=session.host)

    assert not Mute.objects.exists()


@pytest.mark.parametrize("name", ["remove", "mute"])
def test_only_the_host_moderates(client, session, siti, name):
    said = _say(session, siti)
    client.force_login(make_user())

    answer = client.post(_address(name, session), {"seq": said.seq})

    said.refresh_from_db()
    assert answer.status_code == 404
    assert said.removed_at is None
    assert not Mute.objects.exists()


@pytest.mark.parametrize("name", ["remove", "mute"])
@pytest.mark.parametrize("seq", ["", "x", "99", "-1"])
def test_moderating_no_message_is_not_found(client, session, name, seq):
    client.force_login(session.host)

    assert client.post(_address(name, session), {"seq": seq}).status_code == 404
