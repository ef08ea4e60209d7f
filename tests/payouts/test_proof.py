"""The proof of the books ..."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from ledger.models import AccountKind, TransactionKind
from ledger.operations import Leg, account, post
from payments.models import Ticket
from payouts import operations
from payouts.models import Finding
from payouts.queries.proof import differences
from tests.payouts.orders import DAY, make_affiliate, paid_order, receive, settled_order

pytestmark = pytest.mark.django_db
LATER = timedelta(days=30)


def test_finds_nothing_in_sound_books():
    settled_order(credited_to=make_affiliate())
    paid_order()

    assert differences(timezone.now() + timedelta(hours=2)) == {}


def test_names_an_order_whose_money_was_not_handed_on():
    order = settled_order()
    escrow, clearing = account(AccountKind.ESCROW), account(AccountKind.GATEWAY_CLEARING)
    post(TransactionKind.ORDER_REFUNDED, order.pk, [Leg(escrow, clearing, 700)])

    found = differences(timezone.now() + LATER)

    assert found == {f"order:{order.number}": {"left_in_escrow": -700}}


def test_names_an_order_that_should_have_been_settled_long_ago():
    order = paid_order()
    receive(order)

    assert list(differences(timezone.now() + LATER)) == [f"late:{order.number}"]


def test_names_a_shop_whose_balance_is_not_what_its_steps_say():
    order = settled_order()
    payable, fee = account(AccountKind.SELLER_PAYABLE, order.shop_id), account(AccountKind.PLATFORM_FEE)
    post(TransactionKind.SELLER_SETTLED, 10**9, [Leg(payable, fee, 80)])

    found = differences(timezone.now() + LATER)

    assert found == {f"shop:{order.shop_id}": {"in_the_books": 58_000, "by_its_steps": 58_080}}


def test_names_a_leg_that_belongs_to_no_order():
    escrow, clearing = account(AccountKind.ESCROW), account(AccountKind.GATEWAY_CLEARING)
    post(TransactionKind.COMMISSION_RELEASED, 10**9, [Leg(clearing, escrow, 90)])

    assert differences(timezone.now()) == {"escrow": {"difference": 90}}


def test_names_a_balance_that_is_not_the_sum_of_its_transfers():
    settled_order()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE ledger_balance SET amount = amount + 5 WHERE amount = 1500")

    assert differences(timezone.now())["ledger"] == {"total": 5, "clearing": 0, "accounts": 1}


def test_tells_a_difference_once_and_again_when_it_comes_back():
    order = paid_order()
    receive(order)
    late = timezone.now() + LATER

    assert [finding.key for finding in operations.prove_books(late)] == [f"late:{order.number}"]
    assert operations.prove_books(late) == []
    ticket = Ticket.objects.get(kind="books")
    assert (ticket.order, ticket.closed_at) == (order, None)
    operations.settle_due(late)
    operations.prove_books(late + DAY)

    assert Finding.objects.get().gone_at == late + DAY
    ticket.refresh_from_db()
    assert ticket.closed_at is not None
