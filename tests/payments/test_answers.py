"""What the gateway says about a payment …"""

from __future__ import annotations

import itertools
import random
from functools import partial
from typing import Any

import pytest

from ledger.models import AccountKind, Transfer
from ledger.queries import balance, reconciliation
from orders import operations as orders
from orders.models import Order
from payments import operations
from payments.gateway import GatewayAnswer
from payments.models import Refund
from tests.concurrency import run_at_once
from tests.factories import make_variant
from tests.orders.helpers import assert_stock_adds_up, let_time_run_out, order_in, place
from tests.payments.conftest import charge_of, charged

STORY = ("pending", "deny", "expire", "capture", "settlement")


def answer(order: Order, status: str, **fields: Any) -> GatewayAnswer:
    fields = {"amount": order.total, "currency": "IDR", "is_accepted": True, **fields}
    return GatewayAnswer(reference=order.number, status=status, transaction_id="T1", **fields)


def tell(order: Order, *statuses: str) -> list[str]:
    return [str(operations.apply_answer(answer(order, status))) for status in statuses]


@pytest.mark.django_db
@pytest.mark.parametrize("story", list(itertools.permutations(STORY)), ids="-".join)
def test_ends_paid_in_whatever_order_it_is_told(story: tuple[str, ...]):
    order = charged(place())
    twice = random.Random(str(story)).sample(story, 2)

    for status in (*story[:3], *twice, *story[3:], *story):
        tell(order, status)

    order.refresh_from_db()
    assert (order.state, charge_of(order).state, charge_of(order).rank) == ("confirmed", "paid", 40)
    assert [leg.amount for leg in Transfer.objects.all()] == [order.total]
    assert_stock_adds_up()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("status", "state"), [("deny", "failed"), ("expire", "expired"), ("cancel", "failed")]
)
def test_leaves_the_hold_to_its_own_clock_when_payment_fails(status: str, state: str):
    order = charged(place())

    assert tell(order, status) == ["applied"]

    order.refresh_from_db()
    assert (order.state, charge_of(order).state) == ("pending", state)


@pytest.mark.django_db
def test_is_not_money_while_a_capture_is_challenged():
    order = charged(place())

    verdict = operations.apply_answer(answer(order, "capture", is_accepted=False))

    order.refresh_from_db()
    assert (verdict, order.state) == ("stale", "pending")


@pytest.mark.django_db
@pytest.mark.parametrize("fields", [{"amount": 1}, {"amount": 10**9}, {"currency": "USD"}])
def test_changes_nothing_for_another_amount_or_currency(fields: dict[str, Any]):
    order = charged(place())

    verdict = operations.apply_answer(answer(order, "settlement", **fields))

    order.refresh_from_db()
    assert (verdict, order.state) == ("wrong_amount", "pending")
    assert not Transfer.objects.exists()


@pytest.mark.django_db
def test_moves_the_money_into_escrow_once():
    order = charged(place())

    assert tell(order, "settlement", "settlement") == ["applied", "stale"]

    assert balance(AccountKind.ESCROW) == order.total
    assert balance(AccountKind.GATEWAY_CLEARING) == -order.total
    assert reconciliation().is_clean


@pytest.mark.django_db
def test_takes_the_units_again_when_money_comes_late():
    order = charged(order_in("expired"))

    tell(order, "expire", "settlement")

    order.refresh_from_db()
    assert order.state == "confirmed"
    assert_stock_adds_up()


@pytest.mark.django_db
def test_owes_a_refund_when_money_comes_late_and_nothing_is_left():
    variant = make_variant(stock=1)
    order = charged(order_in("expired", variant))
    order_in("confirmed", variant)

    tell(order, "settlement")

    order.refresh_from_db()
    assert order.state == "refund_due"
    assert Refund.objects.get(order=order).amount == order.total
    assert balance(AccountKind.ESCROW) == order.total


@pytest.mark.django_db
def test_gives_the_money_back_in_the_books_too():
    order = charged(place())
    tell(order, "settlement")
    orders.cancel_order(order, "Stok rusak")

    tell(order, "refund", "settlement", "refund")

    order.refresh_from_db()
    assert (order.state, charge_of(order).state) == ("refunded", "refunded")
    assert balance(AccountKind.ESCROW) == 0


@pytest.mark.django_db
def test_counts_a_part_refund_as_proof_that_all_was_paid():
    order = charged(place())

    tell(order, "partial_refund", "settlement")

    order.refresh_from_db()
    assert (order.state, charge_of(order).state) == ("confirmed", "paid")


@pytest.mark.django_db
def test_knows_no_order_of_that_number():
    order = charged(place())
    order.number = "PM0000000000"

    assert tell(order, "settlement") == ["unknown_order"]


@pytest.mark.django_db(transaction=True)
def test_pays_each_order_once_while_notices_and_expiry_race():
    variant = make_variant(stock=20)
    waiting = [charged(place(variant)) for _ in range(20)]
    let_time_run_out(*waiting[:10])
    calls: list[Any] = [partial(tell, order, status) for order in waiting for status in STORY]
    calls += [partial(orders.expire_unpaid, 3) for _ in range(4)]
    random.Random(3).shuffle(calls)

    outcomes = run_at_once(*calls)

    assert not [outcome for outcome in outcomes if isinstance(outcome, Exception)]
    assert Order.objects.filter(state="confirmed").count() == 20
    assert Transfer.objects.count() == 20
    assert balance(AccountKind.ESCROW) == sum(order.total for order in waiting)
    assert_stock_adds_up()
