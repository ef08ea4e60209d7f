"""Numbers in what strangers type."""

from __future__ import annotations

from uuid import UUID

MOST_DIGITS = 18  # fits a database's bigint


def whole_number(text: str) -> int | None:
    """Plain digits as a number; nothing for whatever else was typed."""
    is_plain = text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS
    return int(text) if is_plain else None


def uuid_in(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
