"""What both sides and the market write about a return."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.forms import PhotosField
from kit.fields import LineField
from orders.forms import ShipForm
from orders.models import Order
from returns.models import Dispute, Return

MOST_PHOTOS_AT_ONCE = 4
# Only here may the buyer keep what came: it is waste, or nothing came.
MAY_KEEP = frozenset({Return.Reason.DAMAGED, Return.Reason.MISSING})


class WordsField(LineField):
    def __init__(self, **options: Any) -> None:
        super().__init__(
            max_length=500, widget=forms.Textarea(attrs={"rows": 3, "maxlength": 500}), **options
        )


class FewPhotosField(PhotosField):
    def clean(self, value: Any, initial: Any = None) -> Any:
        files = super().clean(value, initial)
        if len(files) > MOST_PHOTOS_AT_ONCE:
            raise forms.ValidationError(_("Paling banyak 4 foto sekaligus."))
        return files


class UnitsForm(forms.Form):
    """A number of pieces for each line, from nothing to all that can be asked for."""

    def __init__(self, *args: Any, lines: Mapping[int, int], **options: Any) -> None:
        super().__init__(*args, **options)
        for line, most in lines.items():
            self.fields[f"units_{line}"] = forms.IntegerField(
                min_value=0, max_value=most, required=False, initial=0
            )
        self._lines = lines

    @property
    def units(self) -> dict[int, int]:
        return {line: self.cleaned_data.get(f"units_{line}") or 0 for line in self._lines}

    def rows(self) -> dict[int, forms.BoundField]:
        return {line: self[f"units_{line}"] for line in self._lines}


class AskForm(UnitsForm):
    reason = forms.ChoiceField(label=_("Apa yang salah?"), choices=Return.Reason.choices)
    text = WordsField(label=_("Ceritakan"))
    keeps_goods = forms.BooleanField(label=_("Barangnya tidak perlu dikirim balik"), required=False)
    photos = FewPhotosField(label=_("Foto"), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not any(self.units.values()):
            raise forms.ValidationError(_("Pilih dulu barang yang mau dikembalikan."))
        if cleaned.get("keeps_goods") and cleaned.get("reason") not in MAY_KEEP:
            self.add_error("keeps_goods", _("Hanya kalau barangnya rusak, atau isinya tidak pernah ada."))
        if cleaned.get("reason") != Return.Reason.CHANGED_MIND and not cleaned.get("photos"):
            self.add_error("photos", _("Tunjukkan dengan foto, paling sedikit satu."))
        return cleaned


class WordsForm(forms.Form):
    text = WordsField(label=_("Alasan"))
    photos = FewPhotosField(label=_("Foto"), required=False)


class ApproveForm(forms.Form):
    text = WordsField(label=_("Catatan"), required=False)
    without_goods = forms.BooleanField(required=False)


class SendForm(ShipForm):
    """Courier and waybill, as a seller writes them."""


class ConfirmForm(UnitsForm):
    text = WordsField(label=_("Catatan"), required=False)


class DecideForm(UnitsForm):
    outcome = forms.ChoiceField(label=_("Keputusan"), choices=Dispute.Outcome.choices)
    ground = forms.ChoiceField(label=_("Dasar"), choices=Dispute.Ground.choices)
    text = WordsField(label=_("Penjelasan untuk kedua pihak"))
    with_shipping = forms.BooleanField(label=_("Ongkir ikut dikembalikan"), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("outcome") == Dispute.Outcome.REFUND and not any(self.units.values()):
            raise forms.ValidationError(_("Tulis berapa barang yang uangnya dikembalikan."))
        return cleaned


def lines_of(order: Order, units: Mapping[int, int]) -> dict[int, int]:
    """The lines of which something is left, in the order's own order."""
    return {line.pk: units[line.pk] for line in order.lines.all() if units.get(line.pk)}
