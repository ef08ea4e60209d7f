"""A seller who plans a live…"""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
import time_machine
from django.urls import reverse

from accounts.models import Regency
from livestream.models import LiveSession, RoomCounter
from livestream.operations.showcase import AlreadyStarted, delete_session
from tests.factories import make_session, make_session_on_air, make_shop, make_user, make_variant

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)  # noon in Yogyakarta
PLAN = reverse("livestream:plan")
NEW = reverse("livestream:plan_new")


@pytest.fixture
def shop():
    return make_shop()


@pytest.fixture
def seller(client, shop):
    client.force_login(shop.owner)
    return client


def products_of(shop, count=2):
    return [make_variant(shop=shop).product for _ in range(count)]


def plan(products, **fields):
    fields = {"title": "Keripik panas dari wajan", "planned_at": "2026-11-24T19:00", **fields}
    return {**fields, "products": [product.pk for product in products]}


def shown_in(session):
    return list(session.showcase.order_by("position").values_list("product_id", flat=True))


@time_machine.travel(NOW, tick=False)
def test_writes_the_time_by_the_clock_on_the_shops_wall(seller, shop):
    shop.regency = Regency.objects.get(code="53.11")  # Sumba, an hour ahead of Jakarta
    shop.save()

    seller.post(NEW, plan(products_of(shop)))

    assert LiveSession.objects.get().planned_at == datetime(2026, 11, 24, 11, 0, tzinfo=UTC)


@time_machine.travel(NOW, tick=False)
def test_reads_the_same_time_again(seller, shop):
    session = make_session(shop=shop, planned_at=datetime(2026, 11, 24, 12, 30, tzinfo=UTC))

    page = seller.get(reverse("livestream:plan_edit", args=[session.code]))

    assert 'value="2026-11-24T19:30"' in page.content.decode()


@time_machine.travel(NOW, tick=False)
def test_shows_the_products_in_the_order_sent(seller, shop):
    first, _, third = products_of(shop, 3)

    answer = seller.post(NEW, plan([third, first]))

    session = LiveSession.objects.get()
    assert answer.url == reverse("livestream:preflight", args=[session.code])
    assert (session.host, session.shop) == (shop.owner, shop)
    assert shown_in(session) == [third.pk, first.pk]
    assert RoomCounter.objects.get(session=session).head == 0


@time_machine.travel(NOW, tick=False)
def test_cannot_show_the_goods_of_another_stall(seller, shop):
    answer = seller.post(NEW, plan(products_of(make_shop())))

    assert answer.status_code == 422
    assert not LiveSession.objects.exists()


@time_machine.travel(NOW, tick=False)
@pytest.mark.parametrize("planned_at", ["2026-11-24T11:00", "2027-03-01T19:00", "besok malam"])
def test_is_asked_again_for_an_impossible_time(seller, shop, planned_at):
    answer = seller.post(NEW, plan(products_of(shop), planned_at=planned_at))

    assert answer.status_code == 422
    assert "data-error-summary" in answer.content.decode()
    assert not LiveSession.objects.exists()


@time_machine.travel(NOW, tick=False)
def test_keeps_the_ticks_after_a_refusal(seller, shop):
    first, second = products_of(shop)

    page = seller.post(NEW, plan([second], title="")).content.decode()

    assert f'value="{second.pk}" checked' in page
    assert f'value="{first.pk}" checked' not in page
    assert page.index(f'value="{second.pk}"') < page.index(f'value="{first.pk}"')


@time_machine.travel(NOW, tick=False)
def test_cannot_move_a_live_that_runs_but_can_add_to_it(seller, shop):
    first, second = products_of(shop)
    session = make_session_on_air(shop=shop, products=[first])

    seller.post(
        reverse("livestream:plan_edit", args=[session.code]),
        plan([second, first], planned_at="2026-11-25T19:00", title="Judul baru"),
    )

    before, session = session, LiveSession.objects.get(pk=session.pk)
    assert (session.title, session.planned_at) == ("Judul baru", before.planned_at)
    assert shown_in(session) == [second.pk, first.pk]


def test_takes_an_announcement_back(seller, shop):
    session = make_session(shop=shop, products=products_of(shop))
    address = reverse("livestream:plan_delete", args=[session.code])

    assert seller.get(address).status_code == 200
    assert LiveSession.objects.exists()
    assert seller.post(address).url == PLAN
    assert not LiveSession.objects.exists()


def test_cannot_take_back_what_has_been_on_air(shop):
    session = make_session_on_air(shop=shop)

    with pytest.raises(AlreadyStarted):
        delete_session(session)

    assert LiveSession.objects.exists()


def test_sees_only_lives_of_their_own(seller, shop):
    make_session(shop=shop, title="Punyaku")
    make_session(title="Punya tetangga")

    page = seller.get(PLAN).content.decode()

    assert "Punyaku" in page
    assert "Punya tetangga" not in page


def test_needs_a_stall_first(client):
    client.force_login(make_user())

    assert "Buka lapak dulu" in client.get(PLAN).content.decode()
    assert client.get(NEW).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_reads_the_list_with_few_queries(seller, shop, count, django_assert_num_queries):
    for _ in range(count):
        make_session(shop=shop, products=products_of(shop))

    seller.get(PLAN)  # the number on the bell is known for a minute

    with django_assert_num_queries(7):
        seller.get(PLAN)


@pytest.mark.parametrize("name", ["plan_edit", "preflight"])
def test_prepares_helpers_chat_and_vouchers_the_day_before(seller, shop, name):
    session = make_session(shop=shop)

    page = seller.get(reverse(f"livestream:{name}", args=[session.code])).text

    for prepared in ("livestream:crew", "livestream:chat_rules", "deals:console"):
        address = reverse(prepared, args=[session.code])
        assert f'href="{address}"' in page
        assert reverse("livestream:preflight", args=[session.code]) in seller.get(address).text


def test_prepares_no_vouchers_for_practice(seller, shop):
    session = make_session(shop=shop, is_rehearsal=True)

    page = seller.get(reverse("livestream:preflight", args=[session.code])).text

    assert reverse("livestream:crew", args=[session.code]) in page
    assert reverse("deals:console", args=[session.code]) not in page
