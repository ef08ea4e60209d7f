"""Of all steps in all states only the listed ones are possible …"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from orders import operations
from orders.models import Order, OutboxEntry
from orders.transitions import STEPS, Event, State
from tests.factories import make_variant
from tests.orders.helpers import PATHS, assert_stock_adds_up, counters, order_in, place

pytestmark = pytest.mark.django_db

DO: dict[Event, Callable[[Order], Any]] = {
    Event.PACK: operations.pack_order,
    Event.SHIP: lambda order: operations.ship_order(order, courier="JNE", waybill="JNE0001"),
    Event.RECEIVE: operations.receive_order,
    Event.CANCEL: lambda order: operations.cancel_order(order, reason="Stok rusak"),
    Event.REFUND: operations.record_refund,
}
ASKED = [(state, event) for state in State for event in DO]


@pytest.mark.parametrize(("state", "event"), [pair for pair in ASKED if pair in STEPS])
def test_takes_a_legal_step_and_tells_of_it(state: State, event: Event):
    order = order_in(state)
    OutboxEntry.objects.all().delete()

    after = DO[event](order)

    assert after.state in STEPS[state, event]
    assert OutboxEntry.objects.filter(topic=after.state, order=order).exists()
    assert_stock_adds_up()


@pytest.mark.parametrize(("state", "event"), [pair for pair in ASKED if pair not in STEPS])
def test_refuses_an_illegal_step_and_changes_nothing(state: State, event: Event):
    order = order_in(state)
    before = Order.objects.values().get(pk=order.pk)

    with pytest.raises(operations.NotPossible):
        DO[event](order)

    assert Order.objects.values().get(pk=order.pk) == before
    assert_stock_adds_up()


@pytest.mark.parametrize("state", State)
def test_pays_only_what_waits_or_comes_late(state: State):
    order = order_in(state)

    outcome = operations.mark_paid(order.pk)

    order.refresh_from_db()
    expected = {"pending": "confirmed", "expired": "confirmed", "cancelled": "refund_due"}
    assert order.state == expected.get(state, state)
    assert outcome == expected.get(state, "unchanged")
    assert_stock_adds_up()


@pytest.mark.parametrize("state", State)
def test_expires_only_what_waits(state: State):
    order = order_in(state)
    Order.objects.filter(pk=order.pk).update(pay_by=order.placed_at)

    operations.expire_unpaid(10)

    order.refresh_from_db()
    assert order.state == ("expired" if state == "pending" else state)


def test_every_state_can_be_reached():
    assert set(PATHS) == set(State)


def test_owes_the_money_back_when_it_comes_too_late_and_the_stall_is_empty():
    variant = make_variant(stock=1)
    late = order_in("expired", variant)
    order_in("confirmed", variant)

    outcome = operations.mark_paid(late.pk)

    late.refresh_from_db()
    assert (outcome, late.state) == ("refund_due", "refund_due")
    assert late.paid_at is not None
    assert counters(variant) == {"available": 0, "reserved": 0, "sold": 1}


def test_opens_a_late_paid_order_again():
    order = order_in("expired")

    operations.mark_paid(order.pk)

    order.refresh_from_db()
    assert (order.state, order.closed_at) == ("confirmed", None)


def test_cancels_cod_without_a_refund():
    variant = make_variant(stock=3)
    order = place(variant, method=Order.Method.COD)
    operations.confirm_cod(order.pk)

    order = operations.cancel_order(order, reason="Salah pesan")

    assert (order.state, order.cancel_reason) == ("cancelled", "Salah pesan")
    assert counters(variant) == {"available": 3, "reserved": 0, "sold": 0}
