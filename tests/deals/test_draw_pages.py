"""The page on which everybody can check a draw, and the way onto its list."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from deals.fairness import commitment_to, entrant_number, in_drawn_order
from deals.marks import ticket_of
from deals.operations.draws import start_giveaway
from livestream.models import Mute
from tests.deals.makers import make_stage
from tests.deals.test_draws import held, let_enter, make_drop, make_giveaway
from tests.factories import make_user

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def address(draw, name="draw") -> str:
    return reverse(f"deals:{name}", args=[draw.code])


def logged_in(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_before_the_draw_it_shows_the_seal_and_nothing_more(client):
    _, _, draw = make_giveaway()
    (person,) = let_enter(draw, 1)

    page = client.get(address(draw)).content.decode()
    facts = client.get(address(draw, "draw_json")).json()

    assert draw.commitment in page
    assert draw.salt in page
    assert draw.seed not in page
    assert draw.entries.get().entrant not in page
    assert person.chat_name not in page
    assert facts.keys() == {"code", "algorithm", "commitment", "salt", "units"}


def test_afterwards_anybody_can_repeat_it(client):
    _, _, draw = make_giveaway(winners=2)
    people = {person.pk: person for person in let_enter(draw, 7)}
    held(draw)

    facts = client.get(address(draw, "draw_json")).json()
    page = client.get(address(draw)).content.decode()

    assert commitment_to(facts["seed"]) == facts["commitment"]
    assert in_drawn_order(facts["entrants"], seed=facts["seed"]) == facts["entrants"]
    assert len(facts["entrants"]) == 7
    winner = draw.entries.get(place=1)
    assert facts["entrants"][0] == winner.entrant
    assert people[winner.user_id].chat_name in page


def test_an_entrant_finds_their_number_and_nobody_elses(client):
    _, _, draw = make_giveaway()
    mine, theirs = let_enter(draw, 2)
    held(draw)

    page = logged_in(mine).get(address(draw)).content.decode()

    assert ticket_of(mine.pk) in page
    assert ticket_of(theirs.pk) not in page
    own = entrant_number(salt=draw.salt, ticket=ticket_of(mine.pk))
    assert draw.entries.get(user=mine).entrant == own
    assert ticket_of(mine.pk) not in client.get(address(draw)).content.decode()


def test_a_tap_enters_and_says_so():
    _, _, draw = make_giveaway()
    person = make_user()

    answer = logged_in(person).post(address(draw, "enter"), headers=HTMX)

    assert "Kamu ikut" in answer.content.decode()
    assert answer.headers["HX-Trigger"] == f'{{"deals:entered": {{"id": {draw.pk}}}}}'
    assert draw.entries.get().user == person


def test_without_script_a_tap_leads_to_the_page_of_the_draw():
    _, _, draw = make_giveaway()

    answer = logged_in(make_user()).post(address(draw, "enter"))

    assert (answer.status_code, answer.headers["Location"]) == (302, address(draw))


def test_a_guest_is_sent_to_the_log_in_and_back_to_the_room(client):
    session, _, draw = make_giveaway()
    room = reverse("livestream:room", args=[session.code])
    here = {**HTMX, "HX-Current-URL": f"http://testserver{room}"}

    answer = client.post(address(draw, "enter"), headers=here)

    assert answer.headers["HX-Redirect"] == f"{reverse('account_login')}?next={room}"
    assert not draw.entries.exists()


def test_refusals_say_why():
    _, _, drop = make_drop()
    session, _, gift = make_giveaway()
    early = logged_in(make_user()).post(address(drop, "enter"), headers=HTMX)
    house = logged_in(session.host).post(address(gift, "enter"), headers=HTMX)
    late = logged_in(make_user()).post(address(held(drop), "enter"), headers=HTMX)

    assert (early.status_code, house.status_code, late.status_code) == (409, 409, 409)
    assert "Belum dimulai" in early.content.decode()
    assert "menjalankan live" in house.content.decode()
    assert "sudah habis" in late.content.decode()
    assert not drop.entries.exists()
    assert not gift.entries.exists()


def test_whoever_may_not_speak_cannot_say_the_word():
    session, variant = make_stage()
    draw = start_giveaway(session, variant_id=variant.pk, winners=1, duration_ms=60_000, word="MANTAP")
    person = make_user()
    Mute.objects.create(session=session, user=person)

    answer = logged_in(person).post(address(draw, "enter"), headers=HTMX)

    assert answer.status_code == 409
    assert not draw.entries.exists()


def test_too_many_taps_are_slowed_down():
    _, _, draw = make_giveaway()
    client = logged_in(make_user())

    answers = [client.post(address(draw, "enter"), headers=HTMX).status_code for _ in range(12)]

    assert answers == [200] * 10 + [429] * 2


@pytest.mark.parametrize("name", ["draw", "draw_json"])
def test_an_unknown_draw_is_not_found(client, name):
    assert client.get(reverse(f"deals:{name}", args=["0" * 10])).status_code == 404


def test_long_lists_cost_no_more_queries(client, django_assert_num_queries):
    _, _, small = make_giveaway()
    let_enter(small, 1)
    _, _, large = make_giveaway()
    let_enter(large, 8)

    for draw in (held(small), held(large)):
        with django_assert_num_queries(3):
            client.get(address(draw))
