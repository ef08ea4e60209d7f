"""Who is looking: a random number in a cookie of our own, never an address or a device."""

from __future__ import annotations

import uuid
from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse

VISITOR_COOKIE, REFERRED_COOKIE = "visitor", "referred"
VISITOR_KEPT = timedelta(days=180)
REFERRED_KEPT = timedelta(days=1)
MOST_REFERRED = 8


def visitor_of(request: HttpRequest) -> uuid.UUID | None:
    """The visitor's number; nothing for those who never came through a link."""
    try:
        return uuid.UUID(hex=request.COOKIES.get(VISITOR_COOKIE, ""))
    except ValueError:
        return None


def remember_visitor(response: HttpResponse, visitor: uuid.UUID) -> None:
    _keep(response, VISITOR_COOKIE, visitor.hex, VISITOR_KEPT)


def shops_referred(request: HttpRequest) -> list[int]:
    """Shops this visitor lately reached through a link, latest first: their pages say so."""
    text = request.COOKIES.get(REFERRED_COOKIE, "")
    return [int(part) for part in text.split("-") if part.isascii() and part.isdigit()][:MOST_REFERRED]


def remember_referral(request: HttpRequest, response: HttpResponse, shop_id: int) -> None:
    others = [known for known in shops_referred(request) if known != shop_id]
    shops = [shop_id, *others][:MOST_REFERRED]
    _keep(response, REFERRED_COOKIE, "-".join(map(str, shops)), REFERRED_KEPT)


def _keep(response: HttpResponse, name: str, value: str, kept: timedelta) -> None:
    response.set_cookie(
        name,
        value,
        max_age=kept,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
