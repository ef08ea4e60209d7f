"""Tables of money: for the bank, for sellers."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from kit.sheets import BYTE_ORDER_MARK, harmless
from payouts.models import Payout

Cell = str | int
BANK_COLUMNS = ["reference", "bank_code", "bank", "account_number", "account_name", "amount", "note"]


def bank_file(payouts: Sequence[Payout]) -> str:
    """One row for each payout, in the order of their numbers. Written once and kept."""
    rows = ([*_row(payout)] for payout in sorted(payouts, key=lambda payout: payout.pk))
    return written(BANK_COLUMNS, rows, mark="")


def written(head: Sequence[str], rows: Iterable[Sequence[Cell]], *, mark: str = BYTE_ORDER_MARK) -> str:
    """Plain numbers, and no text that runs as a formula."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows([harmless(cell) if isinstance(cell, str) else cell for cell in row] for row in rows)
    return mark + text.getvalue()


def _row(payout: Payout) -> list[Cell]:
    to = payout.account
    return [payout.reference, to.bank, to.bank_name, to.number, to.holder, payout.amount, _("Pasar Malam")]
