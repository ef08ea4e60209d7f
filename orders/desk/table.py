"""Orders as a CSV file that spreadsheets open, and that cannot make them compute anything."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.utils import timezone

from kit.sheets import csv_lines
from orders.models import Order

HEAD = (
    "nomor pesanan", "dibuat", "keadaan", "bayar dengan", "penerima", "telepon", "alamat", "kode pos",
    "barang", "ongkir", "total", "kurir", "resi",
)  # fmt: skip


def lines(orders: Iterable[Order]) -> Iterator[str]:
    """With the mark that tells Excel of UTF-8, and semicolons, which it takes for columns here."""
    return csv_lines(HEAD, map(_cells, orders), delimiter=";")


def _cells(order: Order) -> list[object]:
    to = order.address
    place = ", ".join(filter(None, (to["street"], to.get("village"), to["district"], to["regency"])))
    goods = "; ".join(
        f"{line.quantity}x {line.product_name} {line.variant_name}".strip() for line in order.lines.all()
    )
    return [
        order.number,
        timezone.localtime(order.placed_at).strftime("%Y-%m-%d %H:%M"),
        order.get_state_display(),
        order.get_method_display(),
        to["recipient"],
        to["phone"],
        place,
        to["postal_code"],
        goods,
        order.shipping_fee,
        order.total,
        order.courier,
        order.waybill,
    ]
