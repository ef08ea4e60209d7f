"""Giving money back …"""

from __future__ import annotations

from datetime import timedelta

import pytest
from pytest_django.fixtures import Settings

from ledger.models import AccountKind
from ledger.queries import balance
from orders import operations as orders
from orders.models import Order
from payments import operations
from payments.models import Charge
from tests.orders.helpers import place
from tests.payments.conftest import Gateway, charge_of

pytestmark = pytest.mark.django_db(transaction=True)


def paid_and_cancelled(gateway: Gateway, method: str = "qris") -> Order:
    order = place(method=method)
    operations.open_charge(order)
    gateway.pay(order)
    operations.check_old_charges(10)
    _hear(gateway, order)
    return orders.cancel_order(order, "Stok rusak")


def _hear(gateway: Gateway, order: Order) -> None:
    operations.apply_notice(operations.record_notice(gateway.notice(order)).pk)


def test_returns_a_qris_payment_through_the_gateway(gateway: Gateway):
    order = paid_and_cancelled(gateway)

    operations.give_back(order)

    order.refresh_from_db()
    assert (order.state, charge_of(order).state) == ("refunded", "refunded")
    assert gateway.api.book.get(order.number).status == "refund"
    assert balance(AccountKind.ESCROW) == 0


def test_returns_it_once(gateway: Gateway):
    order = paid_and_cancelled(gateway)

    operations.give_back(order)
    operations.give_back(order)
    _hear(gateway, order)

    assert balance(AccountKind.ESCROW) == balance(AccountKind.GATEWAY_CLEARING) == 0


def test_leaves_a_virtual_account_to_staff(gateway: Gateway):
    order = paid_and_cancelled(gateway, method="va_bca")

    operations.give_back(order)

    order.refresh_from_db()
    assert order.state == "refund_due"
    assert charge_of(order).failure.startswith("412")

    operations.record_manual_refund(order)

    order.refresh_from_db()
    assert order.state == "refunded"
    assert balance(AccountKind.ESCROW) == 0


def test_tries_again_when_the_gateway_was_away(gateway: Gateway, settings: Settings):
    order = paid_and_cancelled(gateway)
    base, settings.MIDTRANS_BASE_URL = settings.MIDTRANS_BASE_URL, "http://127.0.0.1:9"
    operations.give_back(order)
    assert charge_of(order).state == "paid"

    settings.MIDTRANS_BASE_URL = base
    assert operations.retry_refunds(10) == 0  # not at once
    asked_at = charge_of(order).asked_at
    assert asked_at is not None
    Charge.objects.update(asked_at=asked_at - timedelta(minutes=6))

    assert operations.retry_refunds(10) == 1
    order.refresh_from_db()
    assert order.state == "refunded"


def test_stops_a_payment_that_still_waits(gateway: Gateway):
    order = place()
    operations.open_charge(order)
    orders.cancel_order(order, "Berubah pikiran")

    operations.give_back(order)

    assert gateway.api.pay(order.number)[0] == 412


def test_returns_money_that_came_after_the_buyer_changed_their_mind(gateway: Gateway):
    order = place()
    operations.open_charge(order)
    orders.cancel_order(order, "Berubah pikiran")
    gateway.pay(order)
    _hear(gateway, order)

    assert operations.retry_refunds(10) == 1

    order.refresh_from_db()
    assert order.state == "refunded"


def test_has_nothing_to_do_for_cod(gateway: Gateway):
    order = orders.cancel_order(place(method=Order.Method.COD), "Salah pesan")

    operations.give_back(order)

    assert gateway.calls == []


def test_takes_cash_at_the_door_once():
    order = place(method=Order.Method.COD)

    operations.record_cod_payment(order)
    operations.record_cod_payment(order)

    order.refresh_from_db()
    assert order.paid_at is not None
    assert balance(AccountKind.ESCROW) == order.total
