"""Five hundred people press the button in the same second, over HTTP …"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection

from bench.pages_server import database_url, serving
from bench.shoppers import Shopper, buy_at_once, invite, order_request
from catalog.models import Variant
from orders.models import Order, OrderLine
from tests.factories import make_variant
from tests.orders.helpers import assert_stock_adds_up, counters

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(300)]


@contextmanager
def market(buyers: int, stock: int) -> Iterator[tuple[int, list[Shopper], Variant]]:
    """The real server with two workers, people who are logged in, and something scarce."""
    shoppers, variant = invite(buyers), make_variant(stock=stock)
    with serving(database_url(connection.settings_dict["NAME"])) as port:
        yield port, shoppers, variant


def test_and_exactly_fifty_get_one():
    with market(buyers=500, stock=50) as (port, shoppers, variant):
        requests = [order_request(shopper, port, variant.pk) for shopper in shoppers]

        outcome = asyncio.run(buy_at_once(requests, port))

    assert dict(outcome.statuses) == {200: 50, 409: 450}
    assert Order.objects.count() == OrderLine.objects.count() == 50
    assert counters(variant) == {"available": 0, "reserved": 50, "sold": 0}


def test_and_each_sends_it_twice_and_still_gets_one_order():
    with market(buyers=60, stock=20) as (port, shoppers, variant):
        requests = [
            order_request(shopper, port, variant.pk, key=f"00000000-0000-4000-8000-{number:012d}")
            for number, shopper in enumerate(shoppers)
        ]

        outcome = asyncio.run(buy_at_once([*requests, *requests], port))

    assert dict(outcome.statuses) == {200: 40, 409: 80}
    assert Order.objects.count() == 20
    assert_stock_adds_up()
