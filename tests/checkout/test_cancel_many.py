"""Many orders at once …"""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from orders.models import Order
from payments.models import Refund
from payments.operations import retry_refunds
from shipping.models import Parcel
from tests.factories import make_variant
from tests.orders.helpers import assert_stock_adds_up, counters, order_in
from tests.payments.conftest import no_gateway
from tests.payouts.orders import paid_order

__all__ = ["no_gateway"]  # a fixture
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_gateway")]


def press(client: Client, orders: list[Order], **fields: Any) -> Any:
    client.force_login(orders[0].shop.owner)
    numbers = [order.number for order in orders]
    return client.post("/toko/pesanan/batalkan/", {"orders": numbers, **fields}, follow=True)


def states() -> list[str]:
    return list(Order.objects.order_by("pk").values_list("state", flat=True))


def test_are_shown_before_they_are_called_off(client: Client) -> None:
    variant = make_variant(stock=9)
    orders = [order_in(state, variant) for state in ("confirmed", "packed", "shipped", "pending")]

    page = press(client, orders).content.decode()

    assert [order.number in page for order in orders] == [True, True, False, False]
    assert states() == ["confirmed", "packed", "shipped", "pending"]


def test_are_not_called_off_without_a_reason(client: Client) -> None:
    answer = press(client, [order_in("confirmed")], confirmed="1", reason="  ")

    assert (answer.status_code, states()) == (422, ["confirmed"])


def test_are_called_off_with_their_money_on_its_way_back(client: Client) -> None:
    variant = make_variant(stock=9)
    orders = [paid_order(variant), paid_order(variant), order_in("packed", variant)]

    page = press(client, orders, confirmed="1", reason="Bahan habis").content.decode()

    assert states() == ["refund_due"] * 3
    assert set(Order.objects.values_list("cancel_reason", flat=True)) == {"Bahan habis"}
    assert counters(variant)["available"] == 9
    assert "3 pesanan dibatalkan" in page
    retry_refunds(10)
    assert sorted(Refund.objects.values_list("order", flat=True)) == [orders[0].pk, orders[1].pk]
    assert_stock_adds_up()


def test_stay_where_a_courier_was_called(client: Client) -> None:
    variant = make_variant(stock=9)
    called, other = order_in("packed", variant), order_in("packed", variant)
    Parcel.objects.filter(orders=called).update(aggregator_id="kurir-1")

    page = press(client, [called, other], confirmed="1", reason="Rusak").content.decode()

    assert states() == ["packed", "refund_due"]
    assert "Tidak dibatalkan" in page


def test_are_never_those_of_another_shop(client: Client) -> None:
    mine, theirs = order_in("confirmed"), order_in("confirmed")

    press(client, [mine, theirs], confirmed="1", reason="Habis")

    assert states() == ["refund_due", "confirmed"]
