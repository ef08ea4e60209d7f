"""The words of the room's socket; docs/protocol.md tells the same to people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import IntEnum

import orjson

from livestream.models import LiveSession, RoomEvent, SessionRules
from livestream.room.frames import Frame as Frame
from livestream.room.frames import frame as frame

MOST_BYTES = 64 * 1024  # of one frame from a viewer
MOST_CHARACTERS = 300  # of one message
MOST_ITEMS = 200  # of one frame to a viewer
SPOKEN = {RoomEvent.Kind.CHAT, RoomEvent.Kind.ANSWER}


class Close(IntEnum):
    """Why the server hung up, as browsers see it in `CloseEvent.code`.

    All are of the range that is free to applications: a server may refuse to send others.
    """

    NOT_UNDERSTOOD = 4400
    SIGNED_OUT = 4403
    NO_SUCH_ROOM = 4404
    TOO_SLOW = 4408
    OPENED_ELSEWHERE = 4409
    CROWDED = 4410
    TOO_BIG = 4413
    TOO_FAST = 4429
    RESTART = 4503


def clock_of(session: LiveSession) -> dict[str, int]:
    """The commerce clock: the server's time (ms since 1970) at which it would have been nought, while it
    ticks; else where it stands. Either stays true however late it is read."""
    if session.clock_runs and session.went_live_at:
        return {"zero": int(session.went_live_at.timestamp() * 1000) + session.interrupted_ms}
    return {"ms": session.clock_ms()}


def rules_of(rules: SessionRules) -> dict[str, object]:
    """What everybody may know of a chat's rules."""
    return {
        "slow_s": rules.slow_s,
        "holds_first": rules.holds_first,
        "refuses_links": rules.refuses_links,
        "followers_only": rules.followers_only,
    }


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
