"""What goes to viewers, encoded once for everyone; knows no Django, so that a server may load it first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import orjson

LEAST_AWAY_MS, MOST_AWAY_MS = 1_000, 10_000
EACH_AWAY_MS = 2


class Frame:
    """What one viewer or ten thousand get, encoded once; each form is made when it is first wanted."""

    __slots__ = ("_message", "_wire", "body")

    def __init__(self, body: bytes) -> None:
        self.body = body
        self._message: Mapping[str, Any] | None = None
        self._wire = b""

    @property
    def message(self) -> Mapping[str, Any]:
        """As any ASGI server takes it."""
        if self._message is None:
            self._message = {"type": "websocket.send", "text": self.body.decode()}
        return self._message

    @property
    def wire(self) -> bytes:
        """As it stands on the line: one unmasked text frame (RFC 6455, 5.2)."""
        if not self._wire:
            self._wire = _head(len(self.body)) + self.body
        return self._wire


def _head(size: int) -> bytes:
    if size < 126:
        return bytes((0x81, size))
    if size < 0x10000:
        return b"\x81\x7e" + size.to_bytes(2, "big")
    return b"\x81\x7f" + size.to_bytes(8, "big")


def frame(kind: str, **fields: object) -> Frame:
    """A frame to a viewer, encoded once for everyone who gets it."""
    return Frame(orjson.dumps({"type": kind, **fields}))


def reconnect(sockets: int) -> Frame:
    """This process stops. Its viewers spread their return: pages wait half to one and a half of the time."""
    return frame("reconnect", after_ms=min(MOST_AWAY_MS, max(LEAST_AWAY_MS, sockets * EACH_AWAY_MS)))
