"""MediaMTX asks in JSON and tells through commands that it runs."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, quote

import orjson

from livestream.media.engines.calls import Ask, Began, Call, Gone, Place, Recorded, Unreadable, read_place

_OPEN_TO_ALL = frozenset({"hls"})
_KICKS = {"rtmpConn": "rtmpconns", "rtmpsConn": "rtmpsconns", "webRTCSession": "webrtcsessions"}


class MediaMtx:
    """`event` is `auth`, or the name of the command that told us."""

    def read(self, event: str, body: bytes) -> Call | None:
        if event == "auth":
            return _ask(body)
        fields = {name: values[0] for name, values in parse_qs(body.decode("utf-8", "replace")).items()}
        place = read_place(fields.get("path", ""))
        stream_id = f"{fields.get('type', '')}:{fields.get('id', '')}"[:100]
        match event:
            case "ready":
                return Began(place, stream_id)
            case "not-ready":
                return Gone(place, stream_id)
            case "recorded":
                return Recorded(place, fields.get("file", ""))
        raise Unreadable

    def hls_path(self, code: str) -> str:
        return f"live/{code}/index.m3u8"

    def kick_path(self, place: Place, stream_id: str) -> tuple[str, str]:
        kind, _, number = stream_id.partition(":")
        return "POST", f"v3/{_KICKS.get(kind, 'rtmpconns')}/kick/{quote(number, safe='')}"


def _ask(body: bytes) -> Ask | None:
    """Credentials may stand in four fields: a Bearer value with one colon arrives as user and password."""
    try:
        fields: dict[str, Any] = orjson.loads(body)
        action, protocol = fields["action"], fields.get("protocol") or ""
        asked = {name: str(fields.get(name) or "") for name in ("ip", "path", "password", "token", "query")}
    except (orjson.JSONDecodeError, KeyError, TypeError, AttributeError) as error:
        raise Unreadable from error
    in_query = parse_qs(asked["query"]).get("token", [""])[0]
    tokens = tuple(token for token in (asked["token"], in_query, asked["password"]) if token)
    if action in ("api", "metrics", "pprof", "playback"):
        return Ask("manage", Place("", ""), tokens, asked["ip"])
    place = read_place(asked["path"].strip("/"))
    if action == "publish":
        return Ask("publish", place, tokens, asked["ip"])
    if action == "read":
        return Ask("watch" if protocol in _OPEN_TO_ALL else "read", place, tokens, asked["ip"])
    raise Unreadable
