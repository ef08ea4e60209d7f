"""Whom a viewer is counted as: a person who is logged in, or a stranger's page."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.crypto import salted_hmac

PAGE_HEADER = "X-Page"
SALT = "livestream.room.seat"


def of_person(user_id: int) -> str:
    return f"u{user_id}"


def of_page(page: str) -> str:
    """The seat of a page's own number; nothing when it is not one."""
    is_usable = 8 <= len(page) <= 36 and page.isascii() and page.isalnum()
    return f"p{page}" if is_usable else ""


def of_request(request: HttpRequest) -> str:
    """Whoever asks from a room's page; nothing for a stranger whose page does not say its number."""
    if request.user.is_authenticated:
        return of_person(request.user.pk)
    return of_page(request.headers.get(PAGE_HEADER, ""))


def is_person(seat: str) -> bool:
    return seat.startswith("u")


def mark(session_id: int, seat: str) -> int:
    """What is written down: it joins the rows of one session and leads to nobody."""
    digest = salted_hmac(SALT, f"{session_id}:{seat}", algorithm="sha256").digest()
    return int.from_bytes(digest[:8], "big", signed=True)
