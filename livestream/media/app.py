"""The media process as one plain ASGI application."""

import asyncio
import re

from livestream.media.engine_door import PREFIX as ENGINE_PREFIX
from livestream.media.engine_door import EngineDoor
from livestream.media.files import NOT_FOUND, PRIVATE, Answer, chapter_still, hls_file, poster, send_answer
from livestream.media.ownership import Ownership
from livestream.media.probe_socket import Probes
from livestream.media.publish_socket import serve_publisher
from livestream.media.socket import Receive, Scope, Send, Socket, cookies_of, is_from_our_pages
from livestream.media.station import Door, Station
from livestream.media.streams import Streams
from livestream.media.watch_socket import serve_viewer
from livestream.media.wire import Close

_SOCKET_PATH = re.compile(r"/media-live/(publish|watch|probe)/([\w-]{1,50})", re.ASCII)
_HLS_PATH = re.compile(r"/media-live/hls/([\w-]{1,50})/(.{1,80})", re.ASCII)
_STILL_PATH = re.compile(r"/media-live/still/([\w-]{1,50})/(\d{1,9})\.jpg", re.ASCII)
_SESSION = re.compile(r"/media-live/(?:hls|still|poster)/([\w-]{1,50})[/.]", re.ASCII)
_POSTER_PATH = re.compile(r"/media-live/poster/([\w-]{1,50})\.jpg", re.ASCII)


class MediaApp:
    """Routes sockets and files to the station it keeps running."""

    def __init__(
        self,
        station: Station,
        *,
        trusted_origins: frozenset[str],
        streams: Streams | None = None,
        engine_door: EngineDoor | None = None,
    ) -> None:
        self._station = station
        self._trusted_origins = trusted_origins
        self._streams = streams
        self._engine_door = engine_door
        self._probes = Probes()
        self._resuming: asyncio.Task[None] | None = None

    @property
    def ownership(self) -> Ownership:
        return self._station.ownership

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._live(receive, send)
            return
        self._start()  # some servers have no lifespan
        if scope["type"] == "websocket":
            await self._serve_socket(scope, Socket(scope, receive, send))
        elif self._engine_door is not None and scope["path"].startswith(ENGINE_PREFIX):
            status = await self._engine_door.answer(scope, receive)
            await send_answer(send, Answer(status, "text/plain", "no-store", b""), with_body=True)
        else:
            answer = await self._answer(scope)
            await send_answer(send, answer, with_body=scope["method"] != "HEAD")

    def _start(self) -> None:
        self._station.start()
        if self._streams is not None and self._resuming is None:
            self._resuming = asyncio.create_task(self._streams.resume())

    async def _live(self, receive: Receive, send: Send) -> None:
        await receive()
        try:
            self._start()
        except Exception as error:
            await send({"type": "lifespan.startup.failed", "message": str(error)})
            return
        await send({"type": "lifespan.startup.complete"})
        await receive()
        if self._streams is not None:
            await self._streams.close()
        await self._station.stop()
        await send({"type": "lifespan.shutdown.complete"})

    async def _serve_socket(self, scope: Scope, socket: Socket) -> None:
        """Accept first: a browser sees the close code only after an accept."""
        await socket.accept()
        path = _SOCKET_PATH.fullmatch(scope["path"])
        if path is None:
            await socket.close(Close.UNKNOWN_SESSION)
        elif not is_from_our_pages(socket.headers, self._trusted_origins):
            await socket.close(Close.FOREIGN_ORIGIN)
        elif path[1] == "publish":
            await serve_publisher(socket, self._station, path[2])
        elif path[1] == "probe":
            await self._probes.serve(socket, self._station, path[2])
        else:
            saves = scope["query_string"] == b"saver"
            await serve_viewer(socket, self._station, path[2], cookies=cookies_of(scope), saves=saves)

    async def _answer(self, scope: Scope) -> Answer:
        path = scope["path"]
        if scope["method"] not in ("GET", "HEAD"):
            return Answer(405, "text/plain", "no-store", b"only GET\n")
        if path == "/media-live/health":
            return Answer(200, "text/plain", "no-store", b"ok\n")
        session = _SESSION.match(path)
        door = await self._station.door(session[1], cookies_of(scope)) if session else Door.SHUT
        if door is Door.SHUT:
            return NOT_FOUND
        answer = await self._file(path)
        return answer if door is Door.OPEN else answer._replace(cache=PRIVATE)

    async def _file(self, path: str) -> Answer:
        if hls := _HLS_PATH.fullmatch(path):
            return await hls_file(self._station, hls[1], hls[2])
        if still := _POSTER_PATH.fullmatch(path):
            return await poster(self._station, still[1])
        if chapter := _STILL_PATH.fullmatch(path):
            return await chapter_still(self._station, chapter[1], int(chapter[2]))
        return NOT_FOUND
