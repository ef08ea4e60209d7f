"""Tables of money: for the bank, for sellers."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils import timezone
from django.utils.translation import gettext as _

from kit.sheets import csv_lines
from payouts.models import Payout
from payouts.queries.statements import Row, Statement

Cell = str | int
BANK_COLUMNS = ["reference", "bank_code", "bank", "account_number", "account_name", "amount", "note"]


def bank_file(payouts: Sequence[Payout]) -> str:
    """One row for each payout, in the order of their numbers. Written once and kept."""
    rows = ([*_row(payout)] for payout in sorted(payouts, key=lambda payout: payout.pk))
    return "".join(csv_lines(BANK_COLUMNS, rows, mark=""))


def _row(payout: Payout) -> list[Cell]:
    to = payout.account
    return [payout.reference, to.bank, to.bank_name, to.number, to.holder, payout.amount, _("Pasar Malam")]


def statement_file(statement: Statement) -> str:
    head = [_("Waktu"), _("Keterangan"), _("Pesanan"), _("Dibayar pembeli"), _("Komisi dan pengembalian")]
    head += [
        _("Biaya pasar dan proses"),
        _("Biaya pembayaran"),
        _("PPh 22"),
        _("Ditahan"),
        _("Sudah di tangan"),
    ]
    head += [_("Masuk saldo"), _("Saldo")]
    opening: list[Cell] = [f"{statement.since:%Y-%m-%d}", _("Saldo awal"), *[""] * 9, statement.opening]
    closing: list[Cell] = [f"{statement.until:%Y-%m-%d}", _("Saldo akhir"), *[""] * 9, statement.closing]
    return "".join(csv_lines(head, [opening, *map(_cells, statement.rows), closing]))


def _cells(row: Row) -> list[Cell]:
    at = timezone.localtime(row.at)
    sums = [row.bought, -row.returned, -row.platform, -row.payment, -row.tax, -row.held_back, -row.in_hand]
    return [f"{at:%Y-%m-%d %H:%M}", row.what, row.number, *sums, row.change, row.balance]
