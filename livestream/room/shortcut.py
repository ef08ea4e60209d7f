"""Ready frames straight to uvicorn's transport: `uvicorn --ws livestream.room.shortcut:RoomProtocol`.

An option for operators who need more viewers on a core. It leans on what uvicorn does not promise, so
tests/livestream/test_room_shortcut.py tells when a new uvicorn is different; every other server, and
uvicorn without this, gets the same frames through the plain ASGI send.
"""

from __future__ import annotations

import socket
from asyncio import BaseTransport, Task
from typing import Any, cast

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.http11 import Request

from livestream.room import SEND_BUFFER, SHORTCUT
from livestream.room.frames import reconnect


class RoomProtocol(WebSocketsSansIOProtocol):
    """Offers itself to the application in the scope."""

    def connection_made(self, transport: BaseTransport) -> None:
        line = transport.get_extra_info("socket")
        if line is not None:
            line.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER)
        super().connection_made(transport)

    def handle_connect(self, event: Request) -> None:
        super().handle_connect(event)
        self._extensions[SHORTCUT] = self.take

    def connection_lost(self, exc: Exception | None) -> None:
        self._extensions.pop(SHORTCUT, None)  # what points at itself waits for the garbage collector
        super().connection_lost(exc)

    def shutdown(self) -> None:
        """A deploy: say when to come back before the line goes."""
        if self.handshake_complete and not self.close_sent:
            self.take(reconnect(len(self.connections)).wire)
        super().shutdown()

    def on_task_complete(self, task: Task[None]) -> None:
        """Who was hung up on for not reading will not read a farewell either."""
        super().on_task_complete(task)
        if not self.writable.is_set():
            self.transport.abort()

    def take(self, frame: bytes) -> bool:
        """Write one whole frame, unless this reader has not read the last ones."""
        if self.disconnected or not self.writable.is_set():
            return False
        try:
            self.transport.write(frame)
        except (RuntimeError, OSError):  # just gone; nobody else's frame may suffer
            return False
        return True

    @property
    def _extensions(self) -> dict[str, Any]:
        """Of the scope; a handshake that was refused has none."""
        return cast("dict[str, Any]", self.scope["extensions"]) if hasattr(self, "scope") else {}
