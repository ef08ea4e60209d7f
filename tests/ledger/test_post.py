"""Posting to the books ..."""

from __future__ import annotations

from functools import partial

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger.models import Account, AccountKind, Balance, Transaction, TransactionKind, Transfer
from ledger.operations import Leg, account, post
from ledger.queries import balance, reconciliation
from tests.concurrency import run_at_once

KINDS = (AccountKind.ESCROW, AccountKind.SELLER_RESERVE, AccountKind.AFFILIATE_AVAILABLE)


@pytest.fixture
def escrow(db: None) -> Account:
    return account(AccountKind.ESCROW)


@pytest.fixture
def reserve(db: None) -> Account:
    return account(AccountKind.SELLER_RESERVE, 7)


def test_moves_the_amount_from_one_account_to_the_other(escrow: Account, reserve: Account) -> None:
    assert post(TransactionKind.COMMISSION_RESERVED, 1, [Leg(escrow, reserve, 2_500)])

    assert balance(AccountKind.ESCROW) == -2_500
    assert balance(AccountKind.SELLER_RESERVE, 7) == 2_500


def test_happens_once_for_a_source(escrow: Account, reserve: Account) -> None:
    post(TransactionKind.COMMISSION_RESERVED, 1, [Leg(escrow, reserve, 2_500)])

    assert not post(TransactionKind.COMMISSION_RESERVED, 1, [Leg(escrow, reserve, 2_500)])

    assert balance(AccountKind.SELLER_RESERVE, 7) == 2_500
    assert Transfer.objects.count() == 1


def test_tells_sources_of_another_kind_apart(escrow: Account, reserve: Account) -> None:
    post(TransactionKind.COMMISSION_RESERVED, 1, [Leg(escrow, reserve, 2_500)])

    assert post(TransactionKind.COMMISSION_RELEASED, 1, [Leg(reserve, escrow, 2_500)])

    assert balance(AccountKind.SELLER_RESERVE, 7) == 0


def test_counts_the_entries_of_each_account(escrow: Account, reserve: Account) -> None:
    legs = [Leg(escrow, reserve, 1), Leg(escrow, account(AccountKind.SELLER_PAYABLE, 7), 9)]

    post(TransactionKind.SELLER_SETTLED, 1, legs)

    assert Balance.objects.get(account=escrow).entries == 2
    assert Balance.objects.get(account=reserve).entries == 1


def test_opens_an_account_once(db: None) -> None:
    assert account(AccountKind.ESCROW) == account(AccountKind.ESCROW)
    assert Account.objects.count() == 1


def test_reads_an_unused_account_as_nought(db: None) -> None:
    assert balance(AccountKind.WRITE_OFF) == 0


@pytest.mark.parametrize("amount", [0, -1])
def test_refuses_an_amount_that_moves_nothing(escrow: Account, reserve: Account, amount: int) -> None:
    with pytest.raises(IntegrityError, match="ledger_a_transfer_moves_money"):
        post(TransactionKind.ORDER_PAID, 1, [Leg(escrow, reserve, amount)])


def test_refuses_a_leg_within_one_account(escrow: Account) -> None:
    with pytest.raises(IntegrityError, match="ledger_a_transfer_has_two_sides"):
        post(TransactionKind.ORDER_PAID, 1, [Leg(escrow, escrow, 5)])


def test_changes_nothing_when_one_leg_is_refused(escrow: Account, reserve: Account) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        post(TransactionKind.ORDER_PAID, 1, [Leg(escrow, reserve, 5), Leg(escrow, reserve, 0)])

    assert not Transaction.objects.exists()
    assert balance(AccountKind.ESCROW) == 0


@pytest.mark.django_db(transaction=True)
def test_lets_one_of_two_at_once_through() -> None:
    leg = Leg(account(AccountKind.ESCROW), account(AccountKind.SELLER_RESERVE, 7), 100)
    same = partial(post, TransactionKind.ORDER_PAID, 1, [leg])

    assert sorted(run_at_once(same, same, same)) == [False, False, True]

    assert balance(AccountKind.SELLER_RESERVE, 7) == 100


@pytest.mark.django_db(transaction=True)
def test_never_waits_in_a_circle_however_the_accounts_are_ordered() -> None:
    one, other = account(AccountKind.SELLER_RESERVE, 1), account(AccountKind.SELLER_RESERVE, 2)
    escrow = account(AccountKind.ESCROW)

    def in_order(source: int, *owners: Account) -> None:
        for round_ in range(10):
            with transaction.atomic():
                for place, owner in enumerate(owners):
                    post(TransactionKind.ORDER_PAID, source + 10 * round_ + place, [Leg(escrow, owner, 1)])

    outcomes = run_at_once(partial(in_order, 1_000, one, other), partial(in_order, 2_000, other, one))

    assert outcomes == [None, None]
    assert balance(AccountKind.ESCROW) == -40
    assert reconciliation().is_clean


Move = tuple[int, list[tuple[int, int, int]]]
movements = st.lists(
    st.tuples(
        st.integers(1, 6),  # source: repeats happen
        st.lists(
            st.tuples(st.integers(0, 5), st.integers(0, 5), st.integers(1, 10**12)).filter(
                lambda leg: leg[0] != leg[1]
            ),
            min_size=1,
            max_size=4,
        ),
    ),
    max_size=12,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(movements)
def test_keeps_the_sum_of_all_accounts_at_nought(
    db: None, moves: list[tuple[int, list[tuple[int, int, int]]]]
) -> None:
    with transaction.atomic():
        held = [account(kind, owner) for kind in KINDS for owner in (1, 2)]
        expected: dict[int, int] = dict.fromkeys(range(6), 0)
        seen: set[int] = set()
        for source, legs in moves:
            posted = post(
                TransactionKind.ORDER_PAID, source, [Leg(held[a], held[b], amount) for a, b, amount in legs]
            )
            assert posted == (source not in seen)
            for debit, credit, amount in legs if posted else []:
                expected[debit] -= amount
                expected[credit] += amount
            seen.add(source)
            assert reconciliation().is_clean
        assert [balance(AccountKind(one.kind), one.owner_id) for one in held] == list(expected.values())
        transaction.set_rollback(True)
