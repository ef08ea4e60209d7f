"""Many people who want the same deal at the same moment …"""

from __future__ import annotations

import threading
from functools import partial

import psycopg
import pytest
from django.db import connection

from deals.models import FlashDeal, VoucherClaim
from orders import operations
from orders.models import Order
from tests.concurrency import run_at_once
from tests.deals.helpers import assert_deals_add_up, make_flash_deal, make_voucher
from tests.factories import make_shop, make_user, make_variant
from tests.orders.helpers import assert_stock_adds_up, counters, let_time_run_out, place
from tests.orders.test_races import kinds, the_function_without

pytestmark = pytest.mark.django_db(transaction=True)


def test_get_each_unit_of_it_once():
    deal = make_flash_deal(make_variant(stock=200), units=10)
    buyers = [make_user() for _ in range(100)]

    outcomes = run_at_once(
        *(partial(place, deal.variant, buyer=buyer, expected_total=30_000) for buyer in buyers)
    )

    assert kinds(outcomes) == {"Order": 10, "PriceChanged": 90}
    assert counters(deal.variant) == {"available": 190, "reserved": 10, "sold": 0}
    deal.refresh_from_db()
    assert deal.taken == 10
    assert_deals_add_up()


def test_pay_the_list_price_for_the_rest_when_they_agreed_to_it():
    deal = make_flash_deal(make_variant(stock=50), units=10)

    outcomes = run_at_once(*(partial(place, deal.variant, expected_total=35_000) for _ in range(30)))

    assert kinds(outcomes) == {"Order": 30}
    assert sorted(order.total for order in outcomes) == [30_000] * 10 + [35_000] * 20
    assert_deals_add_up()


def test_cannot_take_more_than_one_buyer_may_by_pressing_everywhere():
    deal, buyer = make_flash_deal(make_variant(stock=50), units=40, per_buyer=3), make_user()

    outcomes = run_at_once(
        *(partial(place, deal.variant, buyer=buyer, expected_total=30_000) for _ in range(12))
    )

    assert kinds(outcomes) == {"Order": 3, "PriceChanged": 9}
    assert_deals_add_up()


def test_cannot_use_one_voucher_twice():
    variant, buyer = make_variant(stock=50), make_user()
    deal = make_flash_deal(variant)
    VoucherClaim.objects.create(voucher=make_voucher(deal.session, claimed=1), buyer=buyer)

    outcomes = run_at_once(*(partial(place, variant, buyer=buyer) for _ in range(8)))

    assert sorted(order.discount for order in outcomes) == [0] * 7 + [5_000]
    assert_deals_add_up()


def test_never_wait_for_each_other_with_two_deals_in_one_basket():
    """Orders of both deals in both orders, while others are called off and run out."""
    shop = make_shop()
    one = make_flash_deal(make_variant(shop=shop, stock=300), units=200, per_buyer=20)
    other = make_flash_deal(make_variant(shop=shop, stock=300), units=200, per_buyer=20, session=one.session)
    baskets = [{one.variant_id: 1, other.variant_id: 1}, {other.variant_id: 2, one.variant_id: 1}]
    buyers = [make_user() for _ in range(6)]
    early = [place(one.variant, buyer=buyer, basket=baskets[0]) for buyer in buyers * 4]
    let_time_run_out(*early[:12])

    outcomes = run_at_once(
        *(partial(place, one.variant, buyer=buyer, basket=basket) for buyer in buyers for basket in baskets),
        *(partial(operations.cancel_order, order, "Batal") for order in early[12:]),
        *(partial(operations.expire_unpaid, 5) for _ in range(2)),
    )

    assert not [outcome for outcome in outcomes if isinstance(outcome, Exception)]
    assert_deals_add_up()
    assert_stock_adds_up()


def test_would_take_too_many_if_the_limit_was_not_counted():
    """The negative control: the constraint still refuses what a forgotten condition lets through."""
    deal = make_flash_deal(make_variant(stock=200), units=5)

    with (
        the_function_without("AND taken + line.quantity <= units", of="deals_take"),
        the_function_without("open.units - open.taken", "open.units", of="deals_prices"),
    ):
        outcomes = run_at_once(*(partial(place, deal.variant) for _ in range(20)))

    assert kinds(outcomes) == {"Order": 5, "IntegrityError": 15}


def test_are_refused_once_it_is_stopped_while_they_wait():
    deal = make_flash_deal(make_variant(stock=50))
    with psycopg.connect(**connection.get_connection_params() | {"cursor_factory": psycopg.Cursor}) as other:
        stop = "UPDATE deals_flashdeal SET closed_at = now() WHERE id = %s"
        other.execute(stop, [deal.pk])
        waiting = threading.Timer(0.3, other.commit)
        waiting.start()

        with pytest.raises(operations.PriceChanged):
            place(deal.variant, expected_total=30_000)
        waiting.join()

    assert not Order.objects.exists()
    assert FlashDeal.objects.get().taken == 0


@pytest.mark.parametrize("statement", ["IF terms.claim_id IS NOT NULL OR", "RETURN NEXT placed;\nEND"])
def test_lose_nothing_when_the_connection_dies_between_two_statements(statement: str):
    deal = make_flash_deal(make_variant(stock=5))

    killed = f"PERFORM pg_terminate_backend(pg_backend_pid()); {statement}"
    with the_function_without(statement, killed, of="orders_place_fully"):
        (outcome,) = run_at_once(partial(place, deal.variant))

    assert isinstance(outcome, Exception)
    assert not Order.objects.exists()
    assert_deals_add_up()
    assert_stock_adds_up()
    assert place(deal.variant, expected_total=30_000).lines.get().deal_id == deal.pk
