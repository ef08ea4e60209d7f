"""The smallest site around the media process: a seller's page, three shoppers' pages, our real modules."""

from __future__ import annotations

import mimetypes
import os
from pathlib import Path
from uuid import UUID

from livestream.media.app import MediaApp
from livestream.media.hooks import Phase, Progress, Showing
from livestream.media.outlets import Outlet, Standing, Trouble
from livestream.media.socket import Receive, Scope, Send
from livestream.media.station import Station

_STATIC = Path(__file__).resolve().parents[2] / "static"
_HLS = "/media-live/hls/bench/live.m3u8"


def _player(road: str) -> str:
    return (
        '<script type="module" src="/static/js/live/player.js"></script>'
        f'<live-player data-state="live" {road}><video muted playsinline></video></live-player>'
    )


_PAGES = {
    "/seller": '<script type="module" src="/static/js/live/publisher.js"></script>'
    '<live-publisher data-publish="/media-live/publish/bench" data-token-url="/token">'
    '<button data-role="start">start</button></live-publisher>',
    "/near": _player('data-watch="/media-live/watch/bench"'),
    "/whole": _player(f'data-watch="/media-live/watch/bench" data-hls="{_HLS}"'),
    "/saver": _player('data-watch="/media-live/watch/bench" data-view="audio"'),
    "/far": _player(f'data-hls="{_HLS}"'),
    # What a player does that was given nothing but the address.
    "/stock": '<script src="/static/vendor/hls/hls.light.min.js"></script>'
    "<video muted playsinline autoplay></video>"
    '<script>const hls = new Hls({enableWorker: false}); hls.attachMedia(document.querySelector("video"));'
    f'hls.loadSource("{_HLS}")</script>',
}


class OpenDoors:
    """One session that everyone may publish into, without a database."""

    async def showing(self, code: str) -> Showing | None:
        return Showing(Phase.UPCOMING)

    async def authorise(self, code: str, token: str) -> bool:
        return True

    async def on_publish(self, code: str, connection_id: UUID) -> bool:
        return True

    async def on_unpublish(self, code: str, connection_id: UUID) -> None: ...

    async def on_progress(self, code: str, connection_id: UUID, progress: Progress) -> bool:
        return True

    async def on_poster(self, code: str) -> None: ...

    async def on_recorded(self, code: str, recorded_ms: int) -> None: ...

    async def outlets(self, code: str) -> list[Outlet]:
        return []

    async def on_outlet(self, code: str, name: str, standing: Standing, trouble: Trouble) -> None: ...

    async def end_session(self, code: str, connection_id: UUID) -> bool:
        return True

    async def may_replay(self, code: str) -> bool:
        return True

    async def may_watch(self, code: str, cookies: str) -> bool:
        return True

    async def interrupt_all(self) -> None: ...

    async def end_abandoned(self) -> None: ...


_media = MediaApp(
    Station(root=Path(os.environ["GLASS_ROOT"]), hooks=OpenDoors()), trusted_origins=frozenset()
)


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    path = scope.get("path", "/media-live/")
    if path.startswith("/media-live/"):
        await _media(scope, receive, send)
    elif path == "/token":
        await _answer(send, b'{"token": "bench"}', "application/json")
    elif path in _PAGES:
        await _answer(send, b"<!doctype html><meta charset=utf-8>" + _PAGES[path].encode(), "text/html")
    else:
        await _static(send, path)


async def _static(send: Send, path: str) -> None:
    file = (_STATIC / path.removeprefix("/static/")).resolve()
    if not file.is_relative_to(_STATIC) or not file.is_file():
        await _answer(send, b"", "text/plain", status=404)
        return
    await _answer(send, file.read_bytes(), mimetypes.guess_type(file.name)[0] or "text/plain")


async def _answer(send: Send, payload: bytes, content_type: str, *, status: int = 200) -> None:
    headers = [(b"content-type", content_type.encode()), (b"content-length", str(len(payload)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": payload})
