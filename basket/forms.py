"""What is put into a basket, and what is chosen where all of it is bought."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import Address
from basket.models import MOST_OF_ONE
from checkout.forms import NEW_ADDRESS
from kit.numbers import whole_number
from payments.queries import Offer


class PutForm(forms.Form):
    """A variant, or the only one that a product has."""

    variant = forms.IntegerField(min_value=1, max_value=2**53, required=False)
    product = forms.IntegerField(min_value=1, max_value=2**53, required=False)
    quantity = forms.IntegerField(min_value=1, max_value=MOST_OF_ONE)
    session = forms.SlugField(required=False)


class QuantityForm(forms.Form):
    quantity = forms.IntegerField(min_value=1, max_value=MOST_OF_ONE)


class CheckoutForm(forms.Form):
    """Address, method and key; what is bought of whom stands in fields of each shop."""

    address = forms.ChoiceField(label=_("Kirim ke"), widget=forms.RadioSelect)
    method = forms.ChoiceField(label=_("Bayar dengan"), widget=forms.RadioSelect)
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, addresses: list[Address], offers: Sequence[Offer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.addresses, self.offers = addresses, offers
        known = [(str(address.pk), str(address)) for address in addresses]
        self._offer("address", [*known, (NEW_ADDRESS, _("Alamat lain"))])
        self._offer("method", [(offer.method, offer.label) for offer in offers])

    def _offer(self, name: str, choices: list[tuple[str, str | Promise]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    @property
    def wants_new_address(self) -> bool:
        return str(self["address"].value()) == NEW_ADDRESS

    @property
    def address_chosen(self) -> Address | None:
        wanted = str(self["address"].value())
        return next((each for each in self.addresses if str(each.pk) == wanted), None)


def lines_in(texts: Sequence[str]) -> dict[int, int]:
    """ "12:3" is three of variant 12; whatever else was typed counts for nothing."""
    pairs = (text.partition(":")[::2] for text in texts)
    numbers = ((whole_number(variant), whole_number(quantity)) for variant, quantity in pairs)
    return {pk: count for pk, count in numbers if pk and count and count <= MOST_OF_ONE}
