"""What the crew's addresses answer, and the chat as a file."""

from __future__ import annotations

import csv
import io
import itertools
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from livestream.models import (
    Ban,
    BlockedWord,
    CrewMember,
    Follow,
    HeldMessage,
    Permission,
    RoomEvent,
    SessionRules,
)
from livestream.moderation import refusals
from livestream.operations import chat, crew, moderation, rules
from livestream.room import devices
from tests.factories import make_crew_member, make_session_on_air, make_shop, make_user

pytestmark = pytest.mark.django_db

JSON = {"HTTP_ACCEPT": "application/json"}
HTMX = {"HTTP_HX_REQUEST": "true"}
OPEN: dict[str, Any] = {"slow_s": 0, "holds_first": False, "refuses_links": False, "followers_only": False}


@pytest.fixture
def session():
    return make_session_on_air()


@pytest.fixture
def siti():
    return make_user(name="Siti Aminah")


def _address(name, session, *more):
    return reverse(f"livestream:{name}", args=[session.code, *more])


def _say(session, sender, text="Halo", **fields):
    return chat.say(session, sender=sender, text=text, client_id=uuid4(), **fields)


@pytest.mark.parametrize(
    ("wishes", "words", "text", "status", "reason"),
    [
        ({}, ["sambal"], "s a m b a l", 422, "word"),
        ({"refuses_links": True}, [], "tokoku.com", 422, "link"),
        ({"slow_s": 30}, [], "Halo", 429, "slow"),
        ({"followers_only": True}, [], "Halo", 409, "followers"),
    ],
)
def test_the_form_answers_as_the_socket_does(client, session, siti, wishes, words, text, status, reason):
    rules.set_shop_words(session.shop, words=words)
    _say(session, siti, "dulu")
    rules.set_rules(session, **{**OPEN, **wishes})
    client.force_login(siti)

    answer = client.post(_address("say", session), {"text": text}, **JSON)

    assert (answer.status_code, answer.json()["reason"]) == (status, reason)
    if status == 429:
        assert 0 < answer.json()["wait_ms"] <= 30_000
        assert 0 < int(answer.headers["Retry-After"]) <= 30


def test_a_held_message_is_accepted_and_not_shown(client, session, siti):
    client.force_login(siti)

    answer = client.post(_address("say", session), {"text": "pindah wa aja"}, **JSON)

    assert (answer.status_code, answer.json()) == (202, {"held": True})
    assert not RoomEvent.objects.filter(kind="chat").exists()


def test_a_banned_browser_is_refused_under_another_account(client, session, siti):
    client.force_login(siti)
    client.get(_address("room", session))
    client.post(_address("say", session), {"text": "spam"}, **JSON)
    moderation.ban_person(session, seq=1, by=session.host)
    client.force_login(make_user())  # the cookie stays, as in a browser

    answer = client.post(_address("say", session), {"text": "spam"}, **JSON)

    assert (answer.status_code, answer.json()["reason"]) == (409, "banned")


def test_a_forged_device_is_no_device(client, session, siti):
    client.force_login(siti)
    client.cookies[devices.COOKIE] = "a" * 32 + "." + "b" * 32

    client.post(_address("say", session), {"text": "Halo"}, **JSON)

    assert RoomEvent.objects.get(kind="chat").device == ""


def test_muting_offers_four_lengths_and_the_session(client, session, siti):
    said = _say(session, siti)
    client.force_login(session.host)

    for minutes, status in (("5", 204), ("", 204), ("7", 404), ("-1", 404)):
        answer = client.post(_address("mute", session), {"seq": said.seq, "minutes": minutes}, **JSON)
        assert answer.status_code == status


def test_the_crew_cannot_be_silenced(client, session):
    said = _say(session, session.host)
    client.force_login(session.host)

    answer = client.post(_address("ban", session), {"seq": said.seq}, **JSON)

    assert answer.status_code == 409
    assert not Ban.objects.exists()


def test_the_crew_sees_what_was_masked_and_nobody_else_does(client, session, siti):
    said = _say(session, siti, "WA 081234567890")
    client.force_login(session.host)
    shown = client.get(_address("original", session, said.seq)).json()

    client.force_login(make_user())

    assert shown == {"text": "WA 081234567890"}
    assert client.get(_address("original", session, said.seq)).status_code == 404
    assert "081234567890" not in client.get(_address("room", session)).content.decode()
    assert "081234567890" not in client.get(_address("events", session)).content.decode()
    client.force_login(siti)
    assert "081234567890" in client.get(_address("room", session)).content.decode()


def test_a_held_message_is_published_with_one_tap_and_only_once(client, session, siti):
    held = _say(session, siti, "pindah wa aja")
    client.force_login(session.host)

    answers = [client.post(_address("publish_held", session, held.pk), **HTMX) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [200, 409]
    assert RoomEvent.objects.get(kind="chat").text == "pindah wa aja"


def test_another_sessions_held_message_does_not_exist(client, session, siti):
    held = _say(make_session_on_air(), siti, "pindah wa aja")
    client.force_login(session.host)

    assert client.post(_address("reject_held", session, held.pk)).status_code == 404
    assert HeldMessage.objects.get().decision == "waiting"


def test_the_rules_are_changed_in_the_sheet(client, session):
    client.force_login(session.host)

    answer = client.post(
        _address("chat_rules", session),
        {"slow_s": "10", "refuses_links": "on", "followers_only": "on"},
        **HTMX,
    )

    saved = SessionRules.objects.get(session=session)
    assert answer.status_code == 200
    assert (saved.slow_s, saved.holds_first, saved.refuses_links) == (10, False, True)
    assert saved.followers_only


@pytest.mark.parametrize("slow_s", ["", "4", "x", "-3"])
def test_rules_that_are_not_offered_come_back(client, session, slow_s):
    client.force_login(session.host)

    assert client.post(_address("chat_rules", session), {"slow_s": slow_s}, **HTMX).status_code == 422


def test_a_shop_keeps_its_own_words_and_lifts_its_own_bans(client, session, siti):
    ban = moderation.ban_person(session, seq=_say(session, siti).seq, by=session.host)
    client.force_login(make_shop().owner)
    assert client.post(reverse("livestream:lift_ban", args=[ban.pk])).status_code == 404
    client.force_login(session.host)

    client.post(reverse("livestream:shop_chat"), {"words": "sambal\nterasi\n\nSAMBAL"})
    page = client.get(reverse("livestream:shop_chat")).content.decode()
    client.post(reverse("livestream:lift_ban", args=[ban.pk]))

    assert "sambal\nterasi" in page
    assert "Siti A." in page
    assert not Ban.objects.filter(lifted_at__isnull=True).exists()


PAIRS = itertools.permutations("abcdefghjkmnpqruvwxy", 2)
TOO_MANY = "\n".join("kata" + "".join(pair) for pair in itertools.islice(PAIRS, 301))


@pytest.mark.parametrize("words", ["a", "x" * 61, TOO_MANY])
def test_words_that_cannot_be_used_come_back(client, session, words):
    client.force_login(session.host)

    assert client.post(reverse("livestream:shop_chat"), {"words": words}).status_code == 422


def test_staff_keep_the_markets_list(client, session, siti):
    rules.set_shop_words(session.shop, words=["sambal"])
    client.force_login(make_user(is_staff=True, is_superuser=True))

    client.post(reverse("admin:livestream_blockedword_add"), {"written": "Ngeblah"})

    word = BlockedWord.objects.get(key="ngeblah", shop=None)
    with pytest.raises(refusals.BlockedWordSaid):
        _say(session, siti, "n g e b l a h")
    assert "sambal" not in client.get(reverse("admin:livestream_blockedword_changelist")).content.decode()
    client.post(reverse("admin:livestream_blockedword_delete", args=[word.pk]), {"post": "yes"})
    assert _say(session, siti, "n g e b l a h")


# ---- the file ----------------------------------------------------------------------------------------


def _log(client, session):
    answer = client.get(_address("chat_log", session))
    text = b"".join(answer.streaming_content).decode()
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))[1:]


def test_the_host_reads_names_and_what_was_taken_back(client, session, siti):
    said = _say(session, siti, "WA 081234567890")
    moderation.remove_message(session, seq=said.seq, by=session.host)
    client.force_login(session.host)

    ((_, _, _, name, role, text, removed),) = _log(client, session)

    assert (name, role, text, removed) == ("Siti A.", "penonton", "WA 081234567890", "ya")


@pytest.mark.parametrize("text", ["=1+1", "+62", "-2", "@SUM(A1)", " =1", "|calc"])
def test_no_message_is_a_formula(client, session, siti, text):
    _say(session, siti, text)
    client.force_login(session.host)

    assert _log(client, session)[0][5] == f"'{text.strip()}"


# ---- followers ------------------------------------------------------------------------------------------


def test_a_chat_of_followers_offers_the_way_in_to_whoever_may_not_speak_yet(client, session, siti):
    rules.set_rules(session, **{**OPEN, "followers_only": True})
    room, way_in = _address("room", session), _address("follow_in_room", session)
    guest = client.get(room).content.decode()
    client.force_login(siti)
    before = client.get(room).content.decode()

    answer = client.post(way_in, **HTMX)

    after = client.get(room).content.decode()
    assert (answer.status_code, answer.headers["HX-Trigger"]) == (204, '{"room:following": {"on": true}}')
    assert "Hanya pengikut yang bisa ngobrol. Masuk dulu" in guest
    assert way_in not in guest
    assert 'data-state="followers"' in before
    assert 'data-state="ready" data-follows' in after


def test_following_in_a_room_works_without_a_script(client, session, siti):
    rules.set_rules(session, **{**OPEN, "followers_only": True})
    client.force_login(siti)
    refused = client.post(_address("say", session), {"text": "Halo"}).content.decode()

    answer = client.post(_address("follow_in_room", session))
    said = client.post(_address("say", session), {"text": "Halo"})

    assert _address("follow_in_room", session) in refused
    assert answer.url == said.url == _address("room", session) + "#chat"
    assert RoomEvent.objects.get(kind="chat").text == "Halo"


def test_nobody_follows_from_a_rehearsal_they_may_not_see(client, siti):
    practice = make_session_on_air(is_rehearsal=True)
    client.force_login(siti)

    assert client.post(_address("follow_in_room", practice)).status_code == 404
    assert not Follow.objects.exists()


# ---- moderators ----------------------------------------------------------------------------------------


def test_a_moderator_is_marked_and_not_slowed_until_the_part_is_taken_back(session):
    helper = make_crew_member(session, permissions=[Permission.CHAT])
    rules.set_rules(session, **{**OPEN, "slow_s": 30, "refuses_links": True})

    said = [_say(session, helper, text) for text in ("Halo", "cek tokoku.com")]
    crew.revoke(CrewMember.objects.get(user=helper))

    assert [event.payload for event in said] == [{"moderator": True}] * 2
    with pytest.raises(refusals.TooSoon):
        _say(session, helper, "lagi")


def test_a_moderator_reads_numbers_for_names_and_no_private_things(client, session, siti):
    helper = make_crew_member(session, permissions=[Permission.CHAT])
    for sender, text in ((siti, "WA 081234567890"), (make_user(), "Halo"), (siti, "Ada L?")):
        _say(session, sender, text)
    client.force_login(helper)

    rows = _log(client, session)

    assert [(row[3], row[5]) for row in rows] == [
        ("Penonton 1", "WA •••••"),
        ("Penonton 2", "Halo"),
        ("Penonton 1", "Ada L?"),
    ]


def test_a_helper_without_the_chat_moderates_nothing(client, session, siti):
    helper = make_crew_member(session, permissions=[Permission.PRODUCTS])
    said = _say(session, siti)
    client.force_login(helper)

    assert client.post(_address("mute", session), {"seq": said.seq}, **JSON).status_code == 404
    assert client.get(_address("chat_log", session)).status_code == 404
