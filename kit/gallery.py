"""Samples for the gallery of components."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django import forms
from django.templatetags.static import static
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kit.context import THEMES

ICONS = (
    *(
        "house",
        "radio",
        "search",
        "shopping-bag",
        "user",
        "heart",
        "share-2",
        "send",
        "x",
        "volume-2",
        "volume-x",
    ),
    *("lightbulb", "bell", "calendar", "clock", "map-pin", "truck", "store", "star", "check", "circle-check"),
    *(
        "triangle-alert",
        "info",
        "arrow-left",
        "arrow-right",
        "plus",
        "minus",
        "trash-2",
        "pencil",
        "copy",
        "link",
    ),
    *("qr-code", "message-circle", "eye", "users", "wallet", "banknote", "credit-card", "receipt-text"),
    *(
        "trending-up",
        "trending-down",
        "video",
        "mic",
        "mic-off",
        "switch-camera",
        "play",
        "pause",
        "pin",
        "pin-off",
    ),
    *(
        "tag",
        "image",
        "upload",
        "download",
        "log-in",
        "log-out",
        "settings",
        "wifi-off",
        "signal",
        "gauge",
        "flag",
    ),
)
TWO_WEEKS = (620, 810, 540, 900, 1100, 1325, 980, 860, 1050, 1240, 1790, 1460, 1290, 1628)


@dataclass(frozen=True)
class SamplePhoto:
    name: str
    color: str
    width: int = 480
    height: int = 480
    lqip: str = ""

    def url(self, width: int, fmt: str = "webp") -> str:
        return static(f"img/samples/{self.name}.{fmt}")


@dataclass(frozen=True)
class SampleProduct:
    pk: int
    name: str
    slug: str
    photo: SamplePhoto
    price: int
    was: int = 0
    available: int = 42
    sold: int = 0
    rating: float = 0


class SampleForm(forms.Form):
    name = forms.CharField(label=_("Nama lengkap"), max_length=80)
    phone = forms.CharField(label=_("Nomor HP"), help_text=_("Kurir menelepon ke nomor ini."))
    price = forms.IntegerField(label=_("Harga"), min_value=100)
    courier = forms.ChoiceField(
        label=_("Kurir"), choices=[("jne", "JNE"), ("jnt", "J&T"), ("pos", "Pos Indonesia")]
    )
    note = forms.CharField(label=_("Catatan"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    gift = forms.BooleanField(label=_("Bungkus sebagai kado"), required=False)


PISANG = SamplePhoto("pisang", "#c98f2f")
BALADO = SamplePhoto("balado", "#8d2e20")
DAUN = SamplePhoto("daun", "#4f6a2a")
PRODUCTS = (
    SampleProduct(
        1, "Keripik Pisang Cokelat Lumer 250 g", "keripik-pisang", PISANG, 18_500, 25_000, 42, 3_412, 4.9
    ),
    SampleProduct(
        2, "Kerupuk Balado Uni Upik, pedas manis", "kerupuk-balado", BALADO, 15_000, 0, 3, 812, 4.7
    ),
    SampleProduct(3, "Rempeyek Daun Jeruk Renyah", "rempeyek-daun", DAUN, 12_500, 0, 0, 96, 4.8),
    SampleProduct(
        4, "Paket Lebaran: enam rasa keripik, toples kaca", "paket-lebaran", PISANG, 1_249_000, 0, 18
    ),
)


def context() -> dict[str, Any]:
    now = timezone.now()
    return {
        "themes": THEMES,
        "icons": ICONS,
        "products": PRODUCTS,
        "first": PRODUCTS[0],
        "low": PRODUCTS[1],
        "gone": PRODUCTS[2],
        "photos": (PISANG, BALADO, DAUN),
        "form": SampleForm(prefix="empty"),
        "refused": SampleForm({"refused-price": "lima", "refused-name": "Sri"}, prefix="refused"),
        "tonight": now + timedelta(hours=3),
        "now": now,
        "earlier": now - timedelta(minutes=42),
        "awnings": range(6),
        "steps": (_("Alamat"), _("Kurir"), _("Bayar"), _("Selesai")),
        "timeline": _timeline(),
        "revenue": _revenue(),
        "totals": ((_("Subtotal"), 37_000), (_("Ongkir"), 10_000), (_("Potongan harga live"), -13_500)),
    }


def _timeline() -> list[dict[str, Any]]:
    now = timezone.now()
    return [
        {"state": "done", "title": _("Dibayar"), "at": now - timedelta(days=2), "text": _("QRIS, lunas")},
        {"state": "done", "title": _("Dikemas"), "at": now - timedelta(days=1), "text": ""},
        {
            "state": "now",
            "title": _("Dikirim"),
            "at": now - timedelta(hours=5),
            "text": _("JNE · CGK123456789"),
        },
        {"state": "next", "title": _("Diterima"), "at": None, "text": ""},
    ]


def _revenue() -> list[tuple[str, int]]:
    today = timezone.localdate()
    days = len(TWO_WEEKS)
    return [
        (str((today - timedelta(days=days - 1 - place)).day), value * 1000)
        for place, value in enumerate(TWO_WEEKS)
    ]
