"""What a buyer chooses on the buy sheet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import Address, User
from catalog.models import Variant
from kit.fields import LineField
from payments.queries import Offer

MOST_OF_ONE = 99
NEW_ADDRESS = "new"


class ReasonForm(forms.Form):
    """Why a shop calls orders off: their buyers read it."""

    reason = LineField(
        label=_("Alasan untuk pembeli"),
        max_length=200,
        widget=forms.TextInput(attrs={"placeholder": _("Misalnya: bahan baku habis"), "autocomplete": "off"}),
    )


class BuyForm(forms.Form):
    """Variant, quantity, address and method; prices are never read from here."""

    variant = forms.TypedChoiceField(label=_("Pilihan"), coerce=int, widget=forms.RadioSelect)
    quantity = forms.IntegerField(label=_("Jumlah"), min_value=1, max_value=MOST_OF_ONE, initial=1)
    address = forms.ChoiceField(label=_("Kirim ke"), widget=forms.RadioSelect)
    method = forms.ChoiceField(label=_("Bayar dengan"), widget=forms.RadioSelect)
    key = forms.UUIDField(widget=forms.HiddenInput)
    session = forms.SlugField(required=False, widget=forms.HiddenInput)
    quote = forms.UUIDField(required=False)  # how it is sent, where the shop offers ways

    def __init__(
        self,
        *args: Any,
        buyer: User,
        variants: list[Variant],
        addresses: list[Address],
        methods: Sequence[tuple[str, str | Promise]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.buyer = buyer
        self.variants = variants
        self.addresses = addresses
        self.offers: list[Offer] = []  # how each method is shown
        self._offer("variant", [(variant.pk, variant.name or variant.product.name) for variant in variants])
        self._offer(
            "address",
            [*((str(address.pk), str(address)) for address in addresses), (NEW_ADDRESS, _("Alamat lain"))],
        )
        self._offer("method", list(methods))

    def _offer(self, name: str, choices: list[tuple[Any, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def shown_total(self) -> int | None:
        chosen = self.cleaned_data
        return shown_total(self.data, variant_id=chosen["variant"], quantity=chosen["quantity"])

    @property
    def wants_new_address(self) -> bool:
        return str(self["address"].value()) == NEW_ADDRESS


def shown_total(typed: Mapping[str, str], *, variant_id: int, quantity: int) -> int | None:
    """What the sheet said the chosen units cost, in rupiah; nothing when it did not say.

    Without script the sum stays that of the first choice, and another one is counted from its price.
    """
    summed = [typed.get(f"shown-{name}", "") for name in ("variant", "quantity", "total")]
    if summed[:2] == [str(variant_id), str(quantity)] and _is_sum(summed[2]):
        return int(summed[2])
    price, shipping = typed.get(f"price-{variant_id}", ""), typed.get("shipping", "")
    if not (_is_sum(price) and _is_sum(shipping)):
        return None
    return int(price) * quantity + int(shipping)


def _is_sum(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 12
