"""A seller's hand on the stock, while buyers buy."""

from __future__ import annotations

import threading
import time

import pytest
from django.db import transaction
from django.db.models import F

from catalog.models import Stock
from catalog.operations import StockMoved, restock, set_stock
from tests.concurrency import run_at_once
from tests.factories import make_variant


def stock_of(variant) -> tuple[int, int, int, int]:
    stock = Stock.objects.get(variant=variant)
    return stock.initial, stock.available, stock.reserved, stock.sold


@pytest.fixture
def half_sold(db):
    """10 at first; 3 reserved, 2 sold, 5 left."""
    variant = make_variant(stock=10)
    Stock.objects.filter(variant=variant).update(available=5, reserved=3, sold=2)
    return variant


@pytest.mark.parametrize(("counted", "initial"), [(0, 5), (5, 10), (40, 45)])
def test_counting_anew_moves_only_what_can_be_bought(half_sold, counted, initial):
    set_stock(half_sold, available=counted)

    assert stock_of(half_sold) == (initial, counted, 3, 2)


def test_counting_anew_is_refused_when_someone_bought_meanwhile(half_sold):
    with pytest.raises(StockMoved) as refusal:
        set_stock(half_sold, available=20, seen=6)

    assert refusal.value.available == 5
    assert stock_of(half_sold) == (10, 5, 3, 2)


def test_restocking_adds_to_what_there_is(half_sold):
    restock(half_sold, units=7)

    assert stock_of(half_sold) == (17, 12, 3, 2)


@pytest.mark.django_db(transaction=True)
def test_counting_anew_waits_for_a_purchase_under_way():
    variant = make_variant(stock=10)
    reserved, counting = threading.Event(), threading.Event()

    def buy():
        with transaction.atomic():
            Stock.objects.filter(variant=variant).update(
                available=F("available") - 4, reserved=F("reserved") + 4
            )
            reserved.set()
            counting.wait(5)
            time.sleep(0.3)  # the seller stands at the lock by now

    def count():
        reserved.wait(5)
        counting.set()
        set_stock(variant, available=50)

    outcomes = run_at_once(buy, count)

    assert outcomes == [None, None]
    assert stock_of(variant) == (54, 50, 4, 0)
