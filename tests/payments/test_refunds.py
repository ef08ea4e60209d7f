"""Giving money back …"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db.models import F
from pytest_django.fixtures import Settings

from kit.sealed import unseal
from ledger.models import AccountKind
from ledger.queries import balance
from orders import operations as orders
from orders.models import Order
from payments import operations
from payments.models import BankRefund, Refund, Ticket
from payments.simulator.api import Api
from tests.factories import make_user
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


def test_asks_for_a_bank_account_where_the_gateway_cannot(gateway: Gateway):
    order, staff = paid_and_cancelled(gateway, method="va_bca"), make_user(is_staff=True)

    operations.give_back(order)

    refund = Refund.objects.get()
    order.refresh_from_db()
    assert (order.state, refund.state, refund.bank.payer) == ("refund_due", "needs_account", "market")
    assert refund.refusal.startswith("412")
    with pytest.raises(operations.NotAskedFor):
        operations.record_bank_transfer(refund, by=staff, note="TRF1")

    operations.give_account(refund, bank="BCA", number="1234567890", name="Sari")
    operations.record_bank_transfer(refund, by=staff, note="TRF1")

    order.refresh_from_db()
    assert (order.state, charge_of(order).state) == ("refunded", "refunded")
    assert balance(AccountKind.ESCROW) == 0
    assert balance(AccountKind.BANK_CLEARING) == order.total
    assert not Ticket.objects.filter(closed_at__isnull=True).exists()
    with pytest.raises(operations.NotAskedFor):
        operations.record_bank_transfer(refund, by=staff, note="TRF1")


def test_keeps_the_account_number_sealed(gateway: Gateway):
    order = paid_and_cancelled(gateway, method="va_bca")
    operations.give_back(order)

    operations.give_account(Refund.objects.get(), bank="BCA", number="1234567890", name="Sari")

    kept = BankRefund.objects.get().account_number
    assert "1234567890" not in kept
    assert unseal(kept) == "1234567890"


def test_tries_again_when_the_gateway_was_away(gateway: Gateway, settings: Settings):
    order = paid_and_cancelled(gateway)
    base, settings.MIDTRANS_BASE_URL = settings.MIDTRANS_BASE_URL, "http://127.0.0.1:9"
    operations.give_back(order)
    assert charge_of(order).state == "paid"

    settings.MIDTRANS_BASE_URL = base
    assert operations.retry_refunds(10) == 0  # not at once
    Refund.objects.update(asked_at=F("asked_at") - timedelta(minutes=6))

    assert operations.retry_refunds(10) == 1
    order.refresh_from_db()
    assert order.state == "refunded"


def test_a_no_to_what_the_gateway_had_done_is_not_paid_again_by_bank(gateway: Gateway, monkeypatch):
    order = paid_and_cancelled(gateway)
    monkeypatch.setattr(Api, "refund", _done_but_refused(Api.refund))

    operations.give_back(order)

    order.refresh_from_db()
    assert (order.state, Refund.objects.get().state) == ("refunded", "sent")
    assert not BankRefund.objects.exists()


def _done_but_refused(refund):
    def answer(self, order_id, request):
        refund(self, order_id, request)
        return 412, {"status_code": "412", "status_message": "Merchant cannot modify the transaction status"}

    return answer


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
    assert balance(AccountKind.DOOR_CASH, order.shop_id) == -order.total
