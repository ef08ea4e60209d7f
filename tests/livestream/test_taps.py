"""Opening a buy sheet on air is counted, each person and product once, and never in the buyer's way."""

from __future__ import annotations

import time

import pytest
import redis
from django.conf import settings
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertNumQueries

from livestream.models import ProductTap, Visit
from livestream.operations.taps import write_down_taps
from livestream.room import seats, taps
from tests.factories import make_session, make_session_on_air, make_shop, make_user, make_variant

pytestmark = pytest.mark.django_db
PAGE = "0123456789abcdef"


@pytest.fixture(autouse=True)
def nothing_gathered():
    redis.Redis.from_url(settings.REDIS_URL).delete(taps.KEY)


@pytest.fixture
def variant():
    return make_variant(shop=make_shop())


@pytest.fixture
def session(variant):
    return make_session_on_air(shop=variant.shop, products=[variant.product], media_ms=290_000)


def open_sheet(variant, code: str, *, user=None, page: str = ""):
    client = Client()
    if user:
        client.force_login(user)
    headers = {"HX-Request": "true", **({"X-Page": page} if page else {})}
    return client.get(reverse("checkout:buy", args=[variant.pk]), {"session": code}, headers=headers)


def test_a_person_who_looks_twice_is_written_down_once(session, variant):
    siti = make_user()

    open_sheet(variant, session.code, user=siti)
    write_down_taps()
    open_sheet(variant, session.code, user=siti)
    write_down_taps()

    (tap,) = ProductTap.objects.all()
    assert (tap.session, tap.product) == (session, variant.product)
    assert tap.seat == seats.mark(session.pk, seats.of_person(siti.pk))
    assert 285_000 < tap.at_ms <= 290_000


def test_the_same_person_leaves_unlike_marks_in_two_sessions(session, variant):
    assert seats.mark(session.pk, "u1") != seats.mark(session.pk + 1, "u1")


def test_a_stranger_is_believed_when_their_page_was_in_the_room(session, variant):
    Visit.objects.create(session=session, seat=seats.mark(session.pk, f"p{PAGE}"))

    open_sheet(variant, session.code, page=PAGE)
    open_sheet(variant, session.code, page="never1seen2here")
    open_sheet(variant, session.code)
    write_down_taps()

    assert list(ProductTap.objects.values_list("seat", flat=True)) == [seats.mark(session.pk, f"p{PAGE}")]


@pytest.mark.parametrize("code", ["nosuchroom", "x:y:z", "a b", "", "é" * 30])
def test_a_room_that_is_none_is_nothing_to_count(variant, code):
    assert open_sheet(variant, code, user=make_user()).status_code == 200

    write_down_taps()

    assert not ProductTap.objects.exists()


def test_what_the_room_never_showed_is_not_its_success(session):
    elsewhere = make_variant()

    open_sheet(elsewhere, session.code, user=make_user())
    write_down_taps()

    assert not ProductTap.objects.exists()


def test_before_the_show_nothing_is_counted(variant):
    planned = make_session(shop=variant.shop, products=[variant.product])

    open_sheet(variant, planned.code, user=make_user())
    write_down_taps()

    assert not ProductTap.objects.exists()


def test_the_sheet_opens_quickly_when_nothing_can_be_counted(session, variant, settings):
    taps._valkey.cache_clear()
    settings.REDIS_URL = "redis://10.255.255.1:6379/0"  # nobody answers there
    try:
        began = time.monotonic()
        taps.gather(session.code, product_id=variant.product_id, seat="u1")
        assert time.monotonic() - began < 1
        assert taps.take() == []
    finally:
        taps._valkey.cache_clear()


def test_what_waits_is_bounded(session, variant, monkeypatch):
    monkeypatch.setattr(taps, "MOST_WAITING", 3)

    for number in range(5):
        taps.gather(session.code, product_id=variant.product_id, seat=f"u{number}")

    assert len(taps.take()) == 3


def test_a_hundred_people_cost_as_many_queries_as_one(session, variant):
    for number in range(100):
        taps.gather(session.code, product_id=variant.product_id, seat=f"u{number}")

    with assertNumQueries(4):  # sessions, showcase, pins, one INSERT
        assert write_down_taps() == 100

    assert ProductTap.objects.count() == 100
