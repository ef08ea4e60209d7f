"""Readers set theme and data saving with plain forms, and fragments say that they are fragments."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse
from pytest_django.fixtures import Settings

from kit import htmx
from kit.context import Market

pytestmark = pytest.mark.django_db


def test_a_chosen_theme_is_kept_and_worn(client: Client) -> None:
    response = client.post(reverse("kit:theme"), {"theme": "night", "next": "/akun/login/"})

    assert response.headers["Location"] == "/akun/login/"
    assert 'data-theme="night"' in client.get("/akun/login/").content.decode()


def test_following_the_device_forgets_the_choice(client: Client) -> None:
    client.post(reverse("kit:theme"), {"theme": "night"})

    client.post(reverse("kit:theme"), {"theme": ""})

    assert "data-theme" not in client.get("/akun/login/").content.decode().split("<head>")[0]


def test_a_theme_nobody_sews_is_not_kept(client: Client) -> None:
    response = client.post(reverse("kit:theme"), {"theme": '"><script>'})

    assert response.cookies["theme"].value == ""


@pytest.mark.parametrize(
    "next_page", ["https://elsewhere.test/", "//elsewhere.test", "javascript:alert(1)", ""]
)
def test_the_way_back_stays_in_the_market(client: Client, next_page: str) -> None:
    response = client.post(reverse("kit:theme"), {"theme": "day", "next": next_page})

    assert response.headers["Location"] == "/"


def test_saving_data_is_kept(client: Client) -> None:
    client.post(reverse("kit:data_saver"), {"data_saver": "on"})

    assert " data-saver>" in client.get("/akun/login/").content.decode()


def test_the_browsers_wish_counts_until_one_chooses() -> None:
    request = RequestFactory().get("/", headers={"Save-Data": "on"})
    assert Market(request).saves_data

    request.COOKIES["data_saver"] = "off"
    assert not Market(request).saves_data


@pytest.mark.parametrize(
    ("path", "tab"),
    [
        ("/", "home"),
        ("/en/", "home"),
        ("/en/live/abc/", "live"),
        ("/toko/live/", "seller"),
        ("/p/keripik-1/", ""),
    ],
)
def test_a_page_lies_in_one_part_of_the_market(path: str, tab: str) -> None:
    assert Market(RequestFactory().get(path)).tab == tab


def test_settings_are_not_changed_by_a_link(client: Client) -> None:
    assert client.get(reverse("kit:theme")).status_code == 405


def test_the_language_switch_leads_to_the_same_page(client: Client) -> None:
    response = client.post(reverse("set_language"), {"language": "en", "next": "/akun/login/"})

    assert response.headers["Location"] == "/en/akun/login/"


def test_the_gallery_is_for_demos_only(client: Client, settings: Settings) -> None:
    settings.DEMO = settings.DEBUG = False
    assert client.get(reverse("kit:gallery")).status_code == 404

    settings.DEMO = True
    assert client.get(reverse("kit:gallery")).status_code == 200


@pytest.mark.parametrize("path", ["/tidak-ada/", "/en/tidak-ada/"])
def test_a_missing_page_keeps_the_market_around_it(client: Client, path: str) -> None:
    response = client.get(path)

    assert response.status_code == 404
    assert 'class="bottom-bar"' in response.content.decode()


@pytest.fixture
def page_with_partial(tmp_path: Path, settings: Settings) -> str:
    (tmp_path / "page.html").write_text(
        "{% load partials %}<h1>Pasar</h1>{% partialdef stalls inline %}<p>{{ count }}</p>{% endpartialdef %}"
    )
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path]}]
    return "page.html"


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        ({}, "<h1>Pasar</h1><p>3</p>"),
        ({"HX-Request": "true"}, "<p>3</p>"),
        ({"HX-Request": "true", "HX-History-Restore-Request": "true"}, "<h1>Pasar</h1><p>3</p>"),
    ],
    ids=["page", "fragment", "history"],
)
def test_a_page_answers_htmx_with_its_partial(
    page_with_partial: str, headers: dict[str, str], body: str
) -> None:
    request = RequestFactory().get("/", headers=headers)

    response = htmx.render_page(request, page_with_partial, "stalls", {"count": 3})

    assert response.content.decode() == body
    assert response.headers["Vary"] == "HX-Request"


def test_toasts_and_events_share_one_header() -> None:
    response = htmx.trigger(HttpResponse(), "cart-changed")

    htmx.tell(response, "Masuk keranjang – 2×", level="success")

    assert response.headers["HX-Trigger"].isascii()
    assert json.loads(response.headers["HX-Trigger"]) == {
        "cart-changed": None,
        "toast": {"text": "Masuk keranjang – 2×", "level": "success"},
    }
