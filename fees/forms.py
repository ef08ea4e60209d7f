"""A sale that somebody imagines, to see what would be left of it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fees.arithmetic import Goods, Rule, Sale

MOST_RUPIAH = 100_000_000


class SumField(forms.IntegerField):
    """Whole rupiah, with or without points between."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
        super().__init__(widget=widget, min_value=0, max_value=MOST_RUPIAH, **options)

    def to_python(self, value: Any) -> int | None:
        text = str(value or "").casefold().removeprefix("rp")
        return super().to_python(text.replace(".", "").replace(" ", ""))


class SampleForm(forms.Form):
    price = SumField(label=_("Harga barang"))
    shipping = SumField(label=_("Ongkir"), required=False)
    method = forms.ChoiceField(label=_("Dibayar dengan"))
    is_micro = forms.BooleanField(label=_("Usaha mikro"), required=False)

    def __init__(self, *args: Any, rules: tuple[Rule, ...], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["method"].choices = methods_of(rules)  # type: ignore[attr-defined]

    @property
    def sale(self) -> Sale:
        """Of a shop and a category that no rule names."""
        asked = self.cleaned_data
        return Sale(
            shop_id=0,
            goods=(Goods(category_id=0, price=asked["price"]),),
            shipping=asked["shipping"] or 0,
            method=asked["method"],
            at=timezone.now(),
            is_micro=asked["is_micro"],
        )


def methods_of(rules: tuple[Rule, ...]) -> list[tuple[str, Any]]:
    """Each way to pay that costs something, and one that costs nothing."""
    named = {rule.method: rule.label for rule in reversed(rules) if rule.kind == "payment" and rule.method}
    return [*reversed(named.items()), ("cod", _("Bayar di tempat (COD)"))]
