"""Which browser somebody speaks from: a number that a page gives it once, signed, and that logging out keeps.

The number itself is stored nowhere; rows have a keyed hash of it.
"""

from __future__ import annotations

import hmac
import secrets
from functools import cache

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.crypto import salted_hmac

COOKIE = "perangkat"
LIFETIME = 400 * 24 * 3600  # browsers keep no cookie longer
SALT = "livestream.room.device"


def mark_browser(request: HttpRequest, response: HttpResponseBase) -> None:
    """Give the browser its number, if it has none."""
    if not device_of(request):
        number = secrets.token_hex(16)
        response.set_cookie(
            COOKIE,
            f"{number}.{_hash('number', number)}",
            max_age=LIFETIME,
            httponly=True,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )


def device_of(request: HttpRequest) -> str:
    return _mark(request.COOKIES.get(COOKIE, ""))


def device_in(cookies: str) -> str:
    """The same from a Cookie header; empty when it has none of ours."""
    return _mark(cookie_in(cookies, COOKIE))


def cookie_in(cookies: str, wanted: str) -> str:
    """The value of one cookie of a Cookie header, or nothing."""
    for cookie in cookies.split(";"):
        name, _, value = cookie.strip().partition("=")
        if name == wanted:
            return value.strip('"')
    return ""


def _mark(value: str) -> str:
    number, _, signature = value.partition(".")
    is_ours = hmac.compare_digest(signature.encode(), _hash("number", number).encode())
    return _hash("mark", number) if is_ours else ""


def _hash(use: str, number: str) -> str:
    return hmac.digest(_key(), f"{use}:{number}".encode(), "sha256").hex()[:32]


@cache
def _key() -> bytes:
    return salted_hmac(SALT, "key", algorithm="sha256").digest()
