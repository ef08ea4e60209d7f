"""The front page."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.catalog.costs import queries_of
from tests.factories import make_photo, make_session, make_session_on_air, make_variant

pytestmark = pytest.mark.django_db


def test_an_empty_market_invites(client):
    page = client.get("/").content.decode()

    assert "Pasarnya lagi ditata" in page
    assert reverse("catalog:shop_open") in page


def test_those_on_air_are_counted(client):
    sessions = [make_session_on_air() for _ in range(12)]

    page = client.get("/").content.decode()

    assert "Pasarnya buka malam ini" in page
    assert "12 lapak sedang live" in page
    assert reverse("livestream:room", args=[sessions[-1].code]) in page


def test_planned_broadcasts_are_announced(client):
    session = make_session(title="Obral Malam Jumat")

    page = client.get("/").content.decode()

    assert "Obral Malam Jumat" in page
    assert reverse("livestream:room", args=[session.code]) in page


def test_only_what_can_be_bought_lies_in_front(client):
    here, gone = make_variant(stock=1), make_variant(stock=0)

    page = client.get("/").content.decode()

    assert here.product.name in page
    assert f">{gone.product.name}<" not in page


def test_a_number_that_may_be_old_is_not_told(client):
    make_variant(stock=3)

    assert "Sisa 3" not in client.get("/").content.decode()


def test_english_is_not_served_from_what_was_kept_in_indonesian(client):
    make_variant()
    client.get("/")

    assert "/en/cari/" in client.get("/en/").content.decode()


def test_a_warm_page_asks_nothing(client):
    make_photo(make_variant().product)
    make_session_on_air()
    client.get("/")

    assert queries_of(client, "/") == 0


def test_a_cold_page_costs_the_same_for_one_row_and_for_three(client):
    from django.core.cache import cache

    def fill() -> None:
        variant = make_variant()
        make_photo(variant.product)
        make_session_on_air(shop=variant.shop, products=[variant.product])

    fill()
    cache.clear()
    one = queries_of(client, "/")
    for _ in range(2):
        fill()
    cache.clear()

    assert queries_of(client, "/") == one
