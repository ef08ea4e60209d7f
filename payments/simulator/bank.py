"""The pages of the make-believe bank app."""

from __future__ import annotations

from html import escape
from pathlib import Path
from string import Template
from urllib.parse import urlsplit

from payments.simulator.ledger import OPEN, Payment

PAGES = Path(__file__).parent / "pages"
BANKS = {"bca": "BCA", "bni": "BNI", "bri": "BRI", "permata": "Permata"}
WAYS = {"qris": "QRIS", "gopay": "GoPay", "shopeepay": "ShopeePay", "credit_card": "Kartu (3-D Secure)"}
# How a payment looks: a mark, a headline, and a sentence.
LOOKS: dict[str, tuple[str, str, str]] = {
    "pending": ("", "Periksa dulu, lalu bayar", "Uangnya tidak sungguhan. Tekan Bayar untuk mencoba."),
    "settlement": ("done", "Pembayaran berhasil", "Pasar Malam segera menerima kabarnya."),
    "deny": ("failed", "Pembayaran digagalkan", "Seperti saat bank menolak transaksi."),
    "cancel": ("failed", "Tagihan dibatalkan", "Penjual atau pembeli membatalkannya."),
    "expire": ("failed", "Waktu bayar habis", "Tagihan ini sudah tidak berlaku."),
    "intent": ("", "Periksa dulu, lalu bayar", "Di sini kartumu dimasukkan. Yang ini tidak sungguhan."),
    "capture": ("done", "Kartu diterima", "Pasar Malam segera menerima kabarnya."),
    "refund": ("back", "Dana dikembalikan", "Uangnya sudah kembali ke rekeningmu."),
    "partial_refund": ("back", "Sebagian dikembalikan", "Sebagian uangnya sudah kembali ke rekeningmu."),
    "chargeback": ("back", "Ditagih balik", "Bank mengambil kembali uangnya dari Pasar Malam."),
    "partial_chargeback": ("back", "Ditagih balik", "Bank mengambil kembali sebagian uangnya."),
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
        state="pending" if payment.status in OPEN else payment.status,
        kind=payment.payment_type,
        back=escape(_market(payment), quote=True),
    )


def list_page(payments: list[Payment]) -> str:
    rows = "".join(
        _render(
            "row.html",
            order_id=payment.order_id,
            amount=rupiah(payment.rupiah),
            way=_way(payment),
            headline=LOOKS[payment.status][1] if payment.status not in OPEN else "Menunggu dibayar",
            state="pending" if payment.status in OPEN else payment.status,
        )
        for payment in payments
    )
    return _render("list.html", rows=rows or (PAGES / "empty.html").read_text())


def missing_page() -> str:
    return _render("missing.html")


def rupiah(amount: int) -> str:
    return f"Rp{amount:,}".replace(",", ".")


def _way(payment: Payment) -> str:
    return WAYS.get(payment.payment_type) or f"Virtual account {BANKS[payment.bank]}"


def _market(payment: Payment) -> str:
    """Where the payer came from, as the charge said, or the market that asked to be told."""
    if urlsplit(payment.return_url).scheme in ("http", "https"):
        return payment.return_url
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
