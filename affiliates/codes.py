"""Codes of links: seven random characters and one that checks them, made to be read aloud."""

from __future__ import annotations

import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford: no I, L, O, U
LOOKALIKES = str.maketrans("ILO", "110")
LENGTH = 8
FIELD_SIZE, FIELD_RULE = 32, 0b100101  # arithmetic of GF(32): x^5 + x^2 + 1


def new_code() -> str:
    body = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH - 1))
    return body + ALPHABET[_times_two(_checksum(body))]


def read_code(text: str) -> str | None:
    """The code as it is stored; nothing when it cannot be one.

    One wrong character, or any two swapped, never leads to somebody else's link.
    """
    code = text.strip().upper().translate(LOOKALIKES)
    if len(code) != LENGTH or any(character not in ALPHABET for character in code):
        return None
    return code if _checksum(code) == 0 else None


def _checksum(code: str) -> int:
    total = 0
    for character in code:
        total = _times_two(total) ^ ALPHABET.index(character)
    return total


def _times_two(value: int) -> int:
    doubled = value * 2
    return doubled ^ FIELD_RULE if doubled >= FIELD_SIZE else doubled
