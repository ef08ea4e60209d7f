"""Tables of money: for the bank, for sellers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from django.utils import timezone
from django.utils.translation import gettext as _

from catalog.models import Shop
from kit.sheets import csv_lines
from payouts.models import Payout
from payouts.queries.statements import Row, Statement
from payouts.queries.taxes import Slip, TaxMonth

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


def tax_file(shop: Shop, month: TaxMonth) -> str:
    """All that the rules want of a document, one line for each line of goods; the sums in its first."""
    head = [_("Nomor dokumen"), _("Membetulkan"), _("Tanggal"), _("Pasar"), _("Akun penjual"), _("NIB")]
    head += [_("Nama pembeli"), _("Alamat pembeli"), _("Barang"), _("Jumlah"), _("Harga"), _("Potongan")]
    head += [_("Dikembalikan"), _("Dasar pemungutan"), _("PPh 22"), _("Keterangan")]
    return "".join(csv_lines(head, (row for slip in month.slips for row in _slip_rows(shop, slip))))


def tax_file_of_market(months: Mapping[Shop, TaxMonth]) -> str:
    head = [_("Akun penjual"), _("Pemilik"), _("NIB"), _("Dokumen"), _("Dasar pemungutan"), _("PPh 22")]
    rows = (
        [shop.name, shop.owner.name, shop.nib, len(month.slips), month.base, month.tax]
        for shop, month in sorted(months.items(), key=lambda pair: pair[0].pk)
    )
    return "".join(csv_lines(head, rows))


def _slip_rows(shop: Shop, slip: Slip) -> Iterator[list[Cell]]:
    to = slip.order.address
    address = ", ".join(
        filter(
            None, (to.get(name, "") for name in ("street", "village", "district", "regency", "postal_code"))
        )
    )
    day = f"{timezone.localtime(slip.at):%Y-%m-%d}"
    who: list[Cell] = [slip.number, slip.corrects, day, _("Pasar Malam"), shop.name, shop.nib]
    sums: list[Cell] = [
        slip.returned,
        slip.base,
        slip.tax,
        _("bebas, ada pernyataan") if slip.is_exempt else "",
    ]
    for place, line in enumerate(slip.lines):
        goods: list[Cell] = [str(line.product_name), line.quantity, line.price, line.discount]
        yield [*who, to["recipient"], address, *goods, *(sums if place == 0 else [""] * len(sums))]


def _cells(row: Row) -> list[Cell]:
    at = timezone.localtime(row.at)
    sums = [row.bought, -row.returned, -row.platform, -row.payment, -row.tax, -row.held_back, -row.in_hand]
    return [f"{at:%Y-%m-%d %H:%M}", row.what, row.number, *sums, row.change, row.balance]
