"""Secrets that must be used again, and so cannot be hashed: sealed with a key that is not in the database."""

from __future__ import annotations

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.utils.encoding import force_bytes


class Unreadable(Exception):
    """Sealed with another key, or damaged."""


def seal(secret: str) -> str:
    return _box(settings.SECRET_KEY).encrypt(secret.encode()).decode()


def unseal(sealed: str) -> str:
    """The secret; a seal of a former SECRET_KEY opens while that key is among the fallbacks."""
    for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        try:
            return _box(key).decrypt(sealed.encode()).decode()
        except InvalidToken:
            continue
    raise Unreadable


def _box(secret_key: str | bytes) -> Fernet:
    digest = hashlib.sha256(b"kit.sealed:" + force_bytes(secret_key)).digest()
    return Fernet(base64.urlsafe_b64encode(digest))
