"""Many people at the same moment …"""

from __future__ import annotations

import random
import uuid
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import psycopg
import pytest
from django.db import IntegrityError, connection
from django.utils import timezone
from psycopg.types.json import Jsonb

from accounts.models import User
from catalog.models import Shop
from orders import operations
from orders.models import Order, OrderLine, OutboxEntry, new_number
from orders.operations.placement import PLACE
from tests.concurrency import run_at_once
from tests.factories import make_shop, make_user, make_variant
from tests.orders.helpers import assert_stock_adds_up, counters, let_time_run_out, place

pytestmark = pytest.mark.django_db(transaction=True)
SORTED = " ORDER BY priced.variant_id"
AS_GIVEN = " ORDER BY array_position(p_variants, priced.variant_id)"


def kinds(outcomes: list[Any]) -> Counter[str]:
    return Counter(type(outcome).__name__ for outcome in outcomes)


def test_two_who_ship_one_box_do_not_wait_for_each_other():
    variant = make_variant(stock=40)
    for _ in range(6):
        buyer = make_user()
        first, second = place(variant, buyer=buyer), place(variant, buyer=buyer)
        Order.objects.filter(pk=second.pk).update(rides_on=first)
        Order.objects.filter(buyer=buyer).update(state="confirmed")
        packed = [operations.pack_order(order) for order in (first, second)]
        assert packed[0].parcel == packed[1].parcel

        ships = [partial(operations.ship_order, order, courier="JNE", waybill="JNE0001") for order in packed]

        assert kinds(run_at_once(*ships)) == {"Order": 1, "NotPossible": 1}


def test_sell_each_unit_once():
    variant = make_variant(stock=10)
    buyers = [make_user() for _ in range(120)]

    outcomes = run_at_once(*(partial(place, variant, buyer=buyer) for buyer in buyers))

    assert kinds(outcomes) == {"Order": 10, "OutOfStock": 110}
    assert counters(variant) == {"available": 0, "reserved": 10, "sold": 0}
    assert OrderLine.objects.count() == OutboxEntry.objects.count() == 10


def test_fight_for_the_last_piece_again_and_again():
    buyers = [make_user() for _ in range(24)]
    for _ in range(5):
        variant = make_variant(stock=1)

        outcomes = run_at_once(*(partial(place, variant, buyer=buyer) for buyer in buyers))

        assert kinds(outcomes) == {"Order": 1, "OutOfStock": 23}


def test_leave_no_unit_unsold_that_somebody_wanted():
    variant = make_variant(stock=25)
    wishes = [(make_user(), quantity) for quantity in [1, 2, 3] * 12]

    outcomes = run_at_once(*(partial(place, variant, size, buyer=buyer) for buyer, size in wishes))

    refused = [
        size for (_, size), outcome in zip(wishes, outcomes, strict=True) if type(outcome) is not Order
    ]
    assert counters(variant)["available"] < min(refused)
    assert_stock_adds_up()


def test_get_one_order_for_one_key():
    variant = make_variant(stock=50)
    taps = [(make_user(), uuid.uuid4()) for _ in range(20)] * 3

    outcomes = run_at_once(
        *(partial(place, variant, buyer=buyer, idempotency_key=key) for buyer, key in taps)
    )

    assert kinds(outcomes) == {"Order": 60}
    assert len({order.pk for order in outcomes}) == Order.objects.count() == 20
    assert counters(variant) == {"available": 30, "reserved": 20, "sold": 0}


def test_pay_expire_and_buy_baskets_in_any_order_without_a_deadlock():
    shop = make_shop()
    variants = [make_variant(shop=shop, stock=40) for _ in range(3)]
    waiting = [place(variants[0], basket={variant.pk: 1 for variant in variants}) for _ in range(12)]
    let_time_run_out(*waiting[6:])
    chance = random.Random(7)
    calls: list[Any] = [partial(operations.mark_paid, order.pk) for order in waiting]
    calls += [partial(operations.expire_unpaid, 3) for _ in range(4)]
    for _ in range(24):
        shuffled = chance.sample(variants, 3)
        calls.append(partial(place, shuffled[0], basket={variant.pk: 1 for variant in shuffled}))
    chance.shuffle(calls)

    outcomes = run_at_once(*calls)

    assert not [outcome for outcome in outcomes if isinstance(outcome, Exception)]
    assert Order.objects.filter(pk__in=[order.pk for order in waiting], state="confirmed").count() == 12
    assert_stock_adds_up()


def test_release_an_overdue_order_once():
    variant = make_variant(stock=200)
    orders = [place(variant) for _ in range(60)]
    let_time_run_out(*orders)

    outcomes = run_at_once(*(partial(operations.expire_unpaid, 7) for _ in range(4)))

    assert sum(outcomes) == 60
    assert counters(variant) == {"available": 200, "reserved": 0, "sold": 0}
    assert OutboxEntry.objects.filter(topic="expired").count() == 60


def test_either_pay_or_expire_but_keep_the_money_and_the_stock_right():
    variant = make_variant(stock=30)
    orders = [place(variant) for _ in range(30)]
    let_time_run_out(*orders)

    calls = [partial(operations.mark_paid, order.pk) for order in orders for _ in range(2)]
    run_at_once(*calls, *(partial(operations.expire_unpaid, 4) for _ in range(4)))

    assert Order.objects.filter(state="confirmed").count() == 30
    assert counters(variant) == {"available": 0, "reserved": 0, "sold": 30}


def test_are_told_to_come_back_when_the_row_is_held_too_long():
    variant, buyer, key = make_variant(), make_user(), uuid.uuid4()
    with psycopg.connect(**connection.get_connection_params() | {"cursor_factory": psycopg.Cursor}) as other:
        other.execute("SELECT 1 FROM catalog_stock WHERE variant_id = %s FOR UPDATE", [variant.pk])

        with pytest.raises(operations.Busy):
            place(variant, buyer=buyer, idempotency_key=key)

    assert not Order.objects.exists()
    assert place(variant, buyer=buyer, idempotency_key=key).state == Order.State.PENDING


@pytest.mark.parametrize("statement", ["INSERT INTO orders_outboxentry", "RETURN NEXT placed;\nEND"])
def test_lose_nothing_when_the_connection_dies_between_two_statements(statement: str):
    variant, key = make_variant(stock=5), uuid.uuid4()

    with the_function_without(statement, f"PERFORM pg_terminate_backend(pg_backend_pid()); {statement}"):
        (outcome,) = run_at_once(partial(place, variant, idempotency_key=key))

    assert isinstance(outcome, Exception)
    assert not Order.objects.exists()
    assert counters(variant) == {"available": 5, "reserved": 0, "sold": 0}


# --- the guards really guard ------------------------------------------------------------------------


@contextmanager
def the_function_without(guard: str, instead: str = "", of: str = "orders_place") -> Iterator[None]:
    """Take one guard out of a SQL function, as a careless change would."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_functiondef(%s::regproc)", [of])
        (whole,) = cursor.fetchone()
        assert guard in whole
        cursor.execute(whole.replace(guard, instead))
        try:
            yield
        finally:
            cursor.execute(whole)


def test_cannot_oversell_even_when_the_condition_is_forgotten():
    variant = make_variant(stock=5)
    buyers = [make_user() for _ in range(24)]

    with (
        the_function_without("AND available >= units"),
        the_function_without("goods.available < units", "false"),
    ):
        outcomes = run_at_once(*(partial(place, variant, buyer=buyer) for buyer in buyers))

    assert kinds(outcomes) == {"Order": 5, "IntegrityError": 19}
    assert counters(variant) == {"available": 0, "reserved": 5, "sold": 0}


def test_cannot_oversell_a_basket_either():
    one = make_variant(stock=50)
    other = make_variant(shop=one.shop, stock=5)
    buyers = [make_user() for _ in range(12)]

    with (
        the_function_without(
            "AND available >= line.bought AND set_aside >= line.won", of="orders_place_fully"
        ),
        the_function_without("WHEN terms.short IS NOT NULL THEN 'P0S01'", of="orders_place_fully"),
    ):
        basket = {one.pk: 1, other.pk: 1}
        outcomes = run_at_once(*(partial(place, one, basket=basket, buyer=buyer) for buyer in buyers))

    assert kinds(outcomes) == {"Order": 5, "IntegrityError": 7}
    assert counters(other) == {"available": 0, "reserved": 5, "sold": 0}


def test_would_oversell_without_both_guards():
    """The negative control: what the race above would look like if nothing guarded."""
    variant = make_variant(stock=5)
    buyers = [make_user() for _ in range(24)]

    with (
        the_function_without("AND available >= units"),
        the_function_without("goods.available < units", "false"),
        _stock_without_checks(),
    ):
        outcomes = run_at_once(*(partial(place, variant, buyer=buyer) for buyer in buyers))

        assert kinds(outcomes) == {"Order": 24}


@contextmanager
def _stock_without_checks() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint "
            "WHERE conrelid = 'catalog_stock'::regclass AND contype = 'c'"
        )
        checks = cursor.fetchall()
        for name, _ in checks:
            cursor.execute(f'ALTER TABLE catalog_stock DROP CONSTRAINT "{name}"')
        try:
            yield
        finally:
            cursor.execute("UPDATE catalog_stock SET initial = 0, available = 0, reserved = 0, sold = 0")
            for name, definition in checks:
                cursor.execute(f'ALTER TABLE catalog_stock ADD CONSTRAINT "{name}" {definition}')


@pytest.mark.parametrize("ordered", [True, False])
def test_deadlock_only_when_lines_are_not_taken_in_order(ordered: bool):
    shop = make_shop()
    one, other = make_variant(shop=shop), make_variant(shop=shop)
    there, back = [one.pk, other.pk], [other.pk, one.pk]

    with (
        the_function_without(
            "IF NOT FOUND THEN", "PERFORM pg_sleep(0.2); IF NOT FOUND THEN", of="orders_place_fully"
        ),
        the_function_without(SORTED, SORTED if ordered else AS_GIVEN, of="orders_terms"),
    ):
        outcomes = run_at_once(*(partial(_call, make_user(), shop, basket) for basket in (there, back)))

    assert ("OperationalError" in kinds(outcomes)) is not ordered


def _call(buyer: User, shop: Shop, variant_ids: list[int]) -> None:
    """The function itself, with the lines in the order given."""
    now = timezone.now()
    with connection.cursor() as cursor:
        values: list[Any] = [uuid.uuid4(), "", new_number(), buyer.pk, shop.pk, "qris", Jsonb({})]
        values += [variant_ids, [1, 1], None, now, now, None, None, Jsonb({}), None]
        cursor.execute(PLACE, values)


def test_cannot_write_counters_that_do_not_add_up():
    variant = make_variant(stock=5)
    variant.stock.available = 6

    with pytest.raises(IntegrityError):
        variant.stock.save()
