"""Rows of the books ..."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from ledger.models import Account, AccountKind, Balance, Transaction, TransactionKind, Transfer
from ledger.operations import Leg, account, post
from ledger.queries import Mismatch, reconciliation


@pytest.fixture
def transfer(db: None) -> Transfer:
    leg = Leg(account(AccountKind.ESCROW), account(AccountKind.SELLER_PAYABLE, 3), 700)
    post(TransactionKind.SELLER_SETTLED, 1, [leg])
    return Transfer.objects.get()


@pytest.mark.parametrize("table", ["ledger_transfer", "ledger_transaction"])
@pytest.mark.parametrize("change", ["DELETE FROM {}", "UPDATE {} SET id = id + 1", "TRUNCATE {} CASCADE"])
def test_are_never_changed(transfer: Transfer, table: str, change: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")

        with pytest.raises(DatabaseError, match="ledger rows are only ever added"), transaction.atomic():
            cursor.execute(change.format(table))


def test_have_one_account_per_kind_and_owner(db: None) -> None:
    Account.objects.create(kind=AccountKind.ESCROW)

    with pytest.raises(IntegrityError, match="ledger_one_account_per_kind_and_owner"):
        Account.objects.create(kind=AccountKind.ESCROW)


def test_have_one_transaction_per_source(transfer: Transfer) -> None:
    with pytest.raises(IntegrityError, match="ledger_a_source_is_posted_once"):
        Transaction.objects.create(kind=TransactionKind.SELLER_SETTLED, source_id=1)


def test_have_one_transfer_per_leg(transfer: Transfer) -> None:
    twin = Transfer(
        transaction_id=transfer.transaction_id,
        leg=transfer.leg,
        debit_id=transfer.debit_id,
        credit_id=transfer.credit_id,
        amount=1,
    )

    with pytest.raises(IntegrityError, match="ledger_a_leg_is_posted_once"):
        twin.save()


def test_show_a_balance_that_was_tampered_with(transfer: Transfer) -> None:
    Balance.objects.filter(account_id=transfer.credit_id).update(amount=701)

    found = reconciliation()

    assert not found.is_clean
    assert found.total == 1
    assert found.mismatches == (Mismatch(transfer.credit_id, 701, 700, 1, 1),)


def test_show_a_balance_that_was_never_written(transfer: Transfer) -> None:
    Balance.objects.filter(account_id=transfer.debit_id).delete()

    assert reconciliation().mismatches == (Mismatch(transfer.debit_id, 0, -700, 0, 1),)


def test_show_a_transfer_that_lost_its_account(transfer: Transfer) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM ledger_account WHERE id = %s", [transfer.credit_id])

    assert reconciliation().orphans == (transfer.pk,)
