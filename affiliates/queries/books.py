"""What commission is due, and the proof that the books say the same."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.postgres.aggregates import BoolOr
from django.db import connection
from django.db.models import BigIntegerField, F, Func, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Cast

from affiliates.arithmetic import due
from affiliates.models import Commission, CommissionAdjustment, CommissionPosting


def amount_due(commission: Commission) -> int:
    """What the commission earns after everything that lowered it, in rupiah."""
    lowered = CommissionAdjustment.objects.filter(commission=commission).aggregate(
        units=Sum("units", default=0),
        refunded=Sum("base_refunded", default=0),
        is_void=BoolOr(Q(kind="void")),
    )
    return due(
        base=commission.base,
        quantity=commission.quantity,
        rate_bp=commission.rate_bp,
        units=int(lowered["units"]),
        refunded=int(lowered["refunded"]),
        is_void=bool(lowered["is_void"]),
    )


def commissions_with_amounts() -> QuerySet[Commission]:
    """Each with `due` (after everything that lowered it), `posted` and `posted_at` (empty: not settled)."""
    whole = BigIntegerField()  # PostgreSQL sums big integers to numerics
    events = CommissionAdjustment.objects.filter(commission=OuterRef("pk"))
    lowered = events.order_by().values("commission")
    last = CommissionPosting.objects.filter(commission=OuterRef("pk")).order_by("-seq")[:1]
    return Commission.objects.annotate(
        units=Subquery(lowered.annotate(all=Cast(Sum("units"), whole)).values("all")),
        refunded=Subquery(lowered.annotate(all=Cast(Sum("base_refunded"), whole)).values("all")),
        is_void=Subquery(lowered.annotate(any=BoolOr(Q(kind="void"))).values("any")),
        due=Func(
            *(F(name) for name in ("base", "quantity", "rate_bp", "units", "refunded", "is_void")),
            function="affiliates_due",
            output_field=whole,
        ),
        posted=Subquery(last.values("cumulative")),
        posted_at=Subquery(last.values("batch__posted_at")),
    )


@dataclass(frozen=True)
class Reconciliation:
    """Everything that must be empty between two settlements."""

    out_of_step: tuple[int, ...]  # commissions whose last posting is not what is due, and no wake-up waits
    with_gaps: tuple[int, ...]  # commissions whose postings are not numbered 1, 2, 3 …
    wrong_affiliates: tuple[int, ...]  # whose accounts are not the sum of their postings
    wrong_shops: tuple[int, ...]  # whose reserve is not what is due and not posted yet
    wrong_batches: tuple[int, ...]  # whose totals are not those of their postings

    @property
    def is_clean(self) -> bool:
        return not any(
            (self.out_of_step, self.with_gaps, self.wrong_affiliates, self.wrong_shops, self.wrong_batches)
        )


STANDING = """
    WITH standing AS (
        SELECT earned.id, earned.shop_id, earned.affiliate_id,
               affiliates_due(earned.base, earned.quantity, earned.rate_bp,
                              lowered.units, lowered.refunded, lowered.is_void) AS due,
               last.cumulative AS posted, last.seq, last.count
        FROM affiliates_commission AS earned
        LEFT JOIN (
            SELECT commission_id, sum(units)::bigint AS units, sum(base_refunded)::bigint AS refunded,
                   bool_or(kind = 'void') AS is_void
            FROM affiliates_commissionadjustment GROUP BY commission_id
        ) AS lowered ON lowered.commission_id = earned.id
        LEFT JOIN (
            SELECT commission_id, max(seq) AS seq, count(*) AS count,
                   (array_agg(cumulative ORDER BY seq DESC))[1] AS cumulative
            FROM affiliates_commissionposting GROUP BY commission_id
        ) AS last ON last.commission_id = earned.id
    )
"""
OUT_OF_STEP = """
    SELECT id FROM standing
    WHERE posted <> due
      AND NOT EXISTS (SELECT FROM affiliates_commissionwake AS wake WHERE wake.commission_id = standing.id)
    ORDER BY id
"""
WITH_GAPS = "SELECT id FROM standing WHERE seq <> count ORDER BY id"
WRONG_AFFILIATES = """
    , paid_out AS (
        SELECT account.owner_id, sum(CASE account.id WHEN leg.debit_id THEN amount ELSE -amount END) AS amount
        FROM ledger_transaction AS txn JOIN ledger_transfer AS leg ON leg.transaction_id = txn.id
        JOIN ledger_account AS account ON account.id IN (leg.debit_id, leg.credit_id)
        WHERE account.kind IN (5, 6) AND txn.kind IN (13, 15)  -- PAYOUT_PAID, PAYOUT_RETURNED
        GROUP BY 1
    )
    SELECT coalesce(earned.affiliate_id, held.owner_id)
    FROM (SELECT affiliate_id, sum(coalesce(posted, 0)) AS amount FROM standing GROUP BY 1) AS earned
    FULL JOIN (
        SELECT account.owner_id, sum(balance.amount) AS amount
        FROM ledger_account AS account JOIN ledger_balance AS balance ON balance.account_id = account.id
        WHERE account.kind IN (5, 6)  -- AFFILIATE_AVAILABLE, AFFILIATE_IN_TRANSIT
        GROUP BY 1
    ) AS held ON held.owner_id = earned.affiliate_id
    LEFT JOIN paid_out ON paid_out.owner_id = coalesce(earned.affiliate_id, held.owner_id)
    WHERE coalesce(earned.amount, 0) <> coalesce(held.amount, 0) + coalesce(paid_out.amount, 0)
    ORDER BY 1
"""
WRONG_SHOPS = """
    SELECT coalesce(owed.shop_id, held.owner_id)
    FROM (SELECT shop_id, sum(due - coalesce(posted, 0)) AS amount FROM standing GROUP BY 1) AS owed
    FULL JOIN (
        SELECT account.owner_id, balance.amount
        FROM ledger_account AS account JOIN ledger_balance AS balance ON balance.account_id = account.id
        WHERE account.kind = 3  -- SELLER_RESERVE
    ) AS held ON held.owner_id = owed.shop_id
    WHERE coalesce(owed.amount, 0) <> coalesce(held.amount, 0)
    ORDER BY 1
"""
WRONG_BATCHES = """
    SELECT batch.id FROM affiliates_settlementbatch AS batch
    LEFT JOIN (
        SELECT batch_id, count(*) AS count, sum(delta) AS net
        FROM (
            SELECT batch_id,
                   cumulative - lag(cumulative, 1, 0::bigint)
                       OVER (PARTITION BY commission_id ORDER BY seq) AS delta
            FROM affiliates_commissionposting
        ) AS steps GROUP BY batch_id
    ) AS posted ON posted.batch_id = batch.id
    WHERE batch.count <> coalesce(posted.count, 0) OR batch.net <> coalesce(posted.net, 0)
    ORDER BY batch.id
"""


def reconciliation() -> Reconciliation:
    """Recompute every commission from its events and compare it with postings, accounts and batches."""
    return Reconciliation(
        out_of_step=_ids(STANDING + OUT_OF_STEP),
        with_gaps=_ids(STANDING + WITH_GAPS),
        wrong_affiliates=_ids(STANDING + WRONG_AFFILIATES),
        wrong_shops=_ids(STANDING + WRONG_SHOPS),
        wrong_batches=_ids(WRONG_BATCHES),
    )


def _ids(statement: str) -> tuple[int, ...]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return tuple(row[0] for row in cursor.fetchall())
