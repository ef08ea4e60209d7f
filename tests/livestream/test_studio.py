"""The host of a live…"""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from livestream.media.tokens import read_publish_token
from livestream.models import LiveSession, PinInterval, Reminder, RoomEvent
from livestream.operations import chat as talk
from livestream.operations.showcase import pin_product
from tests.factories import make_session, make_session_on_air, make_shop, make_user, make_variant

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


@pytest.fixture
def shop():
    return make_shop()


@pytest.fixture
def host(client, shop):
    client.force_login(shop.owner)
    return client


@pytest.fixture
def goods(shop):
    return make_variant(shop=shop, stock=7).product


@pytest.fixture
def session(shop, goods):
    return make_session_on_air(shop=shop, products=[goods])


def address(session, name, *args):
    return reverse(f"livestream:{name}", args=[session.code, *args])


def test_is_the_only_one_who_finds_the_studio(client, session):
    rival = make_shop().owner
    client.force_login(rival)

    for name in ("studio", "preflight", "studio_showcase", "publish_token", "result", "end"):
        assert client.get(address(session, name)).status_code == 404
    assert client.post(address(session, "end")).status_code == 404
    assert LiveSession.objects.get().ended_at is None


def test_learns_before_the_show_how_many_wait_for_it(host, shop, goods):
    planned = make_session(shop=shop, products=[goods])
    Reminder.objects.create(session=planned, user=make_user(), planned_at=planned.planned_at)

    assert "1 orang minta diingatkan" in host.get(address(planned, "preflight")).text


def test_is_pointed_to_a_live_that_was_not_ended(host, shop, goods, session):
    planned = make_session(shop=shop, products=[goods])

    for name in ("preflight", "studio"):
        page = host.get(address(planned, name)).content.decode()
        assert address(session, "studio") in page
        assert address(session, "end") in page
        assert "live-publisher" not in page


def test_loses_the_studio_with_the_stall(host, shop, session):
    shop.suspended_at = timezone.now()
    shop.save()

    assert host.get(address(session, "studio")).status_code == 404


def test_checks_the_goods_before_going_live(host, shop):
    empty = make_variant(shop=shop, stock=0).product
    session = make_session(shop=shop, products=[empty])

    page = host.get(address(session, "preflight")).content.decode()

    assert "1 produk siap ditampilkan." in page
    assert f"Habis: {empty.name}" in page


def test_is_led_from_the_check_to_the_studio_once_on_air(host, session):
    assert host.get(address(session, "preflight")).url == address(session, "studio")


def test_gets_a_token_that_opens_this_session_only(host, shop, session):
    token = host.get(address(session, "publish_token")).json()["token"]

    claim = read_publish_token(token)
    assert (claim.code, claim.user_id) == (session.code, shop.owner_id)


def test_gets_no_token_for_what_is_over(host, session):
    LiveSession.objects.update(ended_at=timezone.now())

    assert host.get(address(session, "publish_token")).status_code == 404


def test_pins_with_one_press(host, session, goods):
    answer = host.post(address(session, "pin", goods.pk), headers=HTMX)

    assert PinInterval.objects.get().product == goods
    assert "data-pinned" in answer.content.decode()
    assert address(session, "unpin") in answer.content.decode()
    assert "<html" not in answer.content.decode()


def test_pins_without_a_script_too(host, session, goods):
    answer = host.post(address(session, "pin", goods.pk))

    assert answer.url == address(session, "studio")
    assert PinInterval.objects.count() == 1


def test_lets_go_again(host, session, goods):
    pin_product(session, product_id=goods.pk)

    answer = host.post(address(session, "unpin"), headers=HTMX)

    assert "data-pinned" not in answer.content.decode()
    assert PinInterval.objects.get().to_ms == 0


def test_is_told_why_nothing_can_be_pinned_yet(host, shop, goods):
    session = make_session(shop=shop, products=[goods])

    answer = host.post(address(session, "pin", goods.pk), headers=HTMX)

    assert answer.status_code == 409
    assert "Mulai siaran dulu" in answer.content.decode()
    assert not PinInterval.objects.exists()


def test_cannot_pin_the_goods_of_another_stall(host, session):
    answer = host.post(address(session, "pin", make_variant().product_id), headers=HTMX)

    assert answer.status_code == 409
    assert not PinInterval.objects.exists()


def test_is_asked_once_before_the_end(host, session):
    page = host.get(address(session, "end"))

    assert "Akhiri live sekarang?" in page.content.decode()
    assert LiveSession.objects.get().ended_at is None


def test_ends_for_good(host, session, goods):
    pin_product(session, product_id=goods.pk)

    answer = host.post(address(session, "end"))

    assert answer.url == address(session, "result")
    assert LiveSession.objects.get().ended_at is not None
    assert PinInterval.objects.get().to_ms is not None
    assert RoomEvent.objects.order_by("seq").last().payload["state"] == "ended"


def test_may_press_the_end_twice(host, session):
    host.post(address(session, "end"))
    ended_at = LiveSession.objects.get().ended_at

    assert host.post(address(session, "end")).url == address(session, "result")
    assert LiveSession.objects.get().ended_at == ended_at


def test_reads_a_result_of_counted_numbers(host, session):
    buyer = make_user()
    for text in ("satu", "dua", "tiga"):
        talk.say(session, sender=buyer, text=text, client_id=uuid.uuid4())
    LiveSession.objects.update(
        ended_at=session.went_live_at + timedelta(minutes=42, seconds=17), peak_viewers=1284, likes=12_440
    )

    page = host.get(address(session, "result")).content.decode()

    for figure in ("00.42.17", "1.284", "12.440", "dari 1 orang"):
        assert figure in page


def test_finds_the_replay_in_the_result_once_it_is_there(host, session):
    LiveSession.objects.update(ended_at=timezone.now())
    assert "Rekamannya sedang disiapkan" in host.get(address(session, "result")).content.decode()

    LiveSession.objects.update(recorded_ms=60_000)
    page = host.get(address(session, "result")).content.decode()

    assert address(session, "room") in page
    assert "Rekamannya sedang disiapkan" not in page


def test_has_no_result_before_the_end(host, session):
    assert host.get(address(session, "result")).url == address(session, "studio")


@pytest.mark.parametrize("count", [1, 3])
def test_asks_the_database_as_often_for_three_products_as_for_one(
    host, shop, count, django_assert_num_queries
):
    products = [make_variant(shop=shop).product for _ in range(count)]
    session = make_session_on_air(shop=shop, products=products)

    with django_assert_num_queries(13):
        host.get(address(session, "studio"))
