"""The proof, order by order and account by account: what was paid is what was handed on."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from fees import queries as fees
from ledger import queries as ledger
from ledger.models import AccountKind, TransactionKind

GRACE = timedelta(hours=1)
MOST_NAMED = 200
Differences = dict[str, dict[str, object]]
Values = dict[str, int | datetime | list[int]]

# An order that is over keeps nothing in escrow but what is on its way back to the buyer.
STUCK_ORDERS = """
    SELECT placed.number, held.amount FROM (
        SELECT order_id, sum(CASE WHEN credit_kind = %(escrow)s THEN amount ELSE 0 END)
            - sum(CASE WHEN debit_kind = %(escrow)s THEN amount ELSE 0 END) AS amount, max(posted_at) AS at
        FROM payouts_order_move GROUP BY order_id
    ) AS held
    JOIN orders_order AS placed ON placed.id = held.order_id
    LEFT JOIN payouts_settlement AS settled ON settled.order_id = held.order_id
    LEFT JOIN (
        SELECT order_id, sum(amount) AS amount FROM payments_refund WHERE state <> 'sent' GROUP BY order_id
    ) AS promised ON promised.order_id = held.order_id
    WHERE held.amount <> coalesce(promised.amount, 0) AND held.at < %(before)s
        AND (settled.settled_at IS NOT NULL OR placed.state IN ('cancelled', 'expired', 'refunded'))
    ORDER BY placed.id LIMIT %(most)s
"""
# Escrow as a whole is the sum over all orders: no leg is without its order.
LOST_IN_ESCROW = """
    SELECT coalesce((SELECT sum(balance.amount) FROM ledger_balance AS balance
            JOIN ledger_account AS account ON account.id = balance.account_id
            WHERE account.kind = %(escrow)s), 0)
        - coalesce((SELECT sum(CASE WHEN credit_kind = %(escrow)s THEN amount ELSE 0 END)
            - sum(CASE WHEN debit_kind = %(escrow)s THEN amount ELSE 0 END) FROM payouts_order_move), 0)
"""
# A shop's balance is the sum of its settlements' steps less what was paid out.
WRONG_SHOPS = """
    SELECT coalesce(held.owner_id, steps.shop_id), coalesce(held.amount, 0), coalesce(steps.amount, 0)
    FROM (
        SELECT account.owner_id, balance.amount FROM ledger_balance AS balance
        JOIN ledger_account AS account ON account.id = balance.account_id WHERE account.kind = %(payable)s
    ) AS held
    FULL JOIN (
        SELECT shop_id, sum(amount) AS amount FROM (
            SELECT shop_id, change AS amount FROM payouts_settlementposting
            UNION ALL  -- deposits of parcels that were refused at the door
            SELECT account.owner_id, leg.amount FROM ledger_transaction AS kept
            JOIN ledger_transfer AS leg ON leg.transaction_id = kept.id
            JOIN ledger_account AS account ON account.id = leg.credit_id
            WHERE kept.kind = %(kept)s
            UNION ALL
            SELECT owner_id, -amount FROM payouts_payout
            WHERE payee = 'shop' AND state IN ('sent', 'paid')
        ) AS moved GROUP BY shop_id
    ) AS steps ON steps.shop_id = held.owner_id
    WHERE coalesce(held.amount, 0) <> coalesce(steps.amount, 0)
    ORDER BY 1 LIMIT %(most)s
"""
# What is at the bank or under way is what the payouts say.
WRONG_TRANSIT = """
    SELECT coalesce((SELECT sum(balance.amount) FROM ledger_balance AS balance
            JOIN ledger_account AS account ON account.id = balance.account_id
            WHERE account.kind = ANY(%(transit)s)), 0)
        - coalesce((SELECT sum(amount) FROM payouts_payout WHERE state = 'sent'), 0)
"""
LATE = """
    SELECT placed.number, settled.next_at FROM payouts_settlement AS settled
    JOIN orders_order AS placed ON placed.id = settled.order_id
    WHERE settled.next_at < %(before)s AND NOT EXISTS (
        SELECT FROM payouts_hold AS held WHERE held.order_id = settled.order_id AND held.closed_at IS NULL
    ) ORDER BY settled.next_at LIMIT %(most)s
"""


def differences(now: datetime) -> Differences:
    """By a name that stays the same while the difference lasts; empty when all is well."""
    with_values: Values = {
        "escrow": AccountKind.ESCROW,
        "payable": AccountKind.SELLER_PAYABLE,
        "kept": TransactionKind.DEPOSIT_KEPT,
        "transit": [int(AccountKind.SELLER_IN_TRANSIT), int(AccountKind.AFFILIATE_IN_TRANSIT)],
        "before": now - GRACE,
        "most": MOST_NAMED,
    }
    found: Differences = {}
    for number, amount in _rows(STUCK_ORDERS, with_values):
        found[f"order:{number}"] = {"left_in_escrow": int(amount)}
    for number, due in _rows(LATE, with_values):
        found[f"late:{number}"] = {"was_due": f"{due:%F %T}"}
    for shop_id, held, steps in _rows(WRONG_SHOPS, with_values):
        found[f"shop:{shop_id}"] = {"in_the_books": int(held), "by_its_steps": int(steps)}
    for name, statement in (("escrow", LOST_IN_ESCROW), ("transit", WRONG_TRANSIT)):
        ((amount,),) = _rows(statement, with_values)
        if amount:
            found[name] = {"difference": int(amount)}
    return found | _ledger() | {f"fees:{number}": {} for number in fees.forged_schedules()}


def _ledger() -> Differences:
    books = ledger.reconciliation()
    if books.is_clean:
        return {}
    return {"ledger": {"total": books.total, "clearing": books.clearing, "accounts": len(books.mismatches)}}


def _rows(statement: str, values: Values) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())
