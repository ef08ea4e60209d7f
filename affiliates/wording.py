"""What rules and states are called when people read them."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from affiliates.attribution import Reason, Source

SOURCES: dict[str, str | Promise] = {
    Source.HOST: _("Tuan rumah live"),
    Source.GUEST: _("Tamu live"),
    Source.PRODUCT: _("Tautan produk ini"),
    Source.SHOP: _("Tautan lapak"),
    Source.SESSION: _("Tautan live"),
}
REASONS: dict[str, str | Promise] = {
    Reason.WON: _("Mendapat komisi: paling dekat dengan pembelian."),
    Reason.OLDER: _("Kalah: tautan sejenis diklik, atau tamu lain masuk, sesudahnya."),
    Reason.OUTRANKED: _(
        "Kalah urutan: tuan rumah live, tamunya, tautan produk, lalu tautan lapak atau live."
    ),
    Reason.EXPIRED: _("Kedaluwarsa sebelum pesanan dibuat."),
    Reason.AFTER: _("Diklik sesudah pesanan dibuat."),
    Reason.SELF: _(
        "Pembelian sendiri: pembeli, pemilik lapak, HP atau alamat kirim yang sama tidak mendapat komisi."
    ),
    Reason.OWN_CREW: _("Kru tetap lapak ini: yang membantu di semua live-nya tidak mendapat komisi."),
    Reason.SUSPENDED: _("Akun kreator sedang dibekukan saat pesanan dibuat."),
    Reason.OTHER_PRODUCT: _("Tautannya untuk produk lain."),
    Reason.NOT_SHOWN: _("Produk ini tidak ada di etalase live itu."),
    Reason.NO_RATE: _("Lapak tidak menawarkan komisi untuk produk ini saat pesanan dibuat."),
}
