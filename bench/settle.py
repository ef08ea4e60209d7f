"""How long it takes to settle matured commission, in a database of its own.

The baseline is the least any design must do, measured in the same run: one plain INSERT … SELECT of
the postings with their primary key, without accounts, transfers or balances.
"""

from __future__ import annotations

import statistics
import time
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.core.management import call_command
from django.db import connection

from affiliates import queries
from bench.report import Figures, figure
from ledger import queries as ledger

ROWS, QUICK_ROWS, AFFILIATES, SHOPS = 100_000, 10_000, 20_000, 2_000
ROUNDS = 5  # in the first one the accounts are opened

# The parents of a commission are not what is measured: it may stand without them here.
ALONE = """
    DO $$ DECLARE held record; BEGIN
        FOR held IN SELECT conname FROM pg_constraint
            WHERE conrelid = 'affiliates_commission'::regclass AND contype = 'f'
        LOOP EXECUTE format('ALTER TABLE affiliates_commission DROP CONSTRAINT %I', held.conname); END LOOP;
    END $$
"""
# Few creators sell most: the square of a uniform number.
COMMISSIONS = """
    INSERT INTO affiliates_commission
        (line_id, affiliate_id, shop_id, rate_id, rate_bp, base, quantity, gross, reserved_at, matures_at)
    SELECT n, 1 + (power(random(), 2) * %(affiliates)s)::int, 1 + (random() * %(shops)s)::int, 1, bp, base,
           1 + n %% 3, base * bp / 10000, now() - interval '10 days', now() - random() * interval '50 minutes'
    FROM (
        SELECT n, 100 + (random() * 3000)::int AS bp, 10000 + (random() * 500000)::bigint AS base
        FROM generate_series(1, %(rows)s) AS n
    ) AS drawn
"""
RETURNS = """
    INSERT INTO affiliates_commissionadjustment
        (commission_id, kind, units, base_refunded, source, made_at)
    SELECT id, 'return', 1, 0, 'bench:' || id, now() FROM affiliates_commission WHERE id % 20 = 0;
    INSERT INTO affiliates_commissionwake (commission_id)
    SELECT commission_id FROM affiliates_commissionadjustment
"""
EMPTY = """
    ALTER TABLE ledger_transfer DISABLE TRIGGER USER;
    ALTER TABLE ledger_transaction DISABLE TRIGGER USER;
    TRUNCATE affiliates_commissionposting, affiliates_settlementbatch, ledger_transfer, ledger_transaction;
    UPDATE ledger_balance SET amount = 0, entries = 0;
    DROP TABLE IF EXISTS floor;
    CREATE TABLE floor (LIKE affiliates_commissionposting INCLUDING ALL)
"""
FLOOR = """
    INSERT INTO floor (commission_id, seq, batch_id, cumulative)
    SELECT id, 1, 1, base * rate_bp / 10000 FROM affiliates_commission WHERE matures_at <= now()
"""
SETTLE = "SELECT affiliates_settle(now(), 1000000)"


def run(options: Mapping[str, Any]) -> Figures:
    """Seconds for one batch of commissions, and how many times the floor that is."""
    rows = QUICK_ROWS if options.get("quick") else ROWS
    with _scratch():
        _prepare(rows)
        rounds = [_round() for _ in range(ROUNDS)]
        posted = _count()
        again = _timed(SETTLE)
        repeated = _count() - posted
        mismatches = len(ledger.reconciliation().mismatches) + len(queries.reconciliation().out_of_step)
    ours, floor = (statistics.median(column) for column in zip(*rounds, strict=True))
    return {
        "vs_floor": figure(ours / floor, "x", 1.0),
        "seconds": figure(ours, "s", floor),
        "rows": figure(posted, "rows", rows),
        "duplicate_rows": figure(repeated, "rows"),
        "duplicate_seconds": figure(again, "s"),
        "mismatches": figure(mismatches, "rows"),
    }


@contextmanager
def _scratch() -> Iterator[None]:
    """A migrated database of its own beside the market's, gone afterwards."""
    name, market = f"bench_settle_{uuid.uuid4().hex[:8]}", connection.settings_dict["NAME"]
    _run(f'CREATE DATABASE "{name}"')
    try:
        _connect_to(name)
        call_command("migrate", verbosity=0)
        yield
    finally:
        _connect_to(market)
        _run(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _connect_to(name: str) -> None:
    connection.close()
    connection.settings_dict["NAME"] = name


def _prepare(rows: int) -> None:
    _run("SET statement_timeout = 0")
    _run(ALONE)
    with connection.cursor() as cursor:
        cursor.execute(COMMISSIONS, {"rows": rows, "affiliates": AFFILIATES, "shops": SHOPS})
    _run(RETURNS)
    _run("VACUUM ANALYZE affiliates_commission")
    _run("VACUUM ANALYZE affiliates_commissionadjustment")


def _round() -> tuple[float, float]:
    """Ours and the floor on the same rows, one after the other."""
    _run(EMPTY)
    _run("VACUUM ledger_balance")
    _run("CHECKPOINT")
    floor = _timed(FLOOR)
    return _timed(SETTLE), floor


def _timed(statement: str) -> float:
    began = time.perf_counter()
    _run(statement)
    return time.perf_counter() - began


def _run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def _count() -> int:
    return _number("SELECT count(*) FROM affiliates_commissionposting")


def _number(statement: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return int(cursor.fetchone()[0])
