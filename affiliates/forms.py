"""Text in, clean values out."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from affiliates.models import HIGHEST_RATE, LEAST_RATE

HUNDRED = Decimal(100)


class HandleField(forms.CharField):
    """`@Dapur-Ayu` is `dapur-ayu`."""

    def to_python(self, value: str | None) -> str | None:
        text = super().to_python(value)
        return text.lower().removeprefix("@") if text else text


class JoinForm(forms.Form):
    handle = HandleField(
        label=_("Nama kreator"),
        min_length=3,
        max_length=30,
        validators=[
            RegexValidator(
                r"^[a-z0-9]+(?:[-_][a-z0-9]+)*$",
                _("Pakai huruf, angka, dan tanda hubung saja, misalnya dapur-ayu."),
            )
        ],
    )
    agrees = forms.BooleanField(
        label=_("Saya akan terus terang bahwa tautan saya mengandung komisi."),
        error_messages={"required": _("Centang dulu, supaya pembeli tahu.")},
    )


class OfferFilterForm(forms.Form):
    """Search words and the least rate; anything unreadable counts as not given."""

    q = forms.CharField(required=False, max_length=80)
    rate = forms.IntegerField(required=False, min_value=1, max_value=80)


class PercentField(forms.DecimalField):
    """`12,5`, `12.5` and `12,5%` are the same, in either language."""

    widget = forms.TextInput

    def to_python(self, value: str | None) -> Any:
        return super().to_python((value or "").strip().removesuffix("%").strip().replace(",", "."))


class RateForm(forms.Form):
    """A rate in percent, as sellers say it."""

    rate = PercentField(
        label=_("Komisi untuk kreator, dalam persen"),
        min_value=LEAST_RATE / HUNDRED,
        max_value=HIGHEST_RATE / HUNDRED,
        max_digits=4,
        decimal_places=2,
        error_messages={
            "min_value": _("Paling kecil 1 persen."),
            "max_value": _("Paling besar 80 persen."),
            "invalid": _("Tulis angkanya saja, misalnya 10 atau 12,5."),
        },
    )
    product = forms.IntegerField(required=False, widget=forms.HiddenInput)

    @property
    def rate_bp(self) -> int:
        return int(self.cleaned_data["rate"] * HUNDRED)


class TargetForm(forms.Form):
    """What a link should lead to: one of the three."""

    product = forms.IntegerField(required=False)
    shop = forms.SlugField(required=False)
    session = forms.SlugField(required=False)
