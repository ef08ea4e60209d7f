"""Placing an order …"""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings

from catalog.models import ProductPhoto
from orders import operations
from orders.models import Order, OrderLine, OutboxEntry
from tests.factories import make_product, make_session_on_air, make_shop, make_user, make_variant
from tests.orders.helpers import ADDRESS, counters, place

pytestmark = pytest.mark.django_db


def test_holds_the_units_until_it_is_paid(settings: Settings):
    settings.RESERVATION_SECONDS = 600
    variant = make_variant(stock=5, price=12_500)

    order = place(variant, quantity=2)

    assert order.state == Order.State.PENDING
    assert order.pay_by == order.placed_at + timedelta(seconds=600)
    assert counters(variant) == {"available": 3, "reserved": 2, "sold": 0}


def test_waits_for_the_buyer_to_stand_by_a_parcel_for_the_door():
    variant = make_variant(stock=5)

    order = place(variant, quantity=2, method=Order.Method.COD)

    assert order.state == Order.State.PENDING
    assert order.pay_by == order.placed_at + timedelta(minutes=30)
    assert counters(variant) == {"available": 3, "reserved": 2, "sold": 0}

    operations.confirm_cod(order.pk)

    order.refresh_from_db()
    assert (order.state, order.paid_at) == (Order.State.CONFIRMED, None)
    assert counters(variant) == {"available": 3, "reserved": 0, "sold": 2}


def test_computes_the_money_from_the_catalogue():
    shop = make_shop(shipping_fee=9_000)
    tea, rice = make_variant(shop=shop, price=12_500), make_variant(shop=shop, price=80_000)

    order = place(tea, basket={rice.pk: 1, tea.pk: 3})

    assert (order.subtotal, order.shipping_fee, order.total) == (117_500, 9_000, 126_500)


def test_copies_everything_that_was_promised():
    product = make_product(name="Keripik Tempe", shop=make_shop())
    variant = make_variant(product=product, name="Pedas", price=15_000)
    for position, key in enumerate(["kedua", "pertama"]):
        ProductPhoto.objects.create(
            product=product,
            position=1 - position,
            key=key,
            width=1,
            height=1,
            color="#fff",
            lqip="",
            widths=[],
        )

    order = place(variant, quantity=2)

    line = OrderLine.objects.get(order=order)
    copied = (line.product_name, line.variant_name, line.picture_key, line.price, line.quantity)
    assert copied == ("Keripik Tempe", "Pedas", "pertama", 15_000, 2)
    assert order.address == ADDRESS


def test_keeps_who_is_credited_without_understanding_it():
    shop = make_shop()
    credited, plain = make_variant(shop=shop), make_variant(shop=shop)
    fact = {"affiliate": 77, "rate_bp": 1000, "rule": "last_touch", "trace": ["a"]}
    nobody = {"affiliate": None, "rule": "none"}

    order = place(
        credited,
        basket={credited.pk: 1, plain.pk: 1},
        attribution={credited.pk: fact, plain.pk: nobody},
    )

    lines = {line.variant_id: line for line in order.lines.all()}
    assert (lines[credited.pk].credited_to, lines[credited.pk].attribution) == (77, fact)
    assert (lines[plain.pk].credited_to, lines[plain.pk].attribution) == (None, nobody)


def test_remembers_the_room_it_was_bought_in():
    variant = make_variant()
    session = make_session_on_air(shop=variant.shop)

    order = place(variant, session_id=session.pk, session_ms=61_500)

    assert (order.session, order.session_ms) == (session, 61_500)


def test_leaves_word_in_the_outbox():
    prepaid, cod = place(), place(method=Order.Method.COD)

    told = set(OutboxEntry.objects.values_list("order", "topic"))

    assert told == {(prepaid.pk, "placed"), (cod.pk, "placed")}


def test_changes_nothing_when_one_line_is_out_of_stock():
    shop = make_shop()
    plenty, scarce = make_variant(shop=shop, stock=5), make_variant(shop=shop, stock=1)

    with pytest.raises(operations.OutOfStock) as refusal:
        place(plenty, basket={plenty.pk: 5, scarce.pk: 2})

    assert (refusal.value.variant_id, refusal.value.available) == (scarce.pk, 1)
    assert counters(plenty)["available"] == 5
    assert not Order.objects.exists()


@pytest.mark.parametrize("quantity", [0, -1, 100, 10**20])
def test_refuses_a_quantity_out_of_bounds(quantity: int):
    with pytest.raises(operations.BasketRefused):
        place(make_variant(stock=500), quantity=quantity)


@pytest.mark.parametrize("size", [0, 21])
def test_refuses_an_empty_and_an_endless_basket(size: int):
    with pytest.raises(operations.BasketRefused):
        place(basket=dict.fromkeys(range(1, size + 1), 1))


def test_refuses_what_is_withdrawn():
    variant = make_variant(withdrawn_at=timezone.now())

    with pytest.raises(operations.NoLongerSold):
        place(variant)


def test_refuses_a_withdrawn_product():
    variant = make_variant(product=make_product(withdrawn_at=timezone.now()))

    with pytest.raises(operations.NoLongerSold):
        place(variant)


def test_refuses_a_suspended_shop():
    variant = make_variant(shop=make_shop(suspended_at=timezone.now()))

    with pytest.raises(operations.NoLongerSold):
        place(variant)


def test_refuses_the_variant_of_another_shop():
    with pytest.raises(operations.NoLongerSold):
        place(make_variant(), shop_id=make_shop().pk)


def test_refuses_to_sell_to_oneself():
    variant = make_variant()

    with pytest.raises(operations.OwnGoods):
        place(variant, buyer=variant.shop.owner)


def test_refuses_cod_where_the_shop_does_not_take_it():
    variant = make_variant(shop=make_shop(accepts_cod=False))

    with pytest.raises(operations.CodNotAccepted):
        place(variant, method=Order.Method.COD)


def test_refuses_another_total_than_was_shown():
    variant = make_variant(price=20_000, shop=make_shop(shipping_fee=10_000))

    with pytest.raises(operations.PriceChanged) as refusal:
        place(variant, expected_total=29_999)

    assert refusal.value.total == 30_000
    assert place(variant, expected_total=30_000).total == 30_000


def test_gives_the_same_order_for_the_same_key():
    variant, buyer, key = make_variant(stock=5), make_user(), uuid.uuid4()

    first = place(variant, buyer=buyer, idempotency_key=key)
    second = place(variant, buyer=buyer, idempotency_key=key)

    assert first == second
    assert first.number == second.number
    assert counters(variant) == {"available": 4, "reserved": 1, "sold": 0}


def test_gives_a_winner_the_order_again_after_the_sell_out():
    variant, buyer, key = make_variant(stock=1), make_user(), uuid.uuid4()
    order = place(variant, buyer=buyer, idempotency_key=key)

    assert place(variant, buyer=buyer, idempotency_key=key) == order


@pytest.mark.parametrize("left", [0, 5])
def test_refuses_a_key_that_comes_with_other_content(left: int):
    variant, key = make_variant(stock=1 + left), uuid.uuid4()
    place(variant, idempotency_key=key)

    with pytest.raises(operations.KeyReused):
        place(variant, idempotency_key=key)  # another buyer

    assert counters(variant) == {"available": left, "reserved": 1, "sold": 0}


def test_leaves_the_callers_transaction_usable_after_a_refusal():
    with pytest.raises(operations.OutOfStock):
        place(make_variant(stock=0))

    assert place().state == Order.State.PENDING


@pytest.mark.django_db(transaction=True)
def test_is_one_statement_in_one_round_trip(django_assert_num_queries: DjangoAssertNumQueries):
    variant, buyer = make_variant(), make_user()

    with django_assert_num_queries(1):
        place(variant, buyer=buyer)


def test_stays_on_the_page_of_its_counters():
    with connection.cursor() as cursor:
        cursor.execute("SELECT reloptions FROM pg_class WHERE relname = 'catalog_stock'")
        (options,) = cursor.fetchone()

    assert "fillfactor=10" in options
