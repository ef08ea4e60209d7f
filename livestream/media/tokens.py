"""Publish tokens: who may send pictures into which session, for a few minutes.

Made of base64url and dots only, so that they survive every engine's way of passing credentials.
"""

import time
from typing import Any, NamedTuple

from django.core import signing

MAX_AGE_S = 300
_CLOCK_SKEW_S = 5
_SIGNER = signing.TimestampSigner(sep=".", salt="livestream.publish")
_GATEWAY_SIGNER = signing.TimestampSigner(sep=".", salt="livestream.gateway")


class Claim(NamedTuple):
    """What a good token says."""

    code: str
    user_id: int


def publish_token(*, code: str, user_id: int) -> str:
    return _SIGNER.sign_object({"s": code, "u": user_id})


def read_publish_token(token: str) -> Claim | None:
    """The claim; None when the token is forged, too old or from the future."""
    try:
        claim = _read(_SIGNER, token)
        return Claim(str(claim["s"]), int(claim["u"]))
    except (signing.BadSignature, KeyError, TypeError, ValueError, IndexError):
        return None


def gateway_token(*, code: str) -> str:
    """What our own media process proves itself with at an engine, to push and to fetch."""
    return _GATEWAY_SIGNER.sign_object({"s": code})


def is_gateway_token(token: str, *, code: str) -> bool:
    try:
        return bool(_read(_GATEWAY_SIGNER, token)["s"] == code)
    except (signing.BadSignature, KeyError, TypeError, ValueError, IndexError):
        return False


def _read(signer: signing.TimestampSigner, token: str) -> Any:
    claim = signer.unsign_object(token, max_age=MAX_AGE_S)
    made_at = signing.b62_decode(token.rsplit(".", 2)[1])
    if made_at > time.time() + _CLOCK_SKEW_S:
        raise ValueError("from the future")
    return claim
