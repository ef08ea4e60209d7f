"""A show's numbers as tables for a spreadsheet: plain numbers, and no text that runs as a formula."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from django.utils.translation import gettext as _

from insights.queries.report import Report
from insights.reckoning import Outcome
from kit.sheets import csv_lines

Cell = str | int


class Sheet(Protocol):
    def __call__(self, report: Report, *, with_money: bool) -> str: ...


def timeline(report: Report, *, with_money: bool) -> str:
    head = [_("Detik ke"), _("Penonton"), _("Masuk"), _("Obrolan"), _("Lihat beli"), _("Pesanan")]
    rows: Iterable[list[Cell]] = (
        [step.from_ms // 1000, step.viewers, step.entered, step.chat, step.taps, step.orders, step.goods]
        for step in report.timeline.steps
    )
    return _written(head, rows, with_money=with_money)


def products(report: Report, *, with_money: bool) -> str:
    head = [
        _("Produk"),
        _("Detik disematkan"),
        _("Lihat beli"),
        _("Pesanan"),
        _("Pesanan jadi"),
        _("Terjual"),
    ]
    rows = ([row.name, row.shown_ms // 1000, *_outcome(row.outcome)] for row in report.products)
    return _written(head, rows, with_money=with_money)


def pins(report: Report, *, with_money: bool) -> str:
    head = [_("Produk"), _("Dari detik"), _("Sampai detik"), _("Penonton terbanyak"), _("Lihat beli")]
    head += [_("Pesanan"), _("Pesanan jadi"), _("Terjual")]
    rows = [
        [row.name, row.from_ms // 1000, row.to_ms // 1000, row.viewers, *_outcome(row.outcome)]
        for row in report.pins
    ]
    rest = [_("Di luar sematan"), "", "", "", *_outcome(report.unpinned)]
    return _written(head, [*rows, rest], with_money=with_money)


SHEETS: dict[str, Sheet] = {"waktu": timeline, "produk": products, "sematan": pins}


def _outcome(outcome: Outcome) -> list[Cell]:
    return [outcome.taps, outcome.orders, outcome.kept_orders, outcome.units, outcome.goods]


def _written(head: list[str], rows: Iterable[list[Cell]], *, with_money: bool) -> str:
    """Money is the last column, for those who may see it."""
    if with_money:
        return "".join(csv_lines([*head, _("Omzet (Rp)")], rows))
    return "".join(csv_lines(head, (row[:-1] for row in rows)))
