"""The list of lives…"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Regency
from catalog.models import Category
from livestream.queries import sessions_upcoming
from tests.factories import make_product, make_session, make_session_on_air, make_shop, make_variant

pytestmark = pytest.mark.django_db

LIST = reverse("livestream:list")


def make_replay(**fields):
    over = {"ended_at": timezone.now(), "recorded_ms": 60_000}
    return make_session_on_air(**{**over, **fields})


def page_of(client, query="", **headers):
    return client.get(f"{LIST}{query}", headers=headers).content.decode()


@pytest.fixture
def market():
    make_session_on_air(title="Lagi goreng")
    make_session(title="Nanti malam")
    make_replay(title="Kemarin")
    make_replay(title="Tidak terekam", recorded_ms=0)


@pytest.mark.parametrize(
    ("query", "shown"),
    [("", "Lagi goreng"), ("?tab=akan-datang", "Nanti malam"), ("?tab=tayang-ulang", "Kemarin")],
)
def test_has_one_tab_for_each_time(client, market, query, shown):
    page = page_of(client, query)

    titles = {"Lagi goreng", "Nanti malam", "Kemarin", "Tidak terekam"}
    assert {title for title in titles if title in page} == {shown}


def test_knows_no_other_tab(client):
    assert client.get(f"{LIST}?tab=besok").status_code == 404


def test_shows_tonights_plan_while_nobody_is_live(client):
    make_session(title="Nanti malam")

    page = page_of(client)

    assert "Belum ada lapak yang live" in page
    assert "Nanti malam" in page


def test_stops_announcing_what_nobody_started():
    make_session(planned_at=timezone.now() - timedelta(hours=4))
    late = make_session(planned_at=timezone.now() - timedelta(hours=2))

    assert list(sessions_upcoming()) == [late]


def test_narrows_by_category(client):
    crafts = Category.objects.create(slug="kerajinan", name="Kerajinan", name_en="Crafts")
    basket = make_product(category=crafts)
    make_session_on_air(shop=basket.shop, products=[basket], title="Anyaman")
    make_session_on_air(products=[make_product()], title="Keripik")

    page = page_of(client, "?kategori=kerajinan")

    assert "Anyaman" in page
    assert "Keripik" not in page


def test_narrows_by_province(client):
    far = make_shop(regency=Regency.objects.get(code="53.11"))
    make_session_on_air(shop=far, title="Tenun Sumba")
    make_session_on_air(title="Bakpia")

    page = page_of(client, "?provinsi=Nusa+Tenggara+Timur")

    assert "Tenun Sumba" in page
    assert "Bakpia" not in page


def test_leaves_out_suspended_stalls(client):
    make_session_on_air(shop=make_shop(suspended_at=timezone.now()), title="Ditutup")

    assert "Ditutup" not in page_of(client)


def test_answers_htmx_with_the_list_alone(client, market):
    fragment = page_of(client, "", **{"HX-Request": "true"})

    assert "Lagi goreng" in fragment
    assert "<html" not in fragment


@pytest.mark.parametrize("count", [1, 3])
def test_asks_the_database_as_often_for_three_as_for_one(client, count, django_assert_num_queries):
    for _ in range(count):
        make_session_on_air(products=[make_variant().product])

    with django_assert_num_queries(6):
        client.get(LIST)
