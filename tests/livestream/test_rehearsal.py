"""A rehearsal…"""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from catalog.models import Product
from insights.queries.past import shows_before
from livestream import queries
from livestream.models import CrewMember, LiveSession, Permission, Role
from livestream.operations import crew
from orders.models import Order
from storefront.queries import session_showing, with_air
from tests.factories import (
    make_address,
    make_crew_member,
    make_session,
    make_session_on_air,
    make_shop,
    make_user,
    make_variant,
)
from tests.sockets import HungUp, aside, viewer_of

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def variant():
    return make_variant(stock=9)


@pytest.fixture
def session(variant):
    return make_session_on_air(shop=variant.shop, products=[variant.product], is_rehearsal=True)


def client_of(user):
    client = Client()
    if user:
        client.force_login(user)
    return client


def address(session, name):
    return reverse(f"livestream:{name}", args=[session.code])


def test_is_planned_by_a_tick_and_nothing_else(session):
    host = client_of(make_variant().shop.owner)
    product = Product.objects.get(shop__owner=int(host.session["_auth_user_id"]))
    tomorrow = timezone.localtime() + timedelta(days=1)
    fields = {"title": "Coba-coba", "planned_at": f"{tomorrow:%Y-%m-%dT%H:%M}", "products": [product.pk]}

    host.post(reverse("livestream:plan_new"), {**fields, "is_rehearsal": "on"})
    practice = LiveSession.objects.get(title="Coba-coba")
    host.post(reverse("livestream:plan_edit", args=[practice.code]), {**fields, "is_rehearsal": ""})

    practice.refresh_from_db()
    assert practice.is_rehearsal


def test_a_planned_sale_does_not_become_one(variant):
    session = make_session(shop=variant.shop, products=[variant.product])
    tomorrow = timezone.localtime() + timedelta(days=1)
    fields = {"title": "Jualan", "planned_at": f"{tomorrow:%Y-%m-%dT%H:%M}", "products": [variant.product.pk]}

    client_of(session.host).post(address(session, "plan_edit"), {**fields, "is_rehearsal": "on"})

    session.refresh_from_db()
    assert (session.title, session.is_rehearsal) == ("Jualan", False)


@pytest.mark.parametrize("name", ["room", "showcase", "pinned", "qr", "events"])
def test_is_not_there_for_anybody_but_the_crew(session, name):
    mentor = make_crew_member(session, role=Role.MENTOR)

    for person in (None, make_user(), make_shop().owner):
        assert client_of(person).get(address(session, name)).status_code == 404
    for person in (session.host, mentor):
        assert client_of(person).get(address(session, name)).status_code == 200


def test_is_not_there_any_more_for_who_was_sent_away(session):
    helper = make_crew_member(session)
    crew.revoke(CrewMember.objects.get(user=helper))

    assert client_of(helper).get(address(session, "room")).status_code == 404


def test_is_in_no_list_before_while_and_after(variant):
    planned = {"shop": variant.shop, "products": [variant.product], "is_rehearsal": True}
    make_session(**planned)
    make_session_on_air(**planned)
    now = timezone.now()
    make_session(**planned, went_live_at=now - timedelta(hours=2), ended_at=now, recorded_ms=60_000)

    for tab in ("", "akan-datang", "tayang-ulang"):
        page = Client().get(reverse("livestream:list"), {"tab": tab}).content.decode()
        assert "stall-card" not in page
    for listed in (queries.sessions_on_air, queries.sessions_upcoming, queries.sessions_to_replay):
        assert not listed().exists()
    assert not queries.provinces_with_sessions()


def test_puts_no_product_on_air(session, variant):
    assert session_showing(variant.product) is None
    assert [product.is_live for product in with_air(Product.objects.all())] == [False]
    page = Client().get(reverse("catalog:product", args=[variant.product.slug, variant.product.pk]))
    assert session.code not in page.content.decode()


def test_sells_nothing(session, variant):
    buyer = make_user()
    to = make_address(buyer)
    client = client_of(buyer)
    url = reverse("checkout:buy", args=[variant.pk])
    sheet = client.get(url, {"session": session.code}).content.decode()
    fields = {
        "variant": variant.pk,
        "quantity": 1,
        "address": to.pk,
        "method": "qris",
        "session": session.code,
        "key": sheet.split('name="key" value="')[1].split('"')[0],
    }

    answer = client.post(url, fields, headers=HTMX)

    assert answer.status_code == 409
    assert "latihan" in answer.content.decode()
    assert not Order.objects.exists()
    variant.stock.refresh_from_db()
    assert variant.stock.available == 9


@pytest.mark.parametrize("name", ["deals:console", "deals:games"])
def test_begins_no_deal(session, name):
    moderator = make_crew_member(session, permissions=[Permission.DEALS])

    for person in (session.host, moderator):
        assert client_of(person).get(reverse(name, args=[session.code])).status_code == 404
    assert 'id="tab-deals"' not in client_of(session.host).get(address(session, "studio")).content.decode()


def test_says_in_the_studio_what_it_is(session):
    assert "LATIHAN" in client_of(session.host).get(address(session, "studio")).content.decode()


def test_is_no_show_to_compare_with(variant):
    now = timezone.now()
    make_session(
        shop=variant.shop,
        is_rehearsal=True,
        went_live_at=now - timedelta(hours=3),
        ended_at=now - timedelta(hours=2),
    )
    assert shows_before(make_session_on_air(shop=variant.shop)) == []


@pytest.mark.django_db(transaction=True)
def test_is_heard_by_the_crew_only(room_port):
    session = make_session_on_air(is_rehearsal=True)
    helper, stranger = make_crew_member(session), make_user()
    member = CrewMember.objects.get(user=helper)

    async def code_of(user):
        async with viewer_of(session.code, port=room_port, user=user, last=None) as viewer:
            try:
                while True:
                    await viewer.frame()
            except HungUp as end:
                return end.code

    async def story():
        refused = [await code_of(None), await code_of(stranger)]
        async with viewer_of(session.code, port=room_port, user=helper) as viewer:
            hello = await viewer.hear("hello")
            await aside(crew.revoke, member)
            return refused, hello["type"], await viewer.close_code()

    assert asyncio.run(story()) == ([4404, 4404], "hello", 4404)
