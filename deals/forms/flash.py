"""What a seller types for a flash deal."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.forms import RupiahField, UnitsField
from catalog.models import Variant
from deals.queries.flash import PriceLimits

OFF_PERCENT = 10
ROUND_TO = 500
UNITS, PER_BUYER, COUNTDOWN, MINUTES = 10, 2, 30, 5


class FlashForm(forms.Form):
    """Everything has a sensible answer already: two taps start a deal."""

    price = RupiahField(label=_("Harga promo"), min_value=1)
    units = UnitsField(label=_("Jumlah barang"), min_value=1)
    per_buyer = UnitsField(label=_("Paling banyak per orang"), min_value=1, max_value=99)
    countdown_seconds = forms.IntegerField(
        label=_("Hitung mundur (detik)"),
        min_value=10,
        max_value=300,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    minutes = forms.IntegerField(
        label=_("Lama (menit)"),
        min_value=1,
        max_value=20,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )

    @staticmethod
    def sensible_for(variant: Variant, available: int, limits: PriceLimits) -> dict[str, int]:
        """A tenth off, rounded down as prices are, and never above what is a reduction."""
        wished = variant.price * (100 - OFF_PERCENT) // 100
        rounded = wished // ROUND_TO * ROUND_TO or wished
        return {
            "price": max(1, min(rounded, limits.most)),
            "units": max(1, min(UNITS, available)),
            "per_buyer": max(1, min(PER_BUYER, available)),
            "countdown_seconds": COUNTDOWN,
            "minutes": MINUTES,
        }
