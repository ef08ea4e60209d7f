"""What the bank says about a batch, as a table: each row marks its payout, and none is guessed."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field

from accounts.models import User
from payouts.models import Payout, PayoutBatch
from payouts.operations.batches import NotUnderWay, fail_payout, pay_payout, return_payout

MOST_BYTES = 1_000_000
MOST_ROWS = 5_000
PAID = frozenset({"paid", "success", "succeeded", "sukses", "berhasil"})
FAILED = frozenset({"failed", "rejected", "gagal", "ditolak"})
RETURNED = frozenset({"returned", "reversed", "retur", "dikembalikan"})
State = Payout.State


class ResultProblem(Exception):
    """This is no table with `reference` and `status`, or it is too large."""


@dataclass
class Taken:
    """What became of the rows."""

    paid: int = 0
    failed: int = 0
    returned: int = 0  # had counted as paid, and came back
    known: int = 0  # had ended before, as the row says
    problems: list[str] = field(default_factory=list)  # rows that nothing was done for


def take_in_results(batch: PayoutBatch, raw: bytes, *, by: User) -> Taken:
    """Mark each row that names a payout of this batch, its sum and how it ended. Again changes nothing."""
    rows = _rows(raw)
    payouts = {payout.reference: payout for payout in batch.payouts.all()}
    taken = Taken()
    for number, row in enumerate(rows, start=2):
        payout = payouts.get(row["reference"])
        if payout is None:
            taken.problems.append(f"{number}: {row['reference'][:40]}?")
        elif row.get("amount", "").strip() not in ("", str(payout.amount)):
            taken.problems.append(f"{number}: {payout.reference} ≠ {payout.amount}")
        else:
            _mark(payout, row, number, taken, by)
    return taken


def _mark(payout: Payout, row: dict[str, str], number: int, taken: Taken, by: User) -> None:
    status, reason = row["status"].casefold(), row.get("reason", "")
    payout.refresh_from_db(fields=["state"])  # another row may have been about it too
    try:
        if status in PAID and payout.state == State.SENT:
            pay_payout(payout, by=by, reference=row.get("bank_reference", ""))
            taken.paid += 1
        elif status in FAILED and payout.state == State.SENT:
            fail_payout(payout, by=by, reason=reason)
            taken.failed += 1
        elif status in FAILED | RETURNED and payout.state == State.PAID:  # the bad news came last
            return_payout(payout, by=by, reason=reason)
            taken.returned += 1
        elif _is_known(payout, status):
            taken.known += 1
        else:  # money that is owed again and yet arrived needs a person
            taken.problems.append(f"{number}: {payout.reference} {row['status'][:20]}?")
    except NotUnderWay:  # somebody was quicker
        taken.problems.append(f"{number}: {payout.reference} …")


def _is_known(payout: Payout, status: str) -> bool:
    if payout.state == State.PAID:
        return status in PAID
    return payout.state in (State.FAILED, State.RETURNED) and status in FAILED | RETURNED


def _rows(raw: bytes) -> list[dict[str, str]]:
    if len(raw) > MOST_BYTES:
        raise ResultProblem
    try:
        table = csv.DictReader(io.StringIO(raw.decode("utf-8-sig")))
        rows = [
            {str(name).strip().casefold(): str(cell or "").strip() for name, cell in row.items()}
            for row in table
        ]
    except (UnicodeDecodeError, csv.Error) as problem:
        raise ResultProblem from problem
    if not rows or len(rows) > MOST_ROWS or not {"reference", "status"} <= rows[0].keys():
        raise ResultProblem
    return rows
