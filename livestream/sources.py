"""How a reader found a room: a mark in the link, or the page they come from."""

from __future__ import annotations

from urllib.parse import SplitResult, urlencode, urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.urls import Resolver404, resolve
from django.utils import translation

from livestream.models import VisitSource

MARK = "dari"  # in the room's address
MARKED = frozenset(
    {
        VisitSource.REMINDER,
        VisitSource.AFFILIATE,
        VisitSource.WHATSAPP,
        VisitSource.TELEGRAM,
        VisitSource.LINK,
        VisitSource.QR,
    }
)
PAGES = {
    "home": VisitSource.FRONT,
    "livestream:list": VisitSource.LOBBY,
    "catalog:shop": VisitSource.SHOP,
    "catalog:product": VisitSource.PRODUCT,
}


def marked(address: str, source: VisitSource) -> str:
    """The address as it is passed on this way."""
    return f"{address}?{urlencode({MARK: source.value})}"


def source_of(request: HttpRequest) -> VisitSource:
    said = request.GET.get(MARK, "")
    if said in MARKED:
        return VisitSource(said)
    before = _parts(request.headers.get("Referer", ""))
    if not before.netloc:
        return VisitSource.DIRECT
    if before.netloc != request.get_host():
        return VisitSource.ELSEWHERE
    return _page_of(before.path, request.path)


def _parts(address: str) -> SplitResult:
    """Of something that is no address, nothing."""
    try:
        return urlsplit(address)
    except ValueError:
        return urlsplit("")


def _page_of(path: str, here: str) -> VisitSource:
    if path == here:  # read again, or back from the log-in page
        return VisitSource.DIRECT
    with translation.override(translation.get_language_from_path(path) or settings.LANGUAGE_CODE):
        try:
            return PAGES.get(resolve(path).view_name, VisitSource.MARKET)
        except Resolver404:
            return VisitSource.MARKET
