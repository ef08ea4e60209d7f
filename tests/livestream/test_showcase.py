"""The showcase of a running show…"""

from __future__ import annotations

import asyncio
import time

import pytest
from django.test import Client
from django.urls import reverse

from livestream import queries
from livestream.models import Permission, PinInterval, RoomEvent, ShowcaseItem
from livestream.operations import showcase
from storefront.queries import with_air
from tests.factories import make_crew_member, make_session_on_air, make_shop, make_user, make_variant
from tests.sockets import aside, viewer_of

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def shop():
    return make_shop()


@pytest.fixture
def goods(shop):
    return [make_variant(shop=shop).product for _ in range(3)]


@pytest.fixture
def session(shop, goods):
    return make_session_on_air(shop=shop, products=goods)


def shown(session):
    return [item.product.pk for item in queries.showcase_of(session)]


def kinds():
    return list(RoomEvent.objects.order_by("seq").values_list("kind", flat=True))


def act(session, user, name, product, **fields):
    client = Client()
    client.force_login(user)
    return client.post(reverse(f"livestream:{name}", args=[session.code, product.pk]), fields, headers=HTMX)


@pytest.mark.parametrize(
    ("place", "way", "order"),
    [(1, "naik", [1, 0, 2]), (1, "turun", [0, 2, 1]), (2, "awal", [2, 0, 1]), (0, "naik", [0, 1, 2])],
)
def test_is_put_in_order_while_people_watch(session, goods, place, way, order):
    assert act(session, session.host, "goods_move", goods[place], arah=way).status_code == 200

    assert shown(session) == [goods[number].pk for number in order]
    assert kinds() == ["showcase"]


def test_knows_no_other_way_than_up_and_down(session, goods):
    assert act(session, session.host, "goods_move", goods[0], arah="samping").status_code == 404
    assert kinds() == []


def test_keeps_a_product_back_and_offers_it_again(session, goods):
    act(session, session.host, "goods_hide", goods[1])
    assert shown(session) == [goods[0].pk, goods[2].pk]

    act(session, session.host, "goods_reveal", goods[1])
    assert shown(session) == [product.pk for product in goods]
    assert kinds() == ["showcase", "showcase"]


def test_says_nothing_when_nothing_changes(session, goods):
    showcase.reveal_product(session, product_id=goods[0].pk)

    assert kinds() == []


def test_lets_go_of_a_pinned_product_that_is_kept_back(session, goods):
    showcase.pin_product(session, product_id=goods[0].pk)

    showcase.hide_product(session, product_id=goods[0].pk)

    assert PinInterval.objects.get().to_ms is not None
    assert kinds() == ["pinned", "unpinned", "showcase"]


def test_does_not_pin_what_is_kept_back(session, goods):
    showcase.hide_product(session, product_id=goods[0].pk)

    assert act(session, session.host, "pin", goods[0]).status_code == 409
    assert not PinInterval.objects.exists()


def test_does_not_say_on_the_shelf_that_it_shows_what_it_keeps_back(session, goods):
    showcase.hide_product(session, product_id=goods[0].pk)

    on_air = {product.pk: product.is_live for product in with_air(type(goods[0]).objects.all())}
    assert on_air == {goods[0].pk: False, goods[1].pk: True, goods[2].pk: True}


def test_keeps_back_what_it_kept_back_when_the_plan_is_saved(session, goods):
    showcase.hide_product(session, product_id=goods[1].pk)

    showcase.choose_products(session, product_ids=[product.pk for product in goods])

    assert shown(session) == [goods[0].pk, goods[2].pk]


@pytest.mark.parametrize("name", ["goods_move", "goods_hide", "goods_reveal"])
def test_is_out_of_reach_of_others(session, goods, name):
    chat_only = make_crew_member(session, permissions=[Permission.CHAT])

    for person in (make_user(), make_shop().owner, chat_only):
        assert act(session, person, name, goods[1], arah="naik").status_code == 404
    assert shown(session) == [product.pk for product in goods]


@pytest.mark.parametrize("name", ["goods_move", "goods_hide", "goods_reveal"])
def test_touches_no_product_of_another_session(session, name):
    stranger = make_variant().product
    make_session_on_air(shop=stranger.shop, products=[stranger])

    assert act(session, session.host, name, stranger, arah="naik").status_code == 409
    assert ShowcaseItem.objects.filter(product=stranger, is_hidden=False).exists()


@pytest.mark.django_db(transaction=True)
def test_reaches_everyone_within_a_second(room_port):
    shop = make_shop()
    goods = [make_variant(shop=shop).product for _ in range(2)]
    session = make_session_on_air(shop=shop, products=goods)

    async def story():
        async with viewer_of(session.code, port=room_port) as viewer:
            await viewer.hear("hello")
            began = time.monotonic()
            await aside(showcase.pin_product, session, product_id=goods[0].pk)
            await viewer.item("pinned")
            await aside(showcase.move_product, session, product_id=goods[1].pk, steps=-1)
            await viewer.item("showcase")
            return time.monotonic() - began

    assert asyncio.run(story()) < 2  # two changes, each well within a second


@pytest.mark.parametrize(("way", "order"), [("2", "BCA"), ("-1", "ABC"), ("-99", "ABC"), ("99", "BCA")])
def test_is_dragged_as_far_as_one_likes(session, goods, way, order):
    names = {product.pk: name for product, name in zip(goods, "ABC", strict=True)}

    act(session, session.host, "goods_move", goods[0], arah=way)

    assert "".join(names[pk] for pk in shown(session)) == order


@pytest.mark.parametrize("way", ["", "ke-mana", "1.5", "--1", "101", "9" * 30])
def test_is_dragged_nowhere_by_nonsense(session, goods, way):
    assert act(session, session.host, "goods_move", goods[0], arah=way).status_code == 404
    assert shown(session) == [product.pk for product in goods]
