"""The rooms' entry: sockets for chat and events; plain pages too, for servers that have nothing else."""

from __future__ import annotations

import os
import re
from functools import lru_cache

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "umkm_market.settings")

from django.core.asgi import get_asgi_application

pages = get_asgi_application()  # before anything that needs the apps

from django.conf import settings  # noqa: E402
from django.http.request import split_domain_port, validate_host  # noqa: E402

from livestream.consumers import Receive, Scope, Send, room_socket  # noqa: E402

ROOM = re.compile(r"/ws/room/(?P<code>[-a-zA-Z0-9_]{1,50})", re.ASCII)


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "websocket":
        await _socket(scope, receive, send)
    elif scope["type"] == "http":
        await pages(scope, receive, send)  # type: ignore[arg-type]
    else:
        await _live(receive, send)


async def _socket(scope: Scope, receive: Receive, send: Send) -> None:
    """A handshake from elsewhere, or to nowhere, is answered with 403."""
    found = ROOM.fullmatch(scope["path"])
    if found is None or not _is_from_our_pages(scope):
        await receive()
        await send({"type": "websocket.close"})
        return
    await room_socket(scope, receive, send, found["code"])


def _is_from_our_pages(scope: Scope) -> bool:
    """Compares whole strings and parses nothing that a stranger wrote."""
    headers = dict(scope["headers"])
    origin = headers.get(b"origin", b"").decode("latin-1")
    if origin in settings.CSRF_TRUSTED_ORIGINS:
        return True
    if settings.PRODUCTION:
        return False
    host = headers.get(b"host", b"").decode("latin-1")
    return origin in {f"http://{host}", f"https://{host}"} and _is_our_host(host)


@lru_cache(maxsize=64)
def _is_our_host(host: str) -> bool:
    domain, _ = split_domain_port(host)
    return bool(domain) and validate_host(domain, settings.ALLOWED_HOSTS)


async def _live(receive: Receive, send: Send) -> None:
    """Servers that announce start and stop only want an answer."""
    while True:
        message = await receive()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return
