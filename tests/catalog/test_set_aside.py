"""Units that are kept for winners."""

from __future__ import annotations

from functools import partial

import pytest
from django.db import IntegrityError, transaction

from catalog.models import Stock
from catalog.operations import NotEnoughLeft, put_back, set_aside
from tests.concurrency import run_at_once
from tests.factories import make_variant


def counters(variant) -> tuple[int, int, int]:
    stock = Stock.objects.get(variant=variant)
    return stock.initial, stock.available, stock.set_aside


@pytest.mark.django_db
def test_units_go_and_come_back():
    variant = make_variant(stock=10)

    set_aside(variant.pk, units=4)
    assert counters(variant) == (10, 6, 4)

    put_back(variant.pk, units=3)
    assert counters(variant) == (10, 9, 1)


@pytest.mark.django_db
def test_more_than_there_is_changes_nothing():
    variant = make_variant(stock=3)

    with pytest.raises(NotEnoughLeft) as refusal:
        set_aside(variant.pk, units=4)

    assert refusal.value.available == 3
    assert counters(variant) == (3, 3, 0)


@pytest.mark.django_db
def test_nothing_comes_back_that_was_not_set_aside():
    variant = make_variant(stock=3)
    set_aside(variant.pk, units=1)

    with pytest.raises(IntegrityError), transaction.atomic():
        put_back(variant.pk, units=2)

    assert counters(variant) == (3, 2, 1)


@pytest.mark.django_db(transaction=True)
def test_ten_at_once_never_set_aside_more_than_there_is():
    variant = make_variant(stock=7)

    outcomes = run_at_once(*[partial(set_aside, variant.pk, units=2)] * 10)

    assert sum(isinstance(outcome, NotEnoughLeft) for outcome in outcomes) == 7
    assert counters(variant) == (7, 1, 6)
