"""Reads of the books, and the proof that they add up."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection
from django.db.models import Sum

from ledger.models import AccountKind, Balance


@dataclass(frozen=True)
class Mismatch:
    """An account whose cached balance is not the sum of its transfers."""

    account_id: int
    cached: int
    summed: int
    cached_entries: int
    counted_entries: int


@dataclass(frozen=True)
class Reconciliation:
    mismatches: tuple[Mismatch, ...]
    orphans: tuple[int, ...]  # transfers without their transaction or one of their accounts
    total: int  # over all accounts: zero, or money was made
    clearing: int  # passes through a settlement: zero between settlements

    @property
    def is_clean(self) -> bool:
        return not self.mismatches and not self.orphans and self.total == 0 and self.clearing == 0


def balance(kind: AccountKind, owner_id: int = 0) -> int:
    """Credits minus debits in rupiah; nought for an account that nobody has used."""
    held = Balance.objects.filter(account__kind=kind, account__owner_id=owner_id)
    return held.values_list("amount", flat=True).first() or 0


def reconciliation() -> Reconciliation:
    """Compare every cached balance with the transfers themselves."""
    total = Balance.objects.aggregate(sum=Sum("amount"))["sum"] or 0
    return Reconciliation(
        mismatches=_mismatches(),
        orphans=_orphans(),
        total=int(total),
        clearing=balance(AccountKind.SETTLEMENT_CLEARING),
    )


def _mismatches() -> tuple[Mismatch, ...]:
    with connection.cursor() as cursor:
        cursor.execute(
            """
            WITH moved AS (
                SELECT debit_id AS account_id, -amount AS amount FROM ledger_transfer
                UNION ALL
                SELECT credit_id, amount FROM ledger_transfer
            ), summed AS (
                SELECT account_id, sum(amount)::bigint AS amount, count(*) AS entries
                FROM moved GROUP BY account_id
            )
            SELECT account.id, coalesce(held.amount, 0), coalesce(summed.amount, 0),
                   coalesce(held.entries, 0), coalesce(summed.entries, 0)
            FROM ledger_account AS account
            LEFT JOIN ledger_balance AS held ON held.account_id = account.id
            LEFT JOIN summed ON summed.account_id = account.id
            WHERE coalesce(held.amount, 0) <> coalesce(summed.amount, 0)
               OR coalesce(held.entries, 0) <> coalesce(summed.entries, 0)
            ORDER BY account.id
            """
        )
        return tuple(Mismatch(*row) for row in cursor.fetchall())


def _orphans() -> tuple[int, ...]:
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT moved.id FROM ledger_transfer AS moved
            LEFT JOIN ledger_transaction AS whole ON whole.id = moved.transaction_id
            LEFT JOIN ledger_account AS debit ON debit.id = moved.debit_id
            LEFT JOIN ledger_account AS credit ON credit.id = moved.credit_id
            WHERE whole.id IS NULL OR debit.id IS NULL OR credit.id IS NULL
            ORDER BY moved.id
            """
        )
        return tuple(row[0] for row in cursor.fetchall())
