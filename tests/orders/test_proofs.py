"""Looking orders and stock through at night …"""

from __future__ import annotations

import logging

import pytest
from django.db.models import F

from catalog.models import Stock
from orders import proofs
from orders.models import Order, OrderLine
from orders.tasks import prove_orders
from tests.factories import make_variant
from tests.orders.helpers import PATHS, order_in

pytestmark = pytest.mark.django_db


def test_finds_nothing_wrong_with_orders_in_any_state():
    for state in PATHS:
        order_in(state, make_variant(stock=3), quantity=2)

    assert proofs.look_through().is_clean


def test_finds_a_counter_that_is_not_what_the_orders_say(caplog: pytest.LogCaptureFixture):
    variant = make_variant(stock=3)
    order_in("pending", variant)
    Stock.objects.filter(pk=variant.pk).update(available=F("available") - 1, sold=F("sold") + 1)

    with caplog.at_level(logging.ERROR):
        prove_orders()

    assert proofs.look_through().miscounted == [variant.pk]
    assert f"miscounted=[{variant.pk}]" in caplog.text


@pytest.mark.parametrize("key", ["shop_id", "session_id"])
def test_finds_an_order_that_points_at_nothing(key: str):
    order = order_in("pending")
    Order.objects.filter(pk=order.pk).update(**{key: 0})

    assert proofs.look_through().strayed == [order.number]


def test_finds_a_line_for_goods_that_do_not_exist():
    order = order_in("cancelled")
    OrderLine.objects.filter(order=order).update(variant_id=0)

    assert proofs.look_through().strayed == [order.number]
