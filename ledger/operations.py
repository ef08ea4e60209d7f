"""Writes to the books: everything that moves money is posted here, once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection, transaction

from ledger.models import Account, AccountKind, Transaction, TransactionKind, Transfer

BOOKS_LOCK = 7_001  # advisory; the settlement function takes the same one


@dataclass(frozen=True)
class Leg:
    """An amount above zero that leaves one account (debit) and enters another (credit)."""

    debit: Account
    credit: Account
    amount: int


def account(kind: AccountKind, owner_id: int = 0) -> Account:
    """The account of an owner, opened on first use."""
    found = Account.objects.filter(kind=kind, owner_id=owner_id).first()
    return found or _open(kind, owner_id)


@transaction.atomic
def post(kind: TransactionKind, source_id: int, legs: Sequence[Leg]) -> bool:
    """Move the money once: False, and nothing moves, when this source was posted before.

    Raises IntegrityError when a leg moves nothing or stays within one account.
    """
    lock_books()
    transaction_id = _begin(kind, source_id)
    if transaction_id is None:
        return False
    Transfer.objects.bulk_create(
        Transfer(
            transaction_id=transaction_id, leg=number, debit=leg.debit, credit=leg.credit, amount=leg.amount
        )
        for number, leg in enumerate(legs, start=1)
    )
    _add_to_balances(legs)
    return True


def lock_books() -> None:
    """One writer at a time until its commit.

    Every sale passes through the same escrow row, which orders writers anyway; the lock keeps those
    who post several times in one transaction from waiting for each other in a circle.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [BOOKS_LOCK])


@transaction.atomic
def _open(kind: AccountKind, owner_id: int) -> Account:
    lock_books()
    opened, _ = Account.objects.get_or_create(kind=kind, owner_id=owner_id)
    return opened


def _begin(kind: TransactionKind, source_id: int) -> int | None:
    """The new transaction's id; nothing when the key is taken."""
    table = Transaction._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (kind, source_id, posted_at) VALUES (%s, %s, now()) "  # noqa: S608
            "ON CONFLICT (kind, source_id) DO NOTHING RETURNING id",
            [kind, source_id],
        )
        row = cursor.fetchone()
    return row[0] if row else None


def _add_to_balances(legs: Sequence[Leg]) -> None:
    """One statement that visits the accounts in the order of their ids."""
    amounts: Counter[int] = Counter()
    entries: Counter[int] = Counter()
    for leg in legs:
        amounts[leg.debit.pk] -= leg.amount
        amounts[leg.credit.pk] += leg.amount
        entries.update((leg.debit.pk, leg.credit.pk))
    ids = sorted(amounts)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO ledger_balance AS held (account_id, amount, entries) "
            "SELECT * FROM unnest(%s::bigint[], %s::bigint[], %s::bigint[]) "
            "ON CONFLICT (account_id) DO UPDATE "
            "SET amount = held.amount + EXCLUDED.amount, entries = held.entries + EXCLUDED.entries",
            [ids, [amounts[pk] for pk in ids], [entries[pk] for pk in ids]],
        )
