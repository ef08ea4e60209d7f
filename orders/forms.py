"""What a seller types in about a parcel."""

from __future__ import annotations

import re

from django import forms
from django.utils.translation import gettext_lazy as _

COURIERS = ("JNE", "J&T Express", "SiCepat", "AnterAja", "Ninja Xpress", "POS Indonesia", "TIKI", "Wahana")


class ShipForm(forms.Form):
    courier = forms.CharField(
        label=_("Kurir"),
        max_length=40,
        widget=forms.TextInput(attrs={"list": "couriers", "autocomplete": "off"}),
    )
    waybill = forms.CharField(
        label=_("Nomor resi"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocapitalize": "characters", "autocomplete": "off"}),
    )

    def clean_waybill(self) -> str:
        """As couriers print it: capitals and digits, without blanks."""
        waybill = re.sub(r"\s+", "", str(self.cleaned_data["waybill"])).upper()
        if not re.fullmatch(r"[A-Z0-9/-]{5,40}", waybill):
            raise forms.ValidationError(_("Tulis nomor resi seperti di kertasnya: huruf dan angka."))
        return waybill


class WaybillsForm(forms.Form):
    file = forms.FileField(
        label=_("Berkas CSV"),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,text/csv"}),
        error_messages={"required": _("Pilih dulu berkasnya.")},
    )
    courier = forms.CharField(
        label=_("Kurir"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"list": "couriers", "autocomplete": "off"}),
    )
