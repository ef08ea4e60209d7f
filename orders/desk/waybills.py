"""Waybill numbers from a file: every row is read, matched and judged before anything is written."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kit.hygiene import clean_text
from orders.models import Order

LARGEST = 1_000_000  # bytes
MOST_ROWS = 1_000
LONGEST_CELL = 200
WAYBILL = re.compile(r"[A-Z0-9/-]{5,40}")
# How sheets name these columns, in small letters and without signs.
NAMES = {
    "number": {"pesanan", "nomorpesanan", "nopesanan", "order", "ordernumber", "orderno", "orderid"},
    "waybill": {"resi", "nomorresi", "noresi", "waybill", "awb", "trackingnumber"},
    "courier": {"kurir", "courier", "ekspedisi", "jasakirim"},
}
READY = frozenset({Order.State.CONFIRMED, Order.State.PACKED})


class Unreadable(Exception):
    """No table in it; the message says why, for people."""


@dataclass(frozen=True)
class Row:
    """One line of the file, and what speaks against it, if anything does."""

    line: int
    number: str
    waybill: str
    courier: str
    problem: str | Promise = ""
    recipient: str = ""

    @property
    def is_ready(self) -> bool:
        return not self.problem


def read(content: bytes, *, courier: str) -> list[Row]:
    """All rows with anything in them. `courier` stands for rows that name none."""
    if len(content) > LARGEST:
        raise Unreadable(_("Berkasnya terlalu besar. Paling besar 1 MB."))
    table = _table(_text(content))
    filled = [(line, cells) for line, cells in enumerate(table, 1) if any(cell.strip() for cell in cells)]
    if len(filled) < 2:
        raise Unreadable(_("Berkasnya kosong. Baris pertama berisi nama kolom, lalu satu baris per pesanan."))
    if len(filled) > MOST_ROWS + 1:
        raise Unreadable(_("Barisnya terlalu banyak. Paling banyak 1.000 sekali unggah."))
    columns = _columns(filled[0][1])
    return [_row(line, cells, columns, courier) for line, cells in filled[1:]]


def judge(rows: Iterable[Row], orders: QuerySet[Order]) -> list[Row]:
    """Each row against the shop's orders and against the other rows. None is left out."""
    rows = list(rows)
    known = {order.number: order for order in orders.filter(number__in={row.number for row in rows})}
    numbers = Counter(row.number for row in rows)
    boxes: dict[str, set[int]] = {}
    for row in rows:
        if row.number in known:
            order = known[row.number]
            boxes.setdefault(row.waybill, set()).add(order.rides_on_id or order.pk)
    return [_judged(row, known.get(row.number), numbers, boxes) for row in rows]


def _judged(row: Row, order: Order | None, numbers: Counter[str], boxes: dict[str, set[int]]) -> Row:
    if order is None:
        return replace(row, problem=row.problem or _("Tidak ada pesanan dengan nomor ini."))
    recipient = order.address["recipient"]
    return replace(row, recipient=recipient, problem=row.problem or _against(row, order, numbers, boxes))


def _against(row: Row, order: Order, numbers: Counter[str], boxes: dict[str, set[int]]) -> str | Promise:
    if numbers[row.number] > 1:
        return _("Nomor pesanan ini ada lebih dari sekali.")
    if len(boxes[row.waybill]) > 1:
        return _("Nomor resi ini dipakai untuk paket lain.")
    if order.state == Order.State.SHIPPED and order.waybill == row.waybill:
        return _("Sudah tercatat dengan resi ini.")
    if order.state not in READY:
        return _("Belum bisa dikirim atau sudah lewat.")
    return ""


def _text(content: bytes) -> str:
    """As spreadsheets save it: UTF-8 with or without its mark, or Windows' own."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _table(text: str) -> list[list[str]]:
    """Lines end as on any machine; a cell without an end is no cell."""
    lines = io.StringIO(text, newline=None)
    try:
        return list(csv.reader(lines, delimiter=_delimiter(text)))
    except csv.Error as problem:
        raise Unreadable(_("Berkasnya tidak bisa dibaca. Simpan sebagai CSV, lalu coba lagi.")) from problem


def _delimiter(text: str) -> str:
    first = text.lstrip().partition("\n")[0]
    return max(",;\t", key=first.count)


def _columns(head: Sequence[str]) -> dict[str, int]:
    names = [re.sub(r"[^a-z]", "", cell.lower()) for cell in head]
    found = {
        column: next((place for place, name in enumerate(names) if name in known), -1)
        for column, known in NAMES.items()
    }
    if found["number"] < 0 or found["waybill"] < 0:
        raise Unreadable(_("Kolom “nomor pesanan” dan “resi” tidak ketemu di baris pertama."))
    return found


def _row(line: int, cells: Sequence[str], columns: dict[str, int], courier: str) -> Row:
    def cell(column: str) -> str:
        place = columns[column]
        return clean_text(cells[place][:LONGEST_CELL]) if 0 <= place < len(cells) else ""

    number = re.sub(r"\s+", "", cell("number")).upper()[:40]
    waybill = re.sub(r"\s+", "", cell("waybill")).upper()[:60]
    row = Row(line=line, number=number, waybill=waybill, courier=(cell("courier") or courier)[:40])
    if not number:
        return replace(row, problem=_("Nomor pesanannya kosong."))
    if not WAYBILL.fullmatch(waybill):
        return replace(row, problem=_("Resinya kosong atau bukan nomor resi."))
    if not row.courier:
        return replace(row, problem=_("Kurirnya belum dipilih."))
    return row
