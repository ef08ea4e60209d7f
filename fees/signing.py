"""The market's signature under a schedule: anybody can check it with the public key that stands beside it."""

from __future__ import annotations

import hashlib

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings
from django.utils.encoding import force_bytes


def digest(document: str) -> str:
    return hashlib.sha256(document.encode()).hexdigest()


def sign(document: str) -> tuple[str, str]:
    """The signature and the public key that it can be checked with, both in hex."""
    key = _key()
    public = key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    return key.sign(document.encode()).hex(), public.hex()


def is_signed(document: str, *, signature: str, public_key: str) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key)).verify(
            bytes.fromhex(signature), document.encode()
        )
    except (InvalidSignature, ValueError):
        return False
    return True


def _key() -> Ed25519PrivateKey:
    """Of this market alone. A version keeps its public key, so a new secret does not spoil old versions."""
    seed = hashlib.sha256(b"fees.signature:" + force_bytes(settings.SECRET_KEY)).digest()
    return Ed25519PrivateKey.from_private_bytes(seed)
