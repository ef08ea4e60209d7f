"""What every page knows."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url

THEMES = ("day", "night")
TABS = {
    "": "home",
    "live": "live",
    "cari": "search",
    "keranjang": "basket",
    "pesanan": "orders",
    "retur": "orders",
    "akun": "account",
    "kabar": "inbox",
    "toko": "seller",
    "studio": "seller",
    "afiliasi": "affiliates",
}


@dataclass
class Market:
    """How this reader sees the market; worked out only when a template asks."""

    request: HttpRequest

    @cached_property
    def theme(self) -> str:
        """The reader's choice, or nothing, which follows the device."""
        chosen = self.request.COOKIES.get("theme", "")
        return chosen if chosen in THEMES else ""

    @cached_property
    def saves_data(self) -> bool:
        """Chosen here, or asked for by the browser; a choice here wins."""
        chosen = self.request.COOKIES.get("data_saver", "")
        return chosen == "on" or (not chosen and self.request.headers.get("Save-Data") == "on")

    @cached_property
    def tab(self) -> str:
        """The part of the market this page lies in, for aria-current."""
        first, *rest = self.request.path.strip("/").split("/")
        if first in dict(settings.LANGUAGES):
            first = rest[0] if rest else ""
        return TABS.get(first, "")

    @cached_property
    def languages(self) -> list[dict[str, str]]:
        """Each language with this page's address in it."""
        path = self.request.get_full_path()
        return [
            {"code": code, "name": name, "path": translate_url(path, code)}
            for code, name in settings.LANGUAGES
        ]

    @property
    def origin(self) -> str:
        return settings.SITE_URL

    @property
    def source_url(self) -> str:
        """Where this market's code is, when whoever runs it says so."""
        return str(getattr(settings, "SOURCE_URL", ""))

    @cached_property
    def address(self) -> str:
        """This page's full address without its query, for sharing and search engines."""
        return settings.SITE_URL + self.request.path

    @property
    def has_mailbox(self) -> bool:
        """Whether mail stays on this machine, where a page shows it."""
        return not settings.PRODUCTION

    @cached_property
    def has_gallery(self) -> bool:
        return bool(settings.DEBUG or settings.DEMO)


def site(request: HttpRequest) -> dict[str, Any]:
    return {"market": Market(request)}
