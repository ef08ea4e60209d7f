"""Rates of commission ..."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest
from django.db import IntegrityError
from django.utils import timezone

from affiliates.models import CommissionRate
from affiliates.operations import RateChanged, end_rate, set_rate
from tests.concurrency import run_at_once
from tests.factories import make_product, make_shop

NOW = timezone.now()
pytestmark = pytest.mark.django_db


def test_end_where_the_next_begins() -> None:
    shop = make_shop()
    old = set_rate(shop, product=None, rate_bp=1_000, at=NOW)
    new = set_rate(shop, product=None, rate_bp=500, at=NOW + timedelta(days=1))

    old.refresh_from_db()
    assert (old.rate_bp, old.valid_from, old.valid_to) == (1_000, NOW, new.valid_from)
    assert (new.rate_bp, new.valid_to) == (500, None)


def test_stay_when_nothing_changes() -> None:
    shop = make_shop()

    assert set_rate(shop, product=None, rate_bp=1_000, at=NOW) == set_rate(
        shop, product=None, rate_bp=1_000, at=NOW + timedelta(days=1)
    )
    assert CommissionRate.objects.count() == 1


def test_of_a_product_leave_the_shops_alone() -> None:
    product = make_product()
    whole = set_rate(product.shop, product=None, rate_bp=1_000, at=NOW)
    own = set_rate(product.shop, product=product, rate_bp=2_000, at=NOW)

    end_rate(product.shop, product=product, at=NOW + timedelta(days=1))

    whole.refresh_from_db()
    own.refresh_from_db()
    assert whole.valid_to is None
    assert own.valid_to == NOW + timedelta(days=1)


def test_end_once() -> None:
    shop = make_shop()
    set_rate(shop, product=None, rate_bp=1_000, at=NOW)

    for days in (1, 2):
        end_rate(shop, product=None, at=NOW + timedelta(days=days))

    assert CommissionRate.objects.get().valid_to == NOW + timedelta(days=1)


def test_never_change_the_past() -> None:
    shop = make_shop()
    set_rate(shop, product=None, rate_bp=1_000, at=NOW)

    with pytest.raises(RateChanged):
        set_rate(shop, product=None, rate_bp=500, at=NOW - timedelta(seconds=1))

    assert CommissionRate.objects.get().rate_bp == 1_000


@pytest.mark.parametrize("rate_bp", [0, 99, 8_001])
def test_lie_between_1_and_80_percent(rate_bp: int) -> None:
    with pytest.raises(IntegrityError, match="affiliates_a_rate_is_1_to_80_percent"):
        set_rate(make_shop(), product=None, rate_bp=rate_bp, at=NOW)


def test_never_overlap() -> None:
    shop = make_shop()
    CommissionRate.objects.create(shop=shop, rate_bp=1_000, valid_from=NOW)

    with pytest.raises(IntegrityError, match="affiliates_one_rate_at_a_time"):
        CommissionRate.objects.create(shop=shop, rate_bp=500, valid_from=NOW + timedelta(days=1))


@pytest.mark.django_db(transaction=True)
def test_come_one_after_the_other_when_set_at_once() -> None:
    shop = make_shop()
    changes = [
        partial(set_rate, shop, product=None, rate_bp=bp, at=NOW + timedelta(seconds=bp))
        for bp in (300, 301, 302, 303)
    ]

    outcomes = run_at_once(*changes)

    assert all(isinstance(outcome, CommissionRate | RateChanged) for outcome in outcomes)
    assert CommissionRate.objects.filter(valid_to__isnull=True).count() == 1
