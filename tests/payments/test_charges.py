"""Opening a charge …"""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest

from orders.models import Order
from payments import operations
from payments.gateway import GatewayRefused, GatewayUnavailable
from payments.midtrans import MidtransGateway
from payments.models import Charge, ChargePart, DoorStory
from tests.concurrency import run_at_once
from tests.orders.helpers import let_time_run_out, order_in, place
from tests.payments.conftest import Gateway, charge_of

pytestmark = pytest.mark.django_db(transaction=True)


def test_brings_a_qris_code(gateway: Gateway):
    order = place()

    charge = operations.open_charge(order)

    assert charge.state == Charge.State.PENDING
    assert charge.qr_string.startswith("000201010212")
    assert charge.amount == order.total


@pytest.mark.parametrize(
    ("method", "prefix"), [("va_bca", "70012"), ("va_bni", "98812"), ("va_bri", "26215")]
)
def test_brings_a_virtual_account_number(gateway: Gateway, method: str, prefix: str):
    charge = operations.open_charge(place(method=method))

    assert charge.va_number.startswith(prefix)
    assert charge.qr_string == ""


def test_ends_a_minute_before_the_units_go_back(gateway: Gateway):
    order = place()

    charge = operations.open_charge(order)

    assert order.pay_by is not None
    early = order.pay_by - timedelta(seconds=60)
    assert charge.expires_at == early.replace(microsecond=0)


def test_asks_the_gateway_once(gateway: Gateway):
    order = place()

    first, second = operations.open_charge(order), operations.open_charge(order)

    assert first == second
    assert gateway.calls == ["POST /v2/charge"]


def test_makes_one_charge_for_two_taps(gateway: Gateway):
    order = place()

    outcomes = run_at_once(*[partial(operations.open_charge, order)] * 6)

    assert {charge.pk for charge in outcomes} == {charge_of(order).pk}
    assert charge_of(order).qr_string == gateway.api.book.get(order.number).qr_string


def test_keeps_the_wish_when_nobody_answers(no_gateway: None):
    order = place()

    with pytest.raises(GatewayUnavailable):
        operations.open_charge(order)

    assert charge_of(order).state == Charge.State.WANTED


def test_finds_a_charge_whose_answer_was_lost(gateway: Gateway):
    order = place()
    lost = operations.open_charge(order)
    Charge.objects.update(state=Charge.State.WANTED, rank=0, qr_string="", transaction_id="")

    found = operations.open_charge(order)

    assert (found.qr_string, found.transaction_id) == (lost.qr_string, lost.transaction_id)


def test_finds_by_its_status_what_another_key_charged(gateway: Gateway):
    order = place(method="va_bni")
    request = {
        "payment_type": "bank_transfer",
        "bank_transfer": {"bank": "bni"},
        "transaction_details": {"order_id": order.number, "gross_amount": order.total},
    }
    gateway.api.charge(request)

    charge = operations.open_charge(order)

    assert charge.va_number == gateway.api.book.get(order.number).va_number
    assert gateway.calls == ["POST /v2/charge", f"GET /v2/{order.number}/status"]


@pytest.mark.parametrize("state", ["confirmed", "cancelled", "expired"])
def test_refuses_an_order_that_does_not_wait_for_money(gateway: Gateway, state: str):
    with pytest.raises(operations.NotPayable):
        operations.open_charge(order_in(state))

    assert gateway.calls == []


def test_asks_nothing_ahead_of_a_trusted_buyer_for_cod(gateway: Gateway):
    order = place(method=Order.Method.COD)
    for _ in range(2):
        DoorStory.objects.create(order=place(), buyer=order.buyer, was_accepted=True)

    with pytest.raises(operations.NotPayable):
        operations.open_charge(order)

    assert gateway.calls == []


def test_says_no_when_the_key_is_wrong(gateway: Gateway):
    gateway.api.server_key = "another"
    order = place()

    with pytest.raises(GatewayRefused) as refusal:
        operations.open_charge(order)

    assert refusal.value.code == "401"
    assert charge_of(order).state == Charge.State.FAILED


def test_knows_nothing_of_an_order_nobody_charged(gateway: Gateway):
    assert MidtransGateway().status("PMNOSUCH") is None


def test_is_looked_after_when_its_notice_was_lost(gateway: Gateway):
    order = place()
    operations.open_charge(order)
    gateway.pay(order)
    Charge.objects.update(created_at=order.placed_at - timedelta(minutes=3))

    assert operations.check_old_charges(10) == 1
    order.refresh_from_db()
    assert order.state == Order.State.CONFIRMED


def test_is_not_asked_about_again_at_once(gateway: Gateway):
    order = place()
    operations.open_charge(order)
    Charge.objects.update(created_at=order.placed_at - timedelta(minutes=3))
    gateway.calls.clear()

    operations.check_old_charges(10)
    operations.check_old_charges(10)

    assert gateway.calls == [f"GET /v2/{order.number}/status"]


def test_is_given_up_when_the_gateway_never_heard_of_it(gateway: Gateway):
    order = place()
    charge = Charge.objects.create(
        reference=order.number,
        method="qris",
        amount=order.total,
        created_at=order.placed_at - timedelta(minutes=3),
    )
    ChargePart.objects.create(charge=charge, order=order, amount=order.total)
    let_time_run_out(order)
    Order.objects.update(state=Order.State.EXPIRED)

    operations.check_old_charges(10)

    assert charge_of(order).state == Charge.State.EXPIRED
