"""Indonesian phone numbers: kept as +62812…, shown with spaces."""

from __future__ import annotations

import re
from urllib.parse import quote, urlencode


class NotAPhone(ValueError):
    """The text is no Indonesian phone number."""


def normalise(text: str) -> str:
    """`0812…`, `62812…` and `+62 812-…` are all `+62812…`."""
    digits = re.sub(r"[\s().-]", "", text)
    found = re.fullmatch(r"(?:\+?62|0)([1-9]\d{7,11})", digits)
    if found is None:
        raise NotAPhone(text)
    return f"+62{found[1]}"


def spaced(phone: str) -> str:
    """`+6281234567890` is shown as `+62 812-3456-7890`."""
    found = re.fullmatch(r"\+62(\d{3})(\d{3,4})(\d+)", phone)
    return f"+62 {found[1]}-{found[2]}-{found[3]}" if found else phone


def whatsapp(phone: str, text: str = "") -> str:
    """Opens a chat with this number, the text already written; nothing is sent by us."""
    address = f"https://wa.me/{phone.removeprefix('+')}"
    return f"{address}?{urlencode({'text': text}, quote_via=quote)}" if text else address
