"""Parcel labels in A6 as one PDF: what a courier scans and what a packer reads."""

from __future__ import annotations

import functools
import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import reportlab
import segno
from reportlab.graphics.barcode.code128 import Code128
from reportlab.lib.pagesizes import A6
from reportlab.lib.units import mm
from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from kit.money import rupiah
from kit.phones import spaced
from orders.models import Order

WIDTH, HEIGHT = A6
EDGE = 6 * mm
INNER = WIDTH - 2 * EDGE
FONT, BOLD = "Vera", "VeraBd"
MOST_GOODS = 6


@dataclass
class _Pen:
    """Writes downwards, and knows how far it has come."""

    canvas: Canvas
    y: float

    def line(self, text: str, *, size: float, font: str = FONT, most: int = 1, width: float = INNER) -> None:
        for part in _wrapped(text, font, size, width, most):
            self.y -= size * 1.25
            self.canvas.setFont(font, size)
            self.canvas.drawString(EDGE, self.y, part)

    def rule(self) -> None:
        self.y -= 2.2 * mm
        self.canvas.setLineWidth(0.6)
        self.canvas.line(EDGE, self.y, WIDTH - EDGE, self.y)


def draw(orders: Iterable[Order], told: Callable[[int], None] = lambda done: None) -> bytes:
    """One page for each order, in their order; `told` hears how many are done."""
    _load_fonts()
    written = io.BytesIO()
    canvas = Canvas(written, pagesize=A6, pageCompression=1)
    canvas.setTitle("Label paket")
    for done, order in enumerate(orders, 1):
        _page(canvas, order)
        canvas.showPage()
        told(done)
    canvas.save()
    return written.getvalue()


def _page(canvas: Canvas, order: Order) -> None:
    pen = _Pen(canvas, HEIGHT - EDGE + 2 * mm)
    _head(pen, order)
    _codes(pen, order)
    _recipient(pen, order)
    _sender(pen, order)
    _goods(pen, order)


def _head(pen: _Pen, order: Order) -> None:
    pen.line(_carrier(order), size=13, font=BOLD, width=INNER * 0.6)
    if order.is_cod:
        pen.canvas.setFont(BOLD, 13)
        pen.canvas.drawRightString(WIDTH - EDGE, pen.y, f"COD {rupiah(order.due_at_door)}")
    pen.rule()


def _carrier(order: Order) -> str:
    if order.courier:
        return order.courier.upper() if len(order.courier) < 5 else order.courier
    return order.quote.label if order.quote else order.shop.name


def _codes(pen: _Pen, order: Order) -> None:
    """The waybill as bars, the order as a square; without a waybill the bars name the order too."""
    named = order.waybill or order.number
    bars = Code128(named, barHeight=13 * mm, barWidth=_bar_width(named), quiet=False)
    top = pen.y - 2 * mm
    bars.drawOn(pen.canvas, EDGE, top - 13 * mm)
    side = 19 * mm
    _draw_square(pen.canvas, order.number, x=WIDTH - EDGE - side, y=top - side, side=side)
    pen.y = top - 13 * mm
    pen.line(f"{'Resi' if order.waybill else 'Pesanan'} {named}", size=9, font=BOLD)
    if order.waybill:
        pen.line(f"Pesanan {order.number}", size=7)
    pen.y = min(pen.y, top - side)
    pen.rule()


def _bar_width(text: str) -> float:
    """As wide as fits beside the square, and never too fine for a handheld reader."""
    modules = 11 * (len(text) + 3) + 2
    return float(min(0.42 * mm, (INNER - 23 * mm) / modules))


def _draw_square(canvas: Canvas, text: str, *, x: float, y: float, side: float) -> None:
    rows = list(segno.make(text, error="m", micro=False).matrix)
    cell = side / len(rows)
    for down, row in enumerate(rows):
        for across, is_dark in enumerate(row):
            if is_dark:
                canvas.rect(x + across * cell, y + side - (down + 1) * cell, cell, cell, stroke=0, fill=1)


def _recipient(pen: _Pen, order: Order) -> None:
    to = order.address
    pen.line("Kepada", size=7)
    pen.line(to["recipient"], size=12, font=BOLD)
    pen.line(spaced(to["phone"]), size=10)
    pen.line(to["street"], size=9.5, most=3)
    place = (to.get("village"), to["district"], to["regency"], to.get("province"))
    pen.line(", ".join(filter(None, place)), size=9.5, most=2)
    pen.line(to["postal_code"], size=12, font=BOLD)
    if to.get("landmark"):
        pen.line(f"Patokan: {to['landmark']}", size=8, most=2)
    pen.rule()


def _sender(pen: _Pen, order: Order) -> None:
    setup = getattr(order.shop, "shipping_setup", None)
    pen.line(f"Dari {order.shop.name}", size=9, font=BOLD)
    street = f"{setup.street}, " if setup and setup.street else ""
    pen.line(f"{street}{order.shop.regency}", size=8, most=2)
    if setup and setup.phone:
        pen.line(spaced(setup.phone), size=8)
    pen.rule()


def _goods(pen: _Pen, order: Order) -> None:
    lines = list(order.lines.all())
    for line in lines[:MOST_GOODS]:
        name = f"{line.product_name}, {line.variant_name}" if line.variant_name else line.product_name
        pen.line(f"{line.quantity} × {name}", size=8)
    if len(lines) > MOST_GOODS:
        pen.line(f"dan {len(lines) - MOST_GOODS} barang lain", size=8)


def _wrapped(text: str, font: str, size: float, width: float, most: int) -> list[str]:
    """At most so many lines; what is too long ends in dots, so that nobody takes it for whole."""
    parts: list[str] = simpleSplit(_printable(text), font, size, width)
    if len(parts) <= most:
        return parts
    last = parts[most - 1]
    while last and pdfmetrics.stringWidth(last + "…", font, size) > width:
        last = last[:-1]
    return [*parts[: most - 1], last + "…"]


def _printable(text: str) -> str:
    """What the font cannot draw becomes a question mark, not an empty box or nothing."""
    known = pdfmetrics.getFont(FONT).face.charToGlyph
    return "".join(letter if ord(letter) in known else "?" for letter in text)


@functools.cache
def _load_fonts() -> None:
    folder = Path(reportlab.__file__).parent / "fonts"
    pdfmetrics.registerFont(TTFont(FONT, folder / "Vera.ttf"))
    pdfmetrics.registerFont(TTFont(BOLD, folder / "VeraBd.ttf"))
