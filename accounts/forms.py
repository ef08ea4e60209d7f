"""What people type about themselves."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.http import HttpRequest
from django.urls import reverse_lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from accounts import queries
from accounts.models import Address, Regency, User
from kit import phones
from kit.fields import LineField


class PhoneField(forms.CharField):
    """An Indonesian phone number, kept as +62812…"""

    widget = forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "autocomplete": "tel"})
    default_error_messages = {
        "invalid": _("Tulis nomor HP Indonesia, misalnya 0812 3456 7890."),
    }

    def prepare_value(self, value: Any) -> Any:
        return phones.spaced(value) if isinstance(value, str) else value

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        if not text:
            return ""
        try:
            return phones.normalise(text)
        except phones.NotAPhone as refusal:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from refusal


class RegencyInput(forms.TextInput):
    """A text box that suggests regencies while one types."""

    def __init__(self) -> None:
        super().__init__(
            attrs={
                "autocomplete": "off",
                "hx-get": reverse_lazy("accounts:regencies"),
                "hx-trigger": "input changed delay:250ms, focus once",
                "hx-sync": "this:replace",
                "hx-swap": "innerHTML",
                # What the form around it asks for is not meant for suggestions.
                "hx-disabled-elt": "unset",
                "hx-include": "unset",
                "hx-push-url": "unset",
                "hx-replace-url": "unset",
            }
        )

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        suggestions = f"{(attrs or {}).get('id', name)}_list"
        own = {**(attrs or {}), "list": suggestions, "hx-target": f"#{suggestions}"}
        box = super().render(name, value, own, renderer)
        return format_html('{}<datalist id="{}"></datalist>', box, suggestions)


class RegencyField(forms.CharField):
    """A regency by its name: chosen from the suggestions, or typed."""

    widget = RegencyInput
    default_error_messages = {
        "unknown": _("Tidak ada kota atau kabupaten bernama itu. Periksa ejaannya."),
        "several": _("Ada beberapa yang cocok: %(names)s. Tulis nama lengkapnya."),
    }

    def prepare_value(self, value: Any) -> Any:
        return str(value) if isinstance(value, Regency) else value

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        regency = queries.regency_named(text) if text else None
        if text and regency is None:
            raise self._refusal(text)
        return regency

    def _refusal(self, text: str) -> forms.ValidationError:
        names = [str(regency) for regency in queries.regencies_matching(text)[:4]]
        if not names:
            return forms.ValidationError(self.error_messages["unknown"], code="unknown")
        return forms.ValidationError(
            self.error_messages["several"], code="several", params={"names": "; ".join(names)}
        )


class SignupForm(forms.Form):
    """The part of the sign-up form that is ours; allauth adds e-mail and password."""

    name = LineField(
        label=_("Nama lengkap"), max_length=80, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )

    field_order = ["name", "email", "password1"]

    def signup(self, request: HttpRequest, user: User) -> None:
        """Called by allauth once the person exists."""
        user.name = self.cleaned_data["name"]
        user.save(update_fields=["name"])


class ProfileForm(forms.Form):
    name = LineField(
        label=_("Nama lengkap"), max_length=80, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    phone = PhoneField(label=_("Nomor HP"), required=False, max_length=24)


class AddressForm(forms.Form):
    """Where a parcel goes; also shown inside the buy sheet."""

    recipient = LineField(
        label=_("Nama penerima"), max_length=80, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    phone = PhoneField(label=_("Nomor HP penerima"), max_length=24)
    street = LineField(
        label=_("Alamat"),
        max_length=200,
        widget=forms.TextInput(
            attrs={"autocomplete": "street-address", "placeholder": _("Jalan, nomor rumah, RT/RW")}
        ),
    )
    village = LineField(label=_("Kelurahan atau desa"), max_length=60, required=False)
    district = LineField(label=_("Kecamatan"), max_length=60)
    regency = RegencyField(label=_("Kota atau kabupaten"), max_length=110)
    postal_code = forms.CharField(
        label=_("Kode pos"),
        max_length=5,
        validators=[RegexValidator(r"^[1-9]\d{4}$", _("Kode pos terdiri dari 5 angka."))],
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "postal-code"}),
    )
    landmark = LineField(
        label=_("Patokan"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"placeholder": _("Misalnya: sebelah masjid, pagar hijau")}),
    )

    def clean(self) -> dict[str, Any]:
        """With the area's code, when the names typed are those of a place we know."""
        typed = super().clean() or {}
        if typed.get("regency") and typed.get("district"):
            typed["area_code"] = queries.area_code_of(
                regency=typed["regency"], district=typed["district"], village=typed.get("village", "")
            )
        return typed

    @property
    def place(self) -> str:
        """What the search box says of the names in the form."""
        names = (str(self[name].value() or "") for name in ("village", "district", "regency"))
        return ", ".join(filter(None, names))

    @classmethod
    def initial_of(cls, address: Address) -> dict[str, Any]:
        """What the form shows of an address that is already kept."""
        return {name: getattr(address, name) for name in cls.base_fields}

    @classmethod
    def initial_for(cls, user: User) -> dict[str, Any]:
        """What we know already of a person's first address."""
        return {"recipient": user.name, "phone": user.phone}
