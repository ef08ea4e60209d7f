"""What sellers type about their shops and goods."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.utils.translation import gettext_lazy as _

from accounts.forms import RegencyField
from catalog import queries
from catalog.models import AWNINGS, Category, Product, Role, Shop
from kit.fields import LineField
from kit.pictures.intake import Upload

MOST_RUPIAH = 100_000_000
MOST_UNITS = 100_000
HEAVIEST = 50_000  # grams
LONGEST = 300  # cm


class RupiahField(forms.IntegerField):
    """Whole rupiah; `12.500`, `Rp 12.500` and `12500` are the same."""

    def __init__(self, **options: Any) -> None:
        options = {"min_value": 0, "max_value": MOST_RUPIAH, "localize": False, **options}
        super().__init__(widget=forms.TextInput(attrs={"inputmode": "numeric"}), **options)

    def to_python(self, value: Any) -> int | None:
        text = str(value or "").casefold().removeprefix("rp").strip()
        return super().to_python(text.replace(".", "").replace(" ", ""))


class UnitsField(forms.IntegerField):
    def __init__(self, **options: Any) -> None:
        options = {"min_value": 0, "max_value": MOST_UNITS, **options}
        super().__init__(widget=forms.NumberInput(attrs={"inputmode": "numeric"}), **options)


class ManyFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class PhotosField(forms.FileField):
    """Any number of photos; what is really in them is decided when they are taken in."""

    def __init__(self, **options: Any) -> None:
        widget = ManyFilesInput(attrs={"accept": "image/jpeg,image/png,image/webp", "multiple": True})
        super().__init__(widget=widget, **options)

    def clean(self, value: Any, initial: Any = None) -> list[Upload]:
        files = value if isinstance(value, list | tuple) else [value] if value else []
        if not files:
            super().clean(None, initial)
        return [super(PhotosField, self).clean(file, initial) for file in files]


class ShopForm(forms.Form):
    """What a shop says of itself, and on what terms it sends."""

    name = LineField(label=_("Nama lapak"), min_length=3, max_length=60)
    story = forms.CharField(
        label=_("Cerita lapak"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    regency = RegencyField(label=_("Kota atau kabupaten"), max_length=110)
    nib = forms.CharField(
        label=_("NIB"),
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    awning = forms.TypedChoiceField(
        label=_("Tenda lapak"),
        choices=[(number, str(number + 1)) for number in range(AWNINGS)],
        coerce=int,
        initial=0,
        widget=forms.RadioSelect,
    )
    shipping_fee = RupiahField(label=_("Ongkir per pesanan"), max_value=1_000_000, initial=10_000)
    accepts_cod = forms.BooleanField(label=_("Terima bayar di tempat (COD)"), required=False, initial=True)

    def clean_nib(self) -> str:
        nib: str = self.cleaned_data["nib"].replace(" ", "").replace(".", "")
        RegexValidator(r"^(\d{13})?$", _("NIB terdiri dari 13 angka. Kosongkan kalau belum punya."))(nib)
        return nib

    @classmethod
    def initial_of(cls, shop: Shop) -> dict[str, Any]:
        return {name: getattr(shop, name) for name in cls.base_fields}


class SlugForm(forms.Form):
    """The address of a shop that is being opened."""

    slug = forms.SlugField(
        label=_("Alamat lapak"),
        min_length=3,
        max_length=60,
        widget=forms.TextInput(attrs={"autocapitalize": "none", "autocomplete": "off"}),
        error_messages={"invalid": _("Pakai huruf kecil, angka, dan tanda hubung saja.")},
    )

    def clean_slug(self) -> str:
        slug: str = self.cleaned_data["slug"].lower()
        if not queries.is_slug_free(slug):
            raise forms.ValidationError(_("Alamat itu sudah dipakai lapak lain."), code="taken")
        return slug


class ProductForm(forms.Form):
    name = LineField(label=_("Nama produk"), min_length=3, max_length=90)
    category = forms.ModelChoiceField(
        label=_("Kategori"), queryset=Category.objects.none(), empty_label=_("Pilih kategori")
    )
    description = forms.CharField(
        label=_("Keterangan"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    weight = forms.IntegerField(
        label=_("Berat kirim (gram)"),
        initial=250,
        validators=[MinValueValidator(1), MaxValueValidator(HEAVIEST)],
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["category"].queryset = queries.categories()  # type: ignore[attr-defined]

    @classmethod
    def initial_of(cls, product: Product) -> dict[str, Any]:
        return {name: getattr(product, name) for name in cls.base_fields}


class FirstVariantForm(forms.Form):
    """A new product has one price and one stock; variants come later."""

    price = RupiahField(label=_("Harga"), min_value=1)
    available = UnitsField(label=_("Stok"), initial=10)
    photos = PhotosField(label=_("Foto"), required=False)


class PhotosForm(forms.Form):
    photos = PhotosField(label=_("Foto"), error_messages={"required": _("Pilih dulu fotonya.")})


class VariantForm(forms.Form):
    name = LineField(
        label=_("Nama varian"),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"placeholder": _("Misalnya: Balado 250 g")}),
    )
    price = RupiahField(label=_("Harga"), min_value=1)
    cost = RupiahField(label=_("Modal per buah (HPP)"), required=False, min_value=1)
    live_code = forms.CharField(
        label=_("Kode live"), max_length=6, widget=forms.TextInput(attrs={"autocapitalize": "characters"})
    )
    sku = forms.CharField(label=_("SKU"), max_length=40)
    weight = forms.IntegerField(
        label=_("Berat kirim (gram)"),
        required=False,
        min_value=1,
        max_value=HEAVIEST,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    length, width, height = (
        forms.IntegerField(
            label=label,
            required=False,
            min_value=1,
            max_value=LONGEST,
            widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        )
        for label in (_("Panjang (cm)"), _("Lebar (cm)"), _("Tinggi (cm)"))
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        sides = [cleaned.get(side) for side in ("length", "width", "height")]
        if any(sides) and not all(sides):
            raise forms.ValidationError(_("Isi panjang, lebar, dan tinggi, atau kosongkan semuanya."))
        return cleaned

    def clean_live_code(self) -> str:
        code: str = self.cleaned_data["live_code"].strip().upper()
        RegexValidator(
            r"^[A-Z]{1,2}\d{1,3}$", _("Kode live: satu atau dua huruf, lalu angka. Misalnya A12.")
        )(code)
        return code


class NewVariantForm(VariantForm):
    available = UnitsField(label=_("Stok"), initial=10)


class RestockForm(forms.Form):
    units = UnitsField(label=_("Tambah stok"), min_value=1)


class StockForm(forms.Form):
    available = UnitsField(label=_("Stok sekarang"))
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)


class RoleForm(forms.Form):
    role = forms.ChoiceField(label=_("Peran"), choices=Role.choices)


class MemberForm(RoleForm):
    """Somebody who is to help: the letter goes to this address."""

    email = forms.EmailField(label=_("Alamat email"))
    field_order = ["email", "role"]
