"""What a ticket asks of the person who reads it."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from payments.models import Ticket

Kind = Ticket.Kind
WHAT_TO_DO: dict[Ticket.Kind, str | Promise] = {
    Kind.LATE_MONEY: _(
        "Uangnya masuk setelah barangnya habis. Pengembaliannya sudah dimulai sendiri; tutup setelah sampai."
    ),
    Kind.PAID_TWICE: _(
        "Pembeli mengganti cara bayar, lalu dua-duanya dibayar. Yang kedua sudah dikembalikan sendiri; "
        "tiket ini menutup sendiri setelah sampai."
    ),
    Kind.WRONG_AMOUNT: _(
        "Gerbang menyebut jumlah lain dari tagihan kita. Jangan kirim dulu. Cek di dasbornya, lalu coba lagi."
    ),
    Kind.UNKNOWN_ORDER: _(
        "Gerbang mengabari pembayaran yang tidak kita kenal. Cek nomornya; kalau milik kita, coba lagi."
    ),
    Kind.NOT_CONFIRMED: _(
        "Tanda tangannya benar, tetapi gerbang menjawab lain ketika ditanya. Coba lagi sebentar lagi."
    ),
    Kind.FORGED: _(
        "Ada notifikasi bertanda tangan salah. Tidak ada yang berubah. Kalau sering, cek kunci server."
    ),
    Kind.UNASKED_REFUND: _(
        "Gerbang mengembalikan uang tanpa kita minta. Putuskan: uang pesanan ini, atau kerugian pasar."
    ),
    Kind.CHARGEBACK: _(
        "Bank menarik kembali pembayaran kartu. Tahan kirimannya, kumpulkan buktinya, lalu putuskan."
    ),
    Kind.REFUND_BY_HAND: _(
        "Gerbang tidak bisa mengembalikannya. Setelah pembeli mengisi rekening, transfer lalu catat."
    ),
    Kind.SILENT_SHOP: _(
        "Pembeli mengirim bukti bayar, tetapi lapak tidak menjawab. Hubungi lapaknya dan lihat buktinya."
    ),
    Kind.RETURN_STUCK: _(
        "Uang pesanan ini sudah lebih banyak kembali daripada yang dikira. Cari sebabnya. Menutup tiket ini "
        "mengembalikan yang masih tersisa kepada pembeli dan mengakhiri returnya."
    ),
    Kind.BOOKS: _(
        "Pembuktian harian menemukan selisih. Cari penyebabnya sebelum mencairkan apa pun; tiketnya tutup "
        "sendiri begitu bukunya cocok lagi."
    ),
    Kind.DIFFERENCE: _(
        "Laporan gerbang dan buku kita tidak sama untuk pembayaran ini. Cari sebabnya sebelum ditutup."
    ),
}

FACTS: dict[str, str | Promise] = {
    "payer": _("Yang mentransfer"),
    "refusal": _("Jawaban gerbang"),
    "wanted": _("Yang seharusnya kembali"),
    "told": _("Jumlah menurut notifikasi"),
    "status": _("Keadaan di gerbang"),
    "expected": _("Jumlah menurut kita"),
    "keys": _("Kunci pengembalian"),
    "day": _("Hari laporan"),
    "difference": _("Perbedaan"),
    "gateway": _("Sisa menurut gerbang"),
}
VALUES: dict[str, str | Promise] = {
    "market": _("Pasar Malam"),
    "shop": _("Lapak"),
    "only_gateway": _("Hanya ada di laporan gerbang"),
    "only_ours": _("Hanya ada di buku kita"),
    "other_amount": _("Jumlahnya lain"),
    "other_balance": _("Sisanya lain"),
}


def facts_of(ticket: Ticket) -> list[tuple[str, str]]:
    """What is known about a ticket, in words; what is unknown is left out."""
    known = {name: fact for name, fact in ticket.facts.items() if fact not in ("", None, [])}
    return [(str(FACTS.get(name, name)), _in_words(fact)) for name, fact in known.items()]


def _in_words(fact: object) -> str:
    text = ", ".join(map(str, fact)) if isinstance(fact, list) else str(fact)
    return str(VALUES.get(text, text))
