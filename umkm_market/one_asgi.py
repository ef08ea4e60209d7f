"""Everything in one process, for platforms without the edge: pages, rooms, live video and files."""

from __future__ import annotations

from typing import Any

from umkm_market.asgi import application as rooms_and_pages
from umkm_market.media_asgi import application as media


async def application(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """Route by path as the edge does."""
    if scope.get("path", "").startswith("/media-live/"):
        await media(scope, receive, send)
    else:
        await rooms_and_pages(scope, receive, send)
