"""How people found a room: marks in links, the page before, and the first way counts."""

from __future__ import annotations

import asyncio
import time
from urllib.parse import quote

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse

from livestream.models import Visit, VisitSource
from livestream.operations.audience import Visitor, add_visits
from livestream.room.audience import Audience
from livestream.sources import source_of
from tests.factories import make_product, make_session, make_session_on_air, make_shop
from tests.sockets import aside, viewer_of

ROOM = "/live/abcdef/"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "referer", "source"),
    [
        ("", "", VisitSource.DIRECT),
        ("?dari=whatsapp", "", VisitSource.WHATSAPP),
        ("?dari=qr", "https://lain.example/", VisitSource.QR),
        ("?dari=front", "", VisitSource.DIRECT),  # a page is not a mark
        ("?dari=%00<script>", "", VisitSource.DIRECT),
        ("", "http://testserver/", VisitSource.FRONT),
        ("", "http://testserver/en/live/?tab=akan-datang", VisitSource.LOBBY),
        ("", "http://testserver/lapak/bu-sri/", VisitSource.SHOP),
        ("", "http://testserver/keranjang-entah/", VisitSource.MARKET),
        ("", f"http://testserver{ROOM}", VisitSource.DIRECT),
        ("", "https://www.instagram.com/", VisitSource.ELSEWHERE),
        ("", "android-app://com.whatsapp/", VisitSource.ELSEWHERE),
        ("", "http://[half", VisitSource.DIRECT),
    ],
)
def test_the_source(query, referer, source):
    headers = {"Referer": referer} if referer else {}

    assert source_of(RequestFactory().get(ROOM + query, headers=headers)) == source


@pytest.mark.django_db
def test_the_room_tells_its_socket_and_shares_marked_links():
    session = make_session(products=[make_product()])

    page = Client().get(reverse("livestream:room", args=[session.code]) + "?dari=telegram").content.decode()

    assert 'data-from="telegram"' in page
    assert quote(f"/live/{session.code}/?dari=whatsapp", safe="") in page
    assert f"/live/{session.code}/?dari=link" in page


@pytest.mark.django_db
def test_a_seat_that_two_processes_saw_came_once_the_first_way():
    session = make_session_on_air()
    came = [Visitor(session.pk, "u7", source, time.time()) for source in ("whatsapp", "lobby")]

    add_visits(came[:1])
    add_visits(came[1:])

    assert list(Visit.objects.values_list("source", flat=True)) == ["whatsapp"]


@pytest.mark.django_db
def test_visits_of_a_session_that_is_gone_harm_no_other():
    gone, session = make_session_on_air(), make_session_on_air()
    came = [Visitor(each.pk, "u7", "direct", time.time()) for each in (gone, session)]
    gone.delete()

    add_visits(came)

    assert list(Visit.objects.values_list("session", flat=True)) == [session.pk]


def test_how_a_seat_was_found_first_is_what_counts():
    audience = Audience(1, is_on_air=True)
    audience.came("u1", source="qr")
    audience.came("u1", source="lobby")
    audience.left("u1")
    audience.recognise(["u1"], [])
    audience.left("u1")
    audience.forget({"u1": False})

    assert [visitor.source for visitor in audience.take_visitors()] == ["qr"]
    assert audience.take_visitors() == []


@pytest.mark.django_db(transaction=True)
def test_a_viewer_on_air_is_written_down_with_the_way_they_came(room_port):
    session = make_session_on_air(shop=make_shop())

    async def story():
        async with viewer_of(session.code, port=room_port, source="whatsapp"):
            await aside(_wait_for_visit)

    asyncio.run(story())

    assert list(Visit.objects.values_list("session", "source")) == [(session.pk, "whatsapp")]


def _wait_for_visit() -> None:
    until = time.monotonic() + 15
    while time.monotonic() < until and not Visit.objects.exists():
        time.sleep(0.2)
