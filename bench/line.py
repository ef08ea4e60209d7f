"""The least that a websocket client must do, so that thousands of them fit into one process."""

from __future__ import annotations

import asyncio
import base64
import os
from collections.abc import Callable, Mapping
from typing import TypeVar, cast

PATIENCE = 30.0
TEXT, CLOSE, PING, PONG = 1, 8, 9, 10
PHONE = "Mozilla/5.0 (Linux; Android 13; K) AppleWebKit/537.36 Chrome/141.0.0.0 Mobile Safari/537.36"


class TurnedAway(ConnectionError):
    """The server answered the handshake with something else than a welcome, or not at all."""


class Line(asyncio.Protocol):
    """One socket. Subclasses say what happens with a text and at the end."""

    def __init__(self) -> None:
        self.opened: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.close_code = 1006
        self._rest = b""

    def heard(self, text: bytes) -> None:
        """A whole text has come."""

    def ended(self) -> None:
        """The socket is gone; `close_code` says why."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)

    def connection_lost(self, problem: Exception | None) -> None:
        if not self.opened.done():
            self.opened.set_exception(TurnedAway())
        self.ended()

    def data_received(self, data: bytes) -> None:
        data = self._rest + data if self._rest else data
        if not self.opened.done():
            if b"\r\n\r\n" not in data:
                self._rest = data
                return
            data = self._handshake(data)
        at = 0
        while (end := _frame_end(data, at)) is not None:
            start, stop = end
            self._frame(data[at] & 15, data[start:stop])
            at = stop
        self._rest = data[at:]

    def say(self, text: str) -> None:
        self._write(TEXT, text.encode())

    def _handshake(self, data: bytes) -> bytes:
        head, _, rest = data.partition(b"\r\n\r\n")
        if b" 101 " in head.split(b"\r\n", 1)[0]:
            self.opened.set_result(None)
        else:
            self.transport.abort()
        return rest

    def _frame(self, opcode: int, payload: bytes) -> None:
        if opcode == TEXT:
            self.heard(payload)
        elif opcode == PING:
            self._write(PONG, payload)
        elif opcode == CLOSE:
            self.close_code = int.from_bytes(payload[:2], "big") or 1005
            self.transport.close()

    def _write(self, opcode: int, payload: bytes) -> None:
        """A mask of four noughts is a mask too."""
        size = len(payload)
        length = bytes([0x80 | size]) if size < 126 else bytes([0x80 | 126]) + size.to_bytes(2, "big")
        self.transport.write(bytes([0x80 | opcode]) + length + bytes(4) + payload)


L = TypeVar("L", bound=Line)


async def open_line(
    make: Callable[[], L], port: int, path: str, headers: Mapping[str, str], patience: float = PATIENCE
) -> L:
    """Shake hands as a page of this site; raises OSError or TimeoutError."""
    lines = {
        "Host": f"127.0.0.1:{port}",
        "Origin": f"http://127.0.0.1:{port}",
        "Upgrade": "websocket",
        "Connection": "Upgrade",
        "User-Agent": PHONE,
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": base64.b64encode(os.urandom(16)).decode(),
        **headers,
    }
    request = f"GET {path} HTTP/1.1\r\n" + "".join(f"{k}: {v}\r\n" for k, v in lines.items()) + "\r\n"
    loop = asyncio.get_running_loop()
    async with asyncio.timeout(patience):
        transport, line = await loop.create_connection(make, "127.0.0.1", port)
        transport.write(request.encode())
        try:
            await line.opened
        except BaseException:
            transport.abort()
            raise
    return line


def _frame_end(data: bytes, at: int) -> tuple[int, int] | None:
    """Where the payload of the frame at `at` begins and ends; nothing while it is not all there."""
    have = len(data) - at
    if have < 2:
        return None
    size, head = data[at + 1] & 127, 2
    if size > 125:
        head = 4 if size == 126 else 10
        if have < head:
            return None
        size = int.from_bytes(data[at + 2 : at + head], "big")
    return (at + head, at + head + size) if have >= head + size else None
