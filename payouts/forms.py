"""What people type about their bank, and staff about payouts."""

from __future__ import annotations

import re
from datetime import date, timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.forms import RupiahField
from kit.fields import LineField
from payouts.models import BANKS

LONGEST_PERIOD = timedelta(days=366)


class AccountForm(forms.Form):
    bank = forms.ChoiceField(label=_("Bank"), choices=[("", _("Pilih bank")), *BANKS.items()])
    number = forms.CharField(
        label=_("Nomor rekening"),
        max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    again = forms.CharField(
        label=_("Tulis nomornya sekali lagi"),
        max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    holder = LineField(label=_("Nama pemilik rekening"), min_length=3, max_length=80)

    def clean_number(self) -> str:
        number = re.sub(r"[\s.-]", "", self.cleaned_data["number"])
        if not (number.isascii() and number.isdigit() and 8 <= len(number) <= 16):
            raise forms.ValidationError(_("Nomor rekening terdiri dari 8 sampai 16 angka."), code="number")
        return number

    def clean_again(self) -> str:
        again = re.sub(r"[\s.-]", "", self.cleaned_data["again"])
        if "number" in self.cleaned_data and again != self.cleaned_data["number"]:
            raise forms.ValidationError(_("Kedua nomor berbeda. Periksa lagi ya."), code="again")
        return again


class PeriodForm(forms.Form):
    """A span of days; this month when nothing is asked for."""

    dari = forms.DateField(label=_("Dari"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    sampai = forms.DateField(
        label=_("Sampai"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def clean(self) -> None:
        since, until = self.cleaned_data.get("dari"), self.cleaned_data.get("sampai")
        if since and until and not since <= until <= since + LONGEST_PERIOD:
            raise forms.ValidationError(_("Pilih paling banyak setahun, dari yang lama ke yang baru."))

    @staticmethod
    def this_month() -> dict[str, date]:
        today = timezone.localdate()
        return {"dari": today.replace(day=1), "sampai": today}


class MonthForm(forms.Form):
    """A month, as its first day."""

    bulan = forms.DateField(
        label=_("Bulan"),
        input_formats=["%Y-%m"],
        widget=forms.DateInput(attrs={"type": "month"}, format="%Y-%m"),
    )

    def clean_bulan(self) -> date:
        first_day: date = self.cleaned_data["bulan"]
        if not 2000 <= first_day.year <= timezone.localdate().year + 1:
            raise forms.ValidationError(_("Pilih bulan yang sudah berjalan."), code="month")
        return first_day


class NetForm(forms.Form):
    price = RupiahField(label=_("Harga"), min_value=1)
    product = forms.IntegerField(required=False, min_value=1, max_value=2**62)
    category = forms.IntegerField(required=False, min_value=1, max_value=2**62)
    usual = RupiahField(required=False)
    cost = RupiahField(required=False)


class EndForm(forms.Form):
    """How a payout ended."""

    outcome = forms.ChoiceField(choices=[("paid", ""), ("failed", ""), ("returned", "")])
    words = LineField(max_length=100, required=False)


class ResultsForm(forms.Form):
    results = forms.FileField(
        label=_("Hasil dari bank (CSV)"), widget=forms.ClearableFileInput(attrs={"accept": ".csv,text/csv"})
    )
