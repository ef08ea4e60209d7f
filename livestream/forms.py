"""What sellers write about a session and its chat."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.models import Shop
from kit.fields import LineField
from livestream.media.roads import may_be_public, rtmp_address
from livestream.models import Role, SlowMode
from livestream.operations.rules import MOST_WORDS, keyed
from livestream.operations.showcase import MOST_PRODUCTS
from livestream.queries import ShownProduct

LATEST = timedelta(days=60)
FEWEST_LETTERS, MOST_LETTERS = 2, 60  # of a blocked word
# Whoever plans for "now" and reads the form once more is not in the past yet.
SLACK = timedelta(minutes=30)


class ShopMomentField(forms.DateTimeField):
    """A moment that people write and read by the clock on the shop's wall."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")

    def __init__(self, **options: Any) -> None:
        super().__init__(input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"], **options)
        self.zone = timezone.get_default_timezone()

    def to_python(self, value: Any) -> datetime | None:
        with timezone.override(self.zone):
            return super().to_python(value)

    def prepare_value(self, value: Any) -> Any:
        with timezone.override(self.zone):
            return super().prepare_value(value)


class SessionForm(forms.Form):
    title = LineField(label=_("Judul live"), min_length=5, max_length=90)
    planned_at = ShopMomentField(label=_("Mulai"))
    products = forms.TypedMultipleChoiceField(
        label=_("Produk yang ditampilkan"),
        coerce=int,
        error_messages={"required": _("Pilih paling sedikit satu produk.")},
    )

    def __init__(self, *args: Any, shop: Shop, choices: list[ShownProduct], **options: Any) -> None:
        super().__init__(*args, **options)
        moment, products = self.fields["planned_at"], self.fields["products"]
        assert isinstance(moment, ShopMomentField)
        assert isinstance(products, forms.TypedMultipleChoiceField)
        moment.zone = ZoneInfo(shop.regency.time_zone)
        products.choices = [(shown.product.pk, shown.product.name) for shown in choices]

    def clean_planned_at(self) -> datetime:
        planned_at: datetime = self.cleaned_data["planned_at"]
        unchanged = planned_at == self.initial.get("planned_at")
        if not unchanged and planned_at < timezone.now() - SLACK:
            raise forms.ValidationError(_("Waktunya sudah lewat. Pilih waktu yang akan datang."))
        if planned_at > timezone.now() + LATEST:
            raise forms.ValidationError(_("Terlalu jauh. Rencanakan paling lama 60 hari ke depan."))
        return planned_at

    def clean_products(self) -> list[int]:
        products: list[int] = self.cleaned_data["products"]
        if len(products) > MOST_PRODUCTS:
            raise forms.ValidationError(_("Paling banyak 100 produk dalam satu live."))
        return products


class OutletForm(forms.Form):
    """Another platform's RTMP server and the key that it gave to the seller."""

    url = LineField(
        label=_("Alamat server (RTMP)"),
        max_length=300,
        widget=forms.TextInput(attrs={"inputmode": "url", "placeholder": "rtmps://…"}),
    )
    key = forms.CharField(
        label=_("Kunci siaran"),
        max_length=300,
        widget=forms.PasswordInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def clean_url(self) -> str:
        url: str = self.cleaned_data["url"]
        try:
            parts = rtmp_address(url)
        except ValueError as refusal:
            raise forms.ValidationError(_("Tulis seperti rtmps://nama.server/aplikasi.")) from refusal
        if not settings.LIVE_OUTLETS_MAY_BE_PRIVATE and not may_be_public(parts.hostname or ""):
            raise forms.ValidationError(_("Alamat itu tidak ada di internet terbuka."))
        return url

    def clean_key(self) -> str:
        key: str = self.cleaned_data["key"]
        if not key.isascii() or not key.isprintable() or " " in key:
            raise forms.ValidationError(_("Salin kuncinya persis seperti di platform itu, tanpa spasi."))
        return key


class EmergencyDoorForm(forms.Form):
    is_wanted = forms.BooleanField(label=_("Kabari pengikut kalau tempat luar putus"), required=False)


class NewSessionForm(SessionForm):
    """What a session is for is decided once."""

    is_rehearsal = forms.BooleanField(
        label=_("Latihan saja"),
        help_text=_("Tampilannya sama, tetapi hanya kru yang bisa masuk dan tidak ada pesanan."),
        required=False,
    )


class StartedSessionForm(SessionForm):
    """A session that has begun keeps its time."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        del self.fields["planned_at"]


class ChatRulesForm(forms.Form):
    """How a session's chat goes."""

    slow_s = forms.TypedChoiceField(
        label=_("Mode pelan"),
        help_text=_("Jeda antara dua pesan dari orang yang sama."),
        coerce=int,
        choices=SlowMode.choices,
        widget=forms.RadioSelect,
    )
    holds_first = forms.BooleanField(
        label=_("Tahan pesan pertama"),
        help_text=_("Orang yang baru pertama kali ngobrol di lapakmu dicek dulu."),
        required=False,
    )
    refuses_links = forms.BooleanField(
        label=_("Tolak pesan berisi tautan"),
        help_text=_("Tautan penonton memang tidak pernah bisa diketuk."),
        required=False,
    )
    followers_only = forms.BooleanField(
        label=_("Hanya pengikut yang boleh ngobrol"),
        help_text=_("Yang belum mengikuti lapakmu tetap bisa menonton dan belanja."),
        required=False,
    )


class ShopWordsForm(forms.Form):
    """The words that a shop's rooms do not let through, one a line."""

    words = forms.CharField(
        label=_("Kata yang ditolak"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea({"rows": 8, "autocapitalize": "off", "spellcheck": "false"}),
    )

    def clean_words(self) -> list[str]:
        words = list(keyed(self.cleaned_data["words"].splitlines()).values())
        if too_long := [word for word in words if len(word) > MOST_LETTERS]:
            raise forms.ValidationError(_("Terlalu panjang: %(word)s"), params={"word": too_long[0][:40]})
        if too_short := [word for word in words if len(word) < FEWEST_LETTERS]:
            raise forms.ValidationError(_("Terlalu pendek: %(word)s"), params={"word": too_short[0]})
        if len(words) > MOST_WORDS:
            raise forms.ValidationError(_("Paling banyak 300 kata."))
        return words


class InvitationForm(forms.Form):
    """Whom the host would like to have beside them."""

    role = forms.ChoiceField(label=_("Sebagai"), choices=Role.choices)
    label = LineField(label=_("Untuk siapa"), max_length=60, required=False)
    is_for_all = forms.BooleanField(label=_("Berlaku di semua live lapakku"), required=False)
