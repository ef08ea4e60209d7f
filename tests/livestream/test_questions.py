"""Questions of a room, their answers, and where answers stand afterwards."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertNumQueries

from livestream import queries
from livestream.models import Answer, RoomEvent
from livestream.operations import chat, moderation, questions
from tests.factories import make_session_on_air, make_shop, make_user, make_variant

pytestmark = pytest.mark.django_db


@pytest.fixture
def goods():
    return make_variant(shop=make_shop()).product


@pytest.fixture
def session(goods):
    return make_session_on_air(shop=goods.shop, products=[goods])


def _ask(session, text="Berapa beratnya?"):
    return chat.say(session, sender=make_user(), text=text, client_id=uuid4())


def _answer(session, asked, text="Setengah kilo", **fields):
    return questions.answer_question(session, seqs=[asked.seq], text=text, by=session.host, **fields)


def test_only_questions_are_collected_and_the_same_stand_together(session):
    _ask(session, "Halo semua")
    for text in ("Berapa beratnya?", "kak brp beratnya ya", "Warna merah ada?"):
        _ask(session, text)

    queue = queries.question_queue(session)

    assert [[message.text for message in asked.messages] for asked in queue] == [
        ["Warna merah ada?"],
        ["kak brp beratnya ya", "Berapa beratnya?"],
    ]


def test_a_question_that_waits_three_minutes_is_late(session):
    asked = _ask(session)
    assert not queries.question_queue(session)[0].is_late
    RoomEvent.objects.filter(pk=asked.pk).update(created_at=timezone.now() - timedelta(minutes=3, seconds=1))

    assert queries.question_queue(session)[0].is_late


def test_an_answer_quotes_the_question_and_empties_the_queue(session):
    asked = _ask(session)

    _answer(session, asked)

    said = RoomEvent.objects.get(kind="answer")
    assert (said.text, said.sender, said.payload["host"]) == ("Setengah kilo", session.host, True)
    assert said.payload["to"] == {"seq": asked.seq, "name": asked.sender_name, "text": asked.text}
    assert queries.question_queue(session) == []


def test_a_question_that_is_taken_back_is_quoted_no_longer(session):
    asked = _ask(session)
    _answer(session, asked)

    moderation.remove_message(session, seq=asked.seq, by=session.host)

    assert RoomEvent.objects.get(kind="answer").payload["to"] is None


def test_what_was_answered_aloud_is_marked(session):
    asked = [_ask(session), _ask(session)]

    for _ in range(2):
        questions.mark_answered(session, seqs=[event.seq for event in asked], by=session.host)

    assert queries.question_queue(session) == []


def test_a_saved_answer_is_offered_when_somebody_asks_the_same(session):
    _answer(session, _ask(session), saves=True)
    _answer(session, _ask(session, "Warnanya apa saja?"), "Merah", saves=True)
    later = make_session_on_air(shop=make_shop())
    assert later.shop != session.shop
    _ask(session, "beratnya berapa kak")
    _ask(later, "beratnya berapa kak")

    assert queries.question_queue(session)[0].known.text == "Setengah kilo"
    assert queries.question_queue(later)[0].known is None


def test_an_answer_that_is_not_saved_is_not_offered(session):
    _answer(session, _ask(session))
    _ask(session)

    assert queries.question_queue(session)[0].known is None


def test_saved_answers_stand_with_the_product_after_the_session(client, session, goods):
    _answer(session, _ask(session), product_id=goods.pk, saves=True)
    _answer(session, _ask(session, "Siapa namamu?"), "Rahasia", product_id=goods.pk)
    address = reverse("catalog:product", args=[goods.slug, goods.pk])
    assert "Setengah kilo" not in client.get(address).content.decode()
    Answer.objects.update(media_ms=750_000)
    session.ended_at, session.recorded_ms = timezone.now(), 900_000
    session.save()
    cache.clear()

    page = client.get(address).content.decode()

    assert "Setengah kilo" in page
    assert "Rahasia" not in page
    assert f"/live/{session.code}/?t=750" in page


def test_the_panel_answers_and_says_when_somebody_was_faster(client, session, goods):
    asked = _ask(session)
    client.force_login(session.host)
    fields = {"seqs": str(asked.seq), "text": "Setengah kilo", "product": goods.pk, "save": "1"}

    done = client.post(reverse("livestream:answer", args=[session.code]), fields, HTTP_HX_REQUEST="true")
    moderation.remove_message(session, seq=asked.seq, by=session.host)
    late = client.post(reverse("livestream:answer", args=[session.code]), fields, HTTP_HX_REQUEST="true")

    answer = Answer.objects.get()
    assert (done.status_code, late.status_code) == (200, 409)
    assert (answer.product, answer.is_saved, answer.question) == (goods, True, "Berapa beratnya?")


@pytest.mark.parametrize(
    "fields",
    [
        {"seqs": "x", "text": "Ada"},
        {"seqs": "", "text": "Ada"},
        {"seqs": "1,-2", "text": "Ada"},
        {"seqs": "1", "text": "Ada", "product": "999999"},
        {"seqs": "1", "text": "Ada", "product": "x"},
    ],
)
def test_nonsense_is_not_found(client, session, fields):
    _ask(session)
    client.force_login(session.host)

    assert client.post(reverse("livestream:answer", args=[session.code]), fields).status_code == 404


def test_an_empty_answer_comes_back(client, session):
    asked = _ask(session)
    client.force_login(session.host)

    answer = client.post(
        reverse("livestream:answer", args=[session.code]),
        {"seqs": str(asked.seq), "text": " \u200b "},
        HTTP_HX_REQUEST="true",
    )

    assert answer.status_code == 422
    assert not RoomEvent.objects.filter(kind="answer").exists()


def test_saved_answers_are_found_with_one_query_however_many_ask(session):
    _answer(session, _ask(session, "Berapa beratnya?"), "Setengah kilo", saves=True)
    _answer(session, _ask(session, "Dikirim dari mana?"), "Dari Solo", saves=True)
    _answer(session, _ask(session, "Berapa berat bersihnya?"), "Empat ons", saves=True)
    for text in ("brp beratnya kak", "dikirim dari mana ya", "Ada warna merah?", "Bahannya apa?", "???"):
        _ask(session, text)

    with assertNumQueries(2):
        queue = queries.question_queue(session)

    found = {asked.newest.text: asked.known.text if asked.known else None for asked in queue}
    assert found == {
        "brp beratnya kak": "Setengah kilo",
        "dikirim dari mana ya": "Dari Solo",
        "Ada warna merah?": None,
        "Bahannya apa?": None,
    }
