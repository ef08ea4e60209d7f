"""The words of the room's socket; docs/protocol.md tells the same to people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import IntEnum
from typing import Any

import orjson

from livestream.models import LiveSession, RoomEvent, SessionRules

MOST_BYTES = 64 * 1024  # of one frame from a viewer
MOST_CHARACTERS = 300  # of one message
MOST_ITEMS = 200  # of one frame to a viewer
SPOKEN = {RoomEvent.Kind.CHAT, RoomEvent.Kind.ANSWER}


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


class Close(IntEnum):
    """Why the server hung up, as browsers see it in `CloseEvent.code`.

    All are of the range that is free to applications: a server may refuse to send others.
    """

    NOT_UNDERSTOOD = 4400
    SIGNED_OUT = 4403
    NO_SUCH_ROOM = 4404
    TOO_SLOW = 4408
    OPENED_ELSEWHERE = 4409
    TOO_BIG = 4413
    TOO_FAST = 4429
    RESTART = 4503


def frame(kind: str, **fields: object) -> Frame:
    """A frame to a viewer, encoded once for everyone who gets it."""
    return Frame(orjson.dumps({"type": kind, **fields}))


def clock_of(session: LiveSession) -> dict[str, int]:
    """The commerce clock: the server's time (ms since 1970) at which it would have been nought, while it
    ticks; else where it stands. Either stays true however late it is read."""
    if session.clock_runs and session.went_live_at:
        return {"zero": int(session.went_live_at.timestamp() * 1000) + session.interrupted_ms}
    return {"ms": session.clock_ms()}


def rules_of(rules: SessionRules) -> dict[str, object]:
    """What everybody may know of a chat's rules."""
    return {"slow_s": rules.slow_s, "holds_first": rules.holds_first, "refuses_links": rules.refuses_links}


def quotation(message: RoomEvent) -> dict[str, object]:
    return {"seq": message.seq, "name": message.sender_name, "text": message.text, **message.payload}


def milliseconds(moment: datetime | None) -> int | None:
    return int(moment.timestamp() * 1000) if moment else None


def batch(items: Sequence[bytes], *, last: int, now: Mapping[str, object]) -> Frame:
    """Numbered items that end at `last`, and what is simply true now."""
    fields: dict[str, object] = {}
    if items:
        fields = {
            "from": last - len(items) + 1,
            "to": last,
            "items": [orjson.Fragment(item) for item in items],
        }
    if now:
        fields["now"] = now
    return frame("batch", **fields)


def item(event: RoomEvent) -> dict[str, object]:
    """One numbered event as every viewer may see it. A removed message is only a number."""
    if event.removed_at:
        return {"seq": event.seq, "kind": "removed", "of": event.seq}
    fields: dict[str, object] = {"seq": event.seq, "kind": event.kind, **event.payload}
    if event.kind in SPOKEN:
        fields |= {"name": event.sender_name, "text": event.text}
        if event.client_id:
            fields["id"] = str(event.client_id)
        if event.asks:
            fields["asks"] = True
        if event.original:
            fields["masked"] = True
    return fields


def encode_item(event: RoomEvent) -> bytes:
    return orjson.dumps(item(event))


def is_chat(item: bytes) -> bool:
    """Told from the head of an encoded item; nothing that people write stands there."""
    return b'"kind":"chat"' in item[:40]


def page(items: Sequence[bytes], *, last: int, head: int) -> bytes:
    """The same items for whoever catches up over HTTP."""
    fragments = [orjson.Fragment(item) for item in items]
    return orjson.dumps({"from": last - len(items) + 1, "to": last, "head": head, "items": fragments})
