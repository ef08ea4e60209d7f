"""What each number means, said once: the report shows it beside the number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from insights.queries.people import Funnel


@dataclass(frozen=True)
class FunnelStep:
    label: str
    people: int
    meaning: str


def funnel_steps(funnel: Funnel) -> Sequence[FunnelStep]:
    return [
        FunnelStep(
            _("Masuk"),
            funnel.entered,
            _(
                "Orang yang membuka ruang live selagi tayang. Yang masuk akun dihitung sekali walau "
                "bolak-balik; tamu dihitung sekali tiap membuka halaman."
            ),
        ),
        FunnelStep(
            _("Betah"),
            funnel.stayed,
            _("Bertahan di ruang live 30 detik atau lebih."),
        ),
        FunnelStep(
            _("Lihat beli"),
            funnel.tapped,
            _("Membuka lembar beli paling tidak satu barang dari ruang live."),
        ),
        FunnelStep(
            _("Pesan"),
            funnel.ordered,
            _("Membuat pesanan selagi live tayang, apa pun jadinya sesudah itu."),
        ),
        FunnelStep(
            _("Bayar"),
            funnel.paid,
            _(
                "Punya pesanan yang sudah dibayar atau bayar di tempat (COD), dan belum dibatalkan atau "
                "dikembalikan sampai sekarang."
            ),
        ),
    ]
