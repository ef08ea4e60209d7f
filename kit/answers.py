"""What a WSGI application without a framework reads and answers: the simulators beside the market."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Any

LARGEST = 65_536  # bytes that are read of what was sent
Environ = dict[str, Any]
StartResponse = Callable[[str, list[tuple[str, str]]], Any]


def sent(environ: Environ) -> bytes:
    length = int(environ.get("CONTENT_LENGTH") or 0)
    return bytes(environ["wsgi.input"].read(min(length, LARGEST)))


def sent_json(environ: Environ) -> dict[str, Any]:
    """What was sent, or an empty object, which no call accepts."""
    try:
        content = json.loads(sent(environ) or b"{}")
    except ValueError:
        return {}
    return content if isinstance(content, dict) else {}


def is_from_elsewhere(environ: Environ) -> bool:
    """Whether another site's page pressed the button."""
    return environ.get("HTTP_SEC_FETCH_SITE", "same-origin") not in ("same-origin", "none")


def respond(
    start_response: StartResponse, status: int, body: bytes, kind: str, *, policy: str
) -> Iterable[bytes]:
    headers = [
        ("Content-Type", kind),
        ("Content-Length", str(len(body))),
        ("Content-Security-Policy", policy),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "same-origin"),
        ("Cache-Control", "no-store"),
    ]
    start_response(_line(status), headers)
    return [body]


def see_other(start_response: StartResponse, path: str) -> Iterable[bytes]:
    start_response(_line(303), [("Location", path), ("Content-Length", "0")])
    return []


def _line(status: int) -> str:
    return f"{status} {HTTPStatus(status).phrase}"
