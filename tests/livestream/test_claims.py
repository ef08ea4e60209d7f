"""A promise about a product in a show…"""

from __future__ import annotations

import asyncio
import uuid
from functools import partial

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from livestream import queries
from livestream.models import Claim, Permission, RoomEvent
from livestream.operations import claims, showcase
from orders.models import Order
from orders.operations import place_order
from tests.concurrency import run_at_once
from tests.factories import (
    make_address,
    make_crew_member,
    make_session_on_air,
    make_shop,
    make_user,
    make_variant,
)
from tests.sockets import aside, viewer_of

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def variant():
    return make_variant(stock=9)


@pytest.fixture
def session(variant):
    return make_session_on_air(shop=variant.shop, products=[variant.product], media_ms=83_000)


def note(session, product, text="Katun 100 %", by=None):
    return claims.note_claim(session, product_id=product.pk, text=text, by=by or session.host)


def post(session, product, user, text):
    client = Client()
    client.force_login(user)
    address = reverse("livestream:claims", args=[session.code, product.pk])
    return client.post(address, {"text": text}, headers=HTMX)


def order(variant, session=None):
    buyer = make_user()
    return place_order(
        buyer=buyer,
        shop_id=variant.shop_id,
        basket={variant.pk: 1},
        method=Order.Method.QRIS,
        address=make_address(buyer).as_snapshot(),
        idempotency_key=uuid.uuid4(),
        session_id=session.pk if session else None,
    ).lines.get()


def test_is_kept_with_its_second_and_its_pin(session, variant):
    showcase.pin_product(session, product_id=variant.product.pk)

    assert post(session, variant.product, session.host, " Katun 100 % ").status_code == 200

    claim = Claim.objects.get()
    assert (claim.text, claim.media_ms, claim.made_by) == ("Katun 100 %", 83_000, session.host)
    assert claim.pin.product == variant.product


def test_stands_on_the_card_in_the_room_and_in_the_showcase(session, variant):
    showcase.pin_product(session, product_id=variant.product.pk)
    note(session, variant.product)

    for name in ("pinned", "showcase", "room"):
        page = Client().get(reverse(f"livestream:{name}", args=[session.code]), headers=HTMX)
        assert "Katun 100 %" in page.content.decode()


def test_stands_on_the_card_of_the_replay(session, variant):
    note(session, variant.product)
    session.ended_at, session.recorded_ms = timezone.now(), 90_000
    session.save()

    page = Client().get(reverse("livestream:product", args=[session.code, variant.product.pk]))

    assert "Katun 100 %" in page.content.decode()


def test_is_copied_onto_the_order_and_printed_there(session, variant):
    claim = note(session, variant.product)

    line = order(variant, session)

    assert line.claims == [{"id": claim.pk, "text": "Katun 100 %", "ms": 83_000}]
    client = Client()
    client.force_login(line.order.buyer)
    page = client.get(reverse("orders:order", args=[line.order.number])).content.decode()
    assert "Katun 100 %" in page


def test_is_on_no_order_from_elsewhere_or_before_it(session, variant):
    other = make_session_on_air(shop=make_shop(), products=[variant.product])
    before = order(variant, session)
    note(session, variant.product)

    assert before.claims == []
    assert order(variant).claims == []
    assert order(variant, other).claims == []


def test_stays_on_orders_when_it_is_taken_back(session, variant):
    claim = note(session, variant.product)
    line = order(variant, session)

    claims.withdraw_claim(claim)

    line.refresh_from_db()
    assert [kept["text"] for kept in line.claims] == ["Katun 100 %"]
    assert order(variant, session).claims == []
    assert queries.claims_in(session.code) == {}


def test_is_one_however_often_it_is_said(session, variant):
    assert note(session, variant.product) == note(session, variant.product, "katun 100 %")
    assert list(RoomEvent.objects.values_list("kind", flat=True)) == ["claim"]


@pytest.mark.django_db(transaction=True)
def test_is_one_when_two_note_it_together():
    variant = make_variant()
    session = make_session_on_air(shop=variant.shop, products=[variant.product])

    outcomes = run_at_once(*[partial(note, session, variant.product)] * 3)

    assert {type(outcome) for outcome in outcomes} == {Claim}
    assert Claim.objects.count() == 1


@pytest.mark.parametrize("text", ["", "  ", "\u200b", "a" * 81, "a" * 5_000])
def test_is_a_few_words(session, variant, text):
    assert post(session, variant.product, session.host, text).status_code == 422
    assert not Claim.objects.exists()


def test_is_one_of_eight(session, variant):
    for number in range(claims.MOST_CLAIMS):
        note(session, variant.product, f"Janji {number}")

    assert post(session, variant.product, session.host, "Satu lagi").status_code == 409
    assert Claim.objects.count() == claims.MOST_CLAIMS


def test_is_made_while_the_show_runs(session, variant):
    session.ended_at = timezone.now()
    session.save()

    assert post(session, variant.product, session.host, "Katun").status_code == 409


def test_is_about_what_the_show_offers(session):
    stranger = make_variant().product
    unlisted = make_variant(shop=session.shop).product

    assert post(session, stranger, session.host, "Katun").status_code == 404
    assert post(session, unlisted, session.host, "Katun").status_code == 409
    assert not Claim.objects.exists()


def test_comes_from_those_who_run_the_products(session, variant):
    moderator = make_crew_member(session, permissions=[Permission.PRODUCTS])
    chat_only = make_crew_member(session, permissions=[Permission.CHAT])

    for person in (chat_only, make_user(), make_shop().owner):
        assert post(session, variant.product, person, "Katun").status_code == 404
    assert post(session, variant.product, moderator, "Katun").status_code == 200
    assert Claim.objects.get().made_by == moderator


def test_is_taken_back_by_nobody_else(session, variant):
    claim = note(session, variant.product)
    client = Client()
    client.force_login(make_shop().owner)

    assert client.post(reverse("livestream:claim_withdraw", args=[session.code, claim.pk])).status_code == 404
    claim.refresh_from_db()
    assert claim.withdrawn_at is None


def test_is_markup_nowhere(session, variant):
    note(session, variant.product, "<b>asli</b>")

    page = Client().get(reverse("livestream:showcase", args=[session.code]), headers=HTMX)

    assert "<b>asli" not in page.content.decode()


@pytest.mark.django_db(transaction=True)
def test_reaches_those_who_watch_with_the_new_card(room_port):
    variant = make_variant()
    session = make_session_on_air(shop=variant.shop, products=[variant.product])

    async def story():
        async with viewer_of(session.code, port=room_port) as viewer:
            await viewer.hear("hello")
            await aside(note, session, variant.product)
            return await viewer.item("claim")

    item = asyncio.run(story())

    assert item["product"] == variant.product.pk
    assert "Katun 100 %" in item["html"]["id"]


def test_is_not_made_about_what_the_host_keeps_back(session, variant):
    claim = note(session, variant.product)
    showcase.hide_product(session, product_id=variant.product.pk)

    refused = post(session, variant.product, session.host, "Tahan air")
    told = RoomEvent.objects.filter(session=session, kind="claim").count()
    claims.withdraw_claim(claim)

    assert (refused.status_code, Claim.objects.count()) == (409, 1)
    assert RoomEvent.objects.filter(session=session, kind="claim").count() == told == 1
