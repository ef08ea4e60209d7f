"""What buyers, shops and staff type about payments."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kit.fields import LineField
from payments.methods import configured

BANKS = (
    "BCA",
    "BRI",
    "BNI",
    "Mandiri",
    "BSI",
    "CIMB Niaga",
    "Permata",
    "BTN",
    "Danamon",
    "Bank Jago",
    "SeaBank",
    "GoPay",
    "OVO",
    "DANA",
    "ShopeePay",
)
PHOTO = {"accept": "image/jpeg,image/png,image/webp"}


class AccountForm(forms.Form):
    """A bank account or wallet that money can be sent to."""

    bank = forms.ChoiceField(label=_("Bank atau dompet"), choices=[(name, name) for name in BANKS])
    account_number = forms.CharField(
        label=_("Nomor rekening"),
        max_length=30,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    account_name = LineField(label=_("Nama pemilik rekening"), min_length=2, max_length=80)

    def clean_account_number(self) -> str:
        number = re.sub(r"[\s.-]", "", str(self.cleaned_data["account_number"]))
        if not re.fullmatch(r"[0-9]{5,20}", number):
            raise forms.ValidationError(_("Nomor rekening terdiri dari 5 sampai 20 angka."))
        return number


class ShopAccountForm(AccountForm):
    """Where a shop is paid by transfer."""

    uses_unique_code = forms.BooleanField(
        label=_("Tambahkan kode unik tiga angka"), required=False, initial=True
    )


class StickerForm(forms.Form):
    photo = forms.FileField(
        label=_("Foto stiker QRIS"),
        widget=forms.ClearableFileInput(attrs=PHOTO),
        error_messages={"required": _("Pilih dulu fotonya.")},
    )


class ProofForm(forms.Form):
    photo = forms.FileField(
        label=_("Foto atau tangkapan layar bukti bayar"),
        widget=forms.ClearableFileInput(attrs=PHOTO),
        error_messages={"required": _("Pilih dulu fotonya.")},
    )
    note = LineField(label=_("Catatan untuk lapak"), max_length=200, required=False)


class MethodsForm(forms.Form):
    """The ways to pay that a shop wants; what the market is not set up for is not asked about."""

    methods = forms.MultipleChoiceField(
        label=_("Terima pembayaran lewat"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["methods"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(way.method.value, way.label) for way in configured()]

    def refused(self) -> list[str]:
        wanted = self.cleaned_data["methods"]
        return [way.method.value for way in configured() if way.method.value not in wanted]


class NoteForm(forms.Form):
    """Why, or what was done: kept with the ticket."""

    note = LineField(label=_("Catatan"), min_length=3, max_length=200)


class ReportForm(forms.Form):
    """The gateway's export of a day, where it is not fetched by itself."""

    day = forms.DateField(label=_("Hari"), widget=forms.DateInput(attrs={"type": "date"}))
    report = forms.FileField(
        label=_("Laporan transaksi (CSV)"), widget=forms.FileInput(attrs={"accept": ".csv,text/csv"})
    )
