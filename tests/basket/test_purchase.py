"""One button for several shops …"""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from basket import operations
from basket.models import BasketItem, Purchase
from basket.operations import BasketMoved, CannotBeJoined, NotPlaced
from catalog.models import Stock
from checkout.operations import MethodNotOffered, TooManyUnpaid
from orders import operations as orders
from orders.models import Order
from payments.models import Charge, ShopTill
from tests.basket.helpers import fill, portion_of, wish_for
from tests.concurrency import run_at_once
from tests.factories import (
    make_address,
    make_session_on_air,
    make_shop,
    make_user,
    make_variant,
)
from tests.orders.helpers import counters, let_time_run_out, place

pytestmark = pytest.mark.django_db


def test_makes_an_order_for_each_shop_and_one_payment_for_all():
    buyer = make_user()
    keripik, batik = make_variant(price=10_000), make_variant(price=50_000)
    fill(buyer, keripik, batik)

    made = operations.check_out(
        buyer, wish=wish_for(make_address(buyer), portion_of(keripik), portion_of(batik))
    )

    charge = Charge.objects.get()
    assert [order.total for order in made] == [20_000, 60_000]
    assert charge.amount == 80_000
    assert {part.order_id: part.amount for part in charge.parts.all()} == {
        order.pk: order.total for order in made
    }
    assert Order.objects.values("pay_by").distinct().count() == 1
    assert not BasketItem.objects.exists()


def test_changes_nothing_when_one_shop_has_sold_out():
    buyer = make_user()
    plenty, gone = make_variant(), make_variant(stock=0)
    fill(buyer, plenty, gone)

    with pytest.raises(NotPlaced) as refusal:
        operations.check_out(buyer, wish=wish_for(make_address(buyer), portion_of(plenty), portion_of(gone)))

    assert refusal.value.shop == gone.shop
    assert isinstance(refusal.value.refusal, orders.OutOfStock)
    assert counters(plenty)["available"] == 5
    assert not Order.objects.exists()
    assert not Purchase.objects.exists()
    assert BasketItem.objects.count() == 2


def test_goes_on_without_it_under_the_same_key():
    buyer, plenty, gone = make_user(), make_variant(), make_variant(stock=0)
    fill(buyer, plenty, gone)
    wish = wish_for(make_address(buyer), portion_of(plenty), portion_of(gone))
    with pytest.raises(NotPlaced):
        operations.check_out(buyer, wish=wish)

    made = operations.check_out(buyer, wish=replace(wish, portions=[portion_of(plenty)], content="less"))

    assert [order.shop_id for order in made] == [plenty.shop_id]
    assert list(BasketItem.objects.values_list("variant", flat=True)) == [gone.pk]


def test_is_one_purchase_however_often_it_is_sent():
    buyer, one, other = make_user(), make_variant(), make_variant()
    fill(buyer, one, other)
    wish = wish_for(make_address(buyer), portion_of(one), portion_of(other))

    first = operations.check_out(buyer, wish=wish)
    second = operations.check_out(buyer, wish=wish)

    assert [order.pk for order in first] == [order.pk for order in second]
    assert Order.objects.count() == 2


def test_refuses_a_key_that_bought_something_else():
    buyer, one = make_user(), make_variant()
    fill(buyer, one)
    wish = wish_for(make_address(buyer), portion_of(one))
    operations.check_out(buyer, wish=wish)

    with pytest.raises(orders.KeyReused):
        operations.check_out(buyer, wish=replace(wish, content="more"))

    assert Order.objects.count() == 1


def test_refuses_the_key_of_somebody_else():
    buyer, thief, one = make_user(), make_user(), make_variant()
    fill(buyer, one)
    wish = wish_for(make_address(buyer), portion_of(one))
    operations.check_out(buyer, wish=wish)

    with pytest.raises(orders.KeyReused):
        operations.check_out(thief, wish=wish)


def test_buys_nothing_that_left_the_basket_elsewhere():
    buyer, one = make_user(), make_variant()
    fill(buyer, one)
    address = make_address(buyer)
    operations.check_out(buyer, wish=wish_for(address, portion_of(one)))

    with pytest.raises(BasketMoved):
        operations.check_out(buyer, wish=wish_for(address, portion_of(one)))

    assert Order.objects.count() == 1


def test_refuses_a_dearer_price_than_was_shown():
    buyer, one = make_user(), make_variant(price=10_000)
    fill(buyer, one)

    with pytest.raises(NotPlaced) as refusal:
        operations.check_out(buyer, wish=wish_for(make_address(buyer), portion_of(one, shown_total=19_999)))

    assert isinstance(refusal.value.refusal, orders.PriceChanged)
    assert BasketItem.objects.count() == 1


@pytest.mark.parametrize("method", ["cod", "shop_qris", "transfer"])
def test_joins_nothing_that_shops_take_themselves(method: str):
    buyer, one, other = make_user(), make_variant(), make_variant()
    fill(buyer, one, other)

    with pytest.raises(CannotBeJoined):
        operations.check_out(
            buyer,
            wish=wish_for(make_address(buyer), portion_of(one), portion_of(other), method=method),
        )

    assert not Order.objects.exists()


def test_takes_cash_at_the_door_for_one_shop():
    buyer, one = make_user(), make_variant()
    fill(buyer, one)

    [made] = operations.check_out(buyer, wish=wish_for(make_address(buyer), portion_of(one), method="cod"))

    assert made.is_cod
    assert not Charge.objects.exists()


def test_refuses_a_method_that_one_of_the_shops_does_not_take():
    buyer, one, other = make_user(), make_variant(), make_variant()
    ShopTill.objects.create(pk=other.shop_id, refused_methods=["qris"])
    fill(buyer, one, other)

    with pytest.raises(MethodNotOffered):
        operations.check_out(buyer, wish=wish_for(make_address(buyer), portion_of(one), portion_of(other)))


def test_counts_each_order_among_those_that_wait(settings):
    settings.MOST_UNPAID_ORDERS = 2
    buyer, one, other = make_user(), make_variant(), make_variant()
    place(buyer=buyer)
    fill(buyer, one, other)

    with pytest.raises(TooManyUnpaid):
        operations.check_out(buyer, wish=wish_for(make_address(buyer), portion_of(one), portion_of(other)))

    assert Order.objects.count() == 1


def test_rides_on_an_unpaid_order_of_the_same_show():
    buyer, shop = make_user(), make_shop()
    address = make_address(buyer)
    one, other = make_variant(shop=shop), make_variant(shop=shop)
    session = make_session_on_air(shop=shop, products=[one.product, other.product])
    earlier = place(one, buyer=buyer, session_id=session.pk, address=address.as_snapshot())
    fill(buyer, other, session_id=session.pk, session_ms=12_000)

    [made] = operations.check_out(
        buyer, wish=wish_for(address, portion_of(other, session=session, session_ms=12_000))
    )

    assert made.rides_on_id == earlier.pk
    assert (made.shipping_fee, made.session_id, made.session_ms) == (0, session.pk, 12_000)


@pytest.mark.django_db(transaction=True)
def test_a_double_tap_at_the_same_moment_is_one_purchase():
    buyer, one, other = make_user(), make_variant(), make_variant()
    fill(buyer, one, other)
    wish = wish_for(make_address(buyer), portion_of(one), portion_of(other))

    outcomes = run_at_once(*[partial(operations.check_out, buyer, wish=wish)] * 4)

    assert len({tuple(order.pk for order in made) for made in outcomes}) == 1
    assert Order.objects.count() == 2
    assert Charge.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_tabs_buy_the_same_basket_once():
    buyer, one, other = make_user(), make_variant(), make_variant()
    fill(buyer, one, other)
    address = make_address(buyer)
    wishes = [wish_for(address, portion_of(one), portion_of(other)) for _ in range(3)]

    outcomes = run_at_once(*[partial(operations.check_out, buyer, wish=wish) for wish in wishes])

    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["BasketMoved", "BasketMoved", "list"]
    assert Order.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_baskets_with_crossing_goods_never_wait_in_a_circle():
    """Also not while orders of both shops run out: the numbers of variants cross those of the shops."""
    first, second = make_shop(), make_shop()
    late, early = make_variant(stock=60, shop=second), make_variant(stock=60, shop=first)
    assert late.pk < early.pk
    assert early.shop_id < late.shop_id
    overdue = [place(variant) for variant in (late, early) for _ in range(4)]
    buyers = [make_user() for _ in range(8)]
    addresses = [make_address(buyer) for buyer in buyers]
    for buyer in buyers:
        fill(buyer, late, early)
    pairs = [(late, early), (early, late)] * 4
    wishes = [
        wish_for(address, *map(portion_of, pair)) for address, pair in zip(addresses, pairs, strict=True)
    ]
    let_time_run_out(*overdue)

    outcomes = run_at_once(
        *[
            partial(operations.check_out, buyer, wish=wish)
            for buyer, wish in zip(buyers, wishes, strict=True)
        ],
        *[partial(orders.expire_unpaid, 3)] * 3,
    )

    assert [outcome for outcome in outcomes if isinstance(outcome, Exception)] == []
    for variant in (late, early):
        assert counters(variant) == {"available": 52, "reserved": 8, "sold": 0}


@pytest.mark.django_db(transaction=True)
def test_the_last_one_goes_to_one_basket_and_the_other_keeps_all_of_its_own():
    scarce, plenty = make_variant(stock=1), make_variant(stock=9)
    buyers = [make_user() for _ in range(4)]
    wishes = [wish_for(make_address(buyer), portion_of(scarce), portion_of(plenty)) for buyer in buyers]
    for buyer in buyers:
        fill(buyer, scarce, plenty)

    outcomes = run_at_once(
        *[partial(operations.check_out, buyer, wish=wish) for buyer, wish in zip(buyers, wishes, strict=True)]
    )

    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["NotPlaced"] * 3 + ["list"]
    assert counters(plenty) == {"available": 8, "reserved": 1, "sold": 0}
    assert BasketItem.objects.count() == 6


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    goods=st.lists(
        st.tuples(st.integers(0, 2), st.integers(0, 4), st.integers(1, 3), st.integers(1, 90_000)),
        min_size=1,
        max_size=6,
    )
)
def test_is_all_or_nothing_whatever_lies_in_it(db, goods):
    """(shop, stock, quantity, price) of each thing: one order for each shop, or nothing has moved."""
    shops = [make_shop() for _ in range(3)]
    buyer = make_user()
    rows = [
        (make_variant(stock=stock, price=price, shop=shops[shop]), quantity)
        for shop, stock, quantity, price in goods
    ]
    for variant, quantity in rows:
        fill(buyer, variant, quantity=quantity)
    portions = [_portion(shop, rows) for shop in shops if any(v.shop_id == shop.pk for v, _ in rows)]
    before = {variant.pk: variant.stock.available for variant, _ in rows}
    fits = all(before[variant.pk] >= quantity for variant, quantity in rows)
    begun = timezone.now()

    try:
        made = operations.check_out(buyer, wish=wish_for(make_address(buyer), *portions))
    except NotPlaced:
        made = []

    taken = {variant.pk: quantity if fits else 0 for variant, quantity in rows}
    now = dict(Stock.objects.filter(pk__in=before).values_list("pk", "available"))
    assert len(made) == (len(portions) if fits else 0)
    assert {pk: before[pk] - now[pk] for pk in before} == taken
    charges = Charge.objects.filter(parts__order__buyer=buyer, created_at__gte=begun).distinct()
    assert sum(charge.amount for charge in charges) == (
        sum(order.total for order in made) if len(made) > 1 else 0
    )


def _portion(shop, rows):
    own = [(variant, quantity) for variant, quantity in rows if variant.shop_id == shop.pk]
    basket = {variant.pk: quantity for variant, quantity in own}
    return portion_of(*[variant for variant, _ in own], basket=basket, shown_total=None)
