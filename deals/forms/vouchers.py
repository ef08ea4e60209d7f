"""What a seller types for a voucher."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.forms import RupiahField, UnitsField
from deals.models import Voucher


class VoucherForm(forms.Form):
    """Leaves behind the fields of a Voucher in `cleaned_data`."""

    kind = forms.ChoiceField(
        label=_("Jenis"), choices=Voucher.Kind.choices, initial=Voucher.Kind.AMOUNT, widget=forms.RadioSelect
    )
    percent = forms.IntegerField(label=_("Persen"), min_value=1, max_value=90, required=False, initial=10)
    most_discount = RupiahField(label=_("Potongan (paling banyak)"), min_value=100, initial=5_000)
    min_purchase = RupiahField(label=_("Belanja minimal"), initial=0)
    budget = RupiahField(label=_("Anggaran"), min_value=100, initial=100_000)
    most_claims = UnitsField(label=_("Untuk berapa orang"), min_value=1, initial=20)
    task = forms.ChoiceField(
        label=_("Tugas"), choices=Voucher.Task.choices, initial=Voucher.Task.NONE, widget=forms.RadioSelect
    )
    watch_minutes = forms.IntegerField(
        label=_("Menonton (menit)"), min_value=1, max_value=60, required=False, initial=5
    )

    def clean(self) -> dict[str, Any]:
        """What belongs to another kind or task is forgotten; what belongs to this one must be there."""
        cleaned = super().clean() or {}
        for name, owner, value in (
            ("percent", "kind", Voucher.Kind.PERCENT),
            ("watch_minutes", "task", Voucher.Task.WATCH),
        ):
            if cleaned.get(owner) != value:
                cleaned[name] = 0
                self.errors.pop(name, None)
            elif not cleaned.get(name) and name not in self.errors:
                self.add_error(name, _("Isi dulu, ya."))
        budget, most = cleaned.get("budget"), cleaned.get("most_discount")
        if budget is not None and most is not None and budget < most:
            self.add_error("budget", _("Anggarannya belum cukup untuk satu voucher."))
        return cleaned
