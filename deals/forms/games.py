"""What a host types for an auction, a giveaway or a fair drop."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.forms import RupiahField, UnitsField
from catalog.models import Variant
from kit.hygiene import clean_text
from kit.money import rupiah

SHORTEST_WORD = 3


class GameForm(forms.Form):
    """Which of the shown variants; everything else has a sensible answer already."""

    variant = forms.TypedChoiceField(label=_("Barang"), coerce=int)

    def __init__(self, *args: Any, variants: Sequence[Variant], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["variant"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(each.pk, _label(each)) for each in variants]

    def wishes(self) -> dict[str, Any]:
        """The answers under the names that operations use."""
        wishes = dict(self.cleaned_data)
        return {"variant_id": wishes.pop("variant"), **wishes}


class GiveawayForm(GameForm):
    winners = UnitsField(label=_("Jumlah pemenang"), min_value=1, max_value=50, initial=1)
    minutes = forms.IntegerField(label=_("Lama (menit)"), min_value=1, max_value=30, initial=2)
    word = forms.CharField(
        label=_("Kata yang ditulis di obrolan"),
        help_text=_("Kosongkan kalau cukup ketuk saja."),
        max_length=30,
        required=False,
    )

    watch_minutes = forms.IntegerField(
        label=_("Atau: harus nonton (menit)"),
        help_text=_("Dihitung sejak hadiah ini dimulai."),
        min_value=1,
        max_value=20,
        required=False,
    )
    must_follow = forms.BooleanField(label=_("Atau: harus mengikuti lapak"), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if sum(bool(cleaned.get(task)) for task in ("word", "watch_minutes", "must_follow")) > 1:
            self.add_error("word", _("Pilih satu tugas saja: kata, menonton, atau mengikuti."))
        if (cleaned.get("watch_minutes") or 0) >= cleaned.get("minutes", 31):
            self.add_error("watch_minutes", _("Harus lebih pendek dari lama hadiahnya."))
        return cleaned

    def clean_word(self) -> str:
        word = clean_text(self.cleaned_data["word"])
        if word and len(word) < SHORTEST_WORD:
            raise forms.ValidationError(_("Paling sedikit tiga huruf."))
        return word

    def wishes(self) -> dict[str, Any]:
        wishes = super().wishes()
        duration_ms = wishes.pop("minutes") * 60_000
        return {**wishes, "watch_minutes": wishes["watch_minutes"] or 0, "duration_ms": duration_ms}


class DropForm(GameForm):
    units = UnitsField(label=_("Jumlah barang"), min_value=1, max_value=100, initial=3)
    price = RupiahField(label=_("Harga"), min_value=1)
    seconds = forms.IntegerField(label=_("Lama ketuk (detik)"), min_value=10, max_value=60, initial=10)

    def wishes(self) -> dict[str, Any]:
        wishes = super().wishes()
        window_ms = wishes.pop("seconds") * 1_000
        return {**wishes, "window_ms": window_ms}


class AuctionForm(GameForm):
    start_price = RupiahField(label=_("Harga mulai"), min_value=1)
    seconds = forms.IntegerField(label=_("Lama (detik)"), min_value=15, max_value=600, initial=90)
    counter_seconds = forms.IntegerField(
        label=_("Waktu balas tawaran terakhir (detik)"), min_value=5, max_value=60, initial=10
    )
    is_sudden_death = forms.BooleanField(label=_("Tanpa perpanjangan: selesai tepat waktu"), required=False)

    def wishes(self) -> dict[str, Any]:
        wishes = super().wishes()
        duration_ms = wishes.pop("seconds") * 1_000
        counter_ms = wishes.pop("counter_seconds") * 1_000
        return {**wishes, "duration_ms": duration_ms, "counter_ms": counter_ms}


def _label(variant: Variant) -> str:
    return f"{variant.live_code} · {variant} · {rupiah(variant.price)} · {variant.stock.available}"
