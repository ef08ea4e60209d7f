"""What shoppers search by."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.forms import RupiahField
from storefront import queries

SORTS = [("", _("Paling cocok")), ("new", _("Terbaru")), ("cheap", _("Termurah")), ("dear", _("Termahal"))]


class SearchForm(forms.Form):
    """Everything may be left out."""

    q = forms.CharField(required=False, max_length=80)
    category = forms.ChoiceField(label=_("Kategori"), required=False, widget=forms.RadioSelect)
    regency = forms.ChoiceField(label=_("Asal"), required=False)
    price_min = RupiahField(label=_("Harga paling rendah"), required=False)
    price_max = RupiahField(label=_("Harga paling tinggi"), required=False)
    live = forms.BooleanField(label=_("Sedang live"), required=False)
    sort = forms.ChoiceField(label=_("Urutkan"), required=False, choices=SORTS)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.set_choices("category", [("", _("Semua")), *((c.slug, str(c)) for c in queries.categories())])
        regencies = [(regency.pk, str(regency)) for regency in queries.regencies_with_shops()]
        self.set_choices("regency", [("", _("Seluruh Indonesia")), *regencies])

    def set_choices(self, name: str, choices: list[tuple[Any, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    @property
    def chosen_filters(self) -> int:
        """How many filters are on, for the button that opens them."""
        names = ("regency", "price_min", "price_max", "live", "sort")
        return sum(self.cleaned_data.get(name) not in ("", None, False) for name in names)

    def clean(self) -> dict[str, Any]:
        least, most = self.cleaned_data.get("price_min"), self.cleaned_data.get("price_max")
        if least is not None and most is not None and least > most:
            self.add_error("price_max", _("Harga tertinggi harus di atas harga terendah."))
        return self.cleaned_data
