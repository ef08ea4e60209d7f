"""What sellers say about how they send."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from accounts.forms import PhoneField, RegencyField
from accounts.queries import area_code_of
from catalog.forms import RupiahField
from kit.fields import LineField
from shipping.models import Setup

COURIERS = [
    ("jne", "JNE"),
    ("jnt", "J&T"),
    ("sicepat", "SiCepat"),
    ("anteraja", "AnterAja"),
    ("pos", "POS Indonesia"),
]
MOST_FEE = 1_000_000


class SetupForm(forms.Form):
    couriers = forms.MultipleChoiceField(
        label=_("Kurir"), choices=COURIERS, required=False, widget=forms.CheckboxSelectMultiple
    )
    offers_pickup = forms.BooleanField(label=_("Boleh ambil di tempat"), required=False)
    contact = LineField(label=_("Nama pengirim"), max_length=80, required=False)
    phone = PhoneField(label=_("Nomor HP pengirim"), max_length=24, required=False)
    street = LineField(label=_("Alamat lapak"), max_length=200, required=False)
    postal_code = forms.CharField(
        label=_("Kode pos"),
        max_length=5,
        required=False,
        validators=[RegexValidator(r"^[1-9]\d{4}$", _("Kode pos terdiri dari 5 angka."))],
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "postal-code"}),
    )
    free_from = RupiahField(label=_("Gratis antar mulai belanja"), required=False)

    def clean(self) -> dict[str, Any]:
        """Whoever is to come must know where to."""
        typed = super().clean() or {}
        needed = ["contact", "phone", "street", "postal_code"] if typed.get("couriers") else []
        if typed.get("offers_pickup"):
            needed.append("street")
        for name in dict.fromkeys(needed):
            if not typed.get(name) and name not in self.errors:
                self.add_error(name, _("Isi ini supaya paketnya bisa diambil."))
        return typed

    @classmethod
    def initial_of(cls, setup: Setup | None) -> dict[str, Any]:
        return {name: getattr(setup, name) for name in cls.base_fields} if setup else {}


class TariffForm(forms.Form):
    regency = RegencyField(label=_("Kota atau kabupaten"), max_length=110, required=False)
    district = LineField(label=_("Kecamatan"), max_length=60, required=False)
    fee = RupiahField(label=_("Ongkir"), max_value=MOST_FEE)
    is_per_kilogram = forms.BooleanField(label=_("Untuk setiap kilogram"), required=False)

    def clean(self) -> dict[str, Any]:
        """With the area's code: a district, a regency, or everywhere else."""
        typed = super().clean() or {}
        regency, district = typed.get("regency"), typed.get("district", "")
        typed["area"], typed["place"] = (regency.code, str(regency)) if regency else ("", "")
        if district and regency is None:
            self.add_error("regency", _("Pilih juga kota atau kabupatennya."))
        elif district and regency:
            typed["area"] = area_code_of(regency=regency, district=district, village="")
            typed["place"] = f"{district}, {regency.name}"
            if not typed["area"]:
                self.add_error("district", _("Tidak ada kecamatan bernama itu di sana. Periksa ejaannya."))
        return typed
