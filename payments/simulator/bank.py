"""The pages of the make-believe bank app."""

from __future__ import annotations

from html import escape
from pathlib import Path
from string import Template
from urllib.parse import urlsplit

from payments.simulator.ledger import Payment

PAGES = Path(__file__).parent / "pages"
BANKS = {"bca": "BCA", "bni": "BNI", "bri": "BRI"}
# How a payment looks: a mark, a headline, and a sentence.
LOOKS: dict[str, tuple[str, str, str]] = {
    "pending": ("", "Periksa dulu, lalu bayar", "Uangnya tidak sungguhan. Tekan Bayar untuk mencoba."),
    "settlement": ("done", "Pembayaran berhasil", "Pasar Malam segera menerima kabarnya."),
    "deny": ("failed", "Pembayaran digagalkan", "Seperti saat bank menolak transaksi."),
    "cancel": ("failed", "Tagihan dibatalkan", "Penjual atau pembeli membatalkannya."),
    "expire": ("failed", "Waktu bayar habis", "Tagihan ini sudah tidak berlaku."),
    "refund": ("back", "Dana dikembalikan", "Uangnya sudah kembali ke rekeningmu."),
}


def style() -> bytes:
    return (PAGES / "bank.css").read_bytes()


def payment_page(payment: Payment) -> str:
    mark, headline, text = LOOKS[payment.status]
    return _render(
        "payment.html",
        mark=mark,
        headline=headline,
        text=text,
        amount=rupiah(payment.rupiah),
        order_id=payment.order_id,
        way=_way(payment),
        number=payment.va_number,
        expires=payment.expires_at[11:16].replace(":", "."),
        state=payment.status,
        back=escape(_market(payment), quote=True),
    )


def list_page(payments: list[Payment]) -> str:
    rows = "".join(
        _render(
            "row.html",
            order_id=payment.order_id,
            amount=rupiah(payment.rupiah),
            way=_way(payment),
            headline=LOOKS[payment.status][1] if payment.status != "pending" else "Menunggu dibayar",
            state=payment.status,
        )
        for payment in payments
    )
    return _render("list.html", rows=rows or (PAGES / "empty.html").read_text())


def missing_page() -> str:
    return _render("missing.html")


def rupiah(amount: int) -> str:
    return f"Rp{amount:,}".replace(",", ".")


def _way(payment: Payment) -> str:
    return "QRIS" if payment.payment_type == "qris" else f"Virtual account {BANKS[payment.bank]}"


def _market(payment: Payment) -> str:
    """Where the payer came from: the market that asked to be told."""
    parts = urlsplit(payment.notice_url)
    if parts.scheme not in ("http", "https"):
        return ""
    return f"{parts.scheme}://{parts.netloc}/bayar/{payment.order_id}/"


def _render(page: str, **words: str) -> str:
    """Every word is text, but rows, which are made here."""
    safe = {name: word if name in ("rows", "back") else escape(word) for name, word in words.items()}
    body = Template((PAGES / page).read_text()).substitute(safe)
    if page == "row.html":
        return body
    return Template((PAGES / "frame.html").read_text()).substitute(body=body)
