"""What a ticket asks of the person who reads it."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from payments.models import Ticket

Kind = Ticket.Kind
TODO: dict[Ticket.Kind, str | Promise] = {
    Kind.LATE_MONEY: _(
        "Uangnya masuk setelah barangnya habis. Pengembaliannya sudah dimulai sendiri; tutup setelah sampai."
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
    Kind.BOOKS: _(
        "Pembuktian harian menemukan selisih. Cari penyebabnya sebelum mencairkan apa pun; tiketnya tutup "
        "sendiri begitu bukunya cocok lagi."
    ),
    Kind.DIFFERENCE: _(
        "Laporan gerbang dan buku kita tidak sama untuk pembayaran ini. Cari sebabnya sebelum ditutup."
    ),
}
