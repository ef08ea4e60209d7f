"""Notices to browsers by Web Push: encrypted for the browser, signed with the market's key (VAPID)."""

from __future__ import annotations

import base64
import json
from functools import lru_cache

import requests
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings

from inbox.models import Notice, PushSubscription

KEPT_S = 24 * 60 * 60  # how long the push service waits for a browser that is off
TIMEOUT_S = 10
GONE = frozenset({404, 410})


class Gone(Exception):
    """The browser does not want to hear from us any more."""


class Failed(Exception):
    """The push service did not take it, this time."""


def are_possible() -> bool:
    return bool(settings.VAPID_PRIVATE_KEY)


@lru_cache(maxsize=2)
def _public_key(private_key: str) -> str:
    number = int.from_bytes(base64.urlsafe_b64decode(private_key + "=="), "big")
    point = ec.derive_private_key(number, ec.SECP256R1()).public_key()
    raw = point.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def public_key() -> str:
    """What a browser needs to subscribe; empty where the market has no key."""
    return _public_key(settings.VAPID_PRIVATE_KEY) if are_possible() else ""


def send(notice: Notice, browser: PushSubscription) -> None:
    """Hand it to the browser's push service. Raises Gone or Failed."""
    # Here, because it loads a whole HTTP server that only the worker who sends has a use for.
    from pywebpush import WebPushException, webpush

    try:
        webpush(
            {"endpoint": browser.endpoint, "keys": {"p256dh": browser.p256dh, "auth": browser.auth}},
            json.dumps(_content(notice), ensure_ascii=False),
            vapid_private_key=settings.VAPID_PRIVATE_KEY,
            vapid_claims={"sub": f"mailto:{settings.DEFAULT_FROM_EMAIL.rpartition('<')[2].rstrip('>')}"},
            ttl=KEPT_S,
            timeout=TIMEOUT_S,
            requests_session=_session(),
        )
    except WebPushException as problem:
        status = problem.response.status_code if problem.response is not None else 0
        raise (Gone if status in GONE else Failed)(f"{status}") from problem
    except (requests.RequestException, ValueError) as problem:
        raise Failed(type(problem).__name__) from problem


def _content(notice: Notice) -> dict[str, str]:
    return {"title": notice.title, "text": notice.text, "path": notice.path, "tag": f"notice-{notice.pk}"}


def _session() -> requests.Session:
    """Nobody sends us on to another address."""
    session = requests.Session()
    session.max_redirects = 0
    session.trust_env = False
    return session
