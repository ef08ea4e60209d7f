"""nginx-rtmp asks and tells in forms; its question before a stream is also the beginning of it."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qs, quote

from livestream.media.engines.calls import Ask, Call, Gone, Place, Recorded, read_place


class NginxRtmp:
    """The form says by itself what it is about; `event` is not needed."""

    def read(self, event: str, body: bytes) -> Call | None:
        fields = {name: values[0] for name, values in parse_qs(body.decode("utf-8", "replace")).items()}
        call = fields.get("call", "")
        if call not in _READERS:
            return None
        place = read_place(f"{fields.get('app', '')}/{fields.get('name', '')}")
        return _READERS[call](fields, place)

    def hls_path(self, code: str) -> str:
        return f"{code}.m3u8"

    def kick_path(self, place: Place, stream_id: str) -> tuple[str, str]:
        where = f"app={quote(place.application)}&name={quote(place.code)}"
        return "GET", f"control/drop/publisher?{where}"


def _publish(fields: dict[str, str], place: Place) -> Ask:
    return Ask("publish", place, _tokens(fields), fields.get("addr", ""), begins_as=_stream_id(fields))


def _play(fields: dict[str, str], place: Place) -> Ask:
    return Ask("read", place, _tokens(fields), fields.get("addr", ""))


def _publish_done(fields: dict[str, str], place: Place) -> Gone:
    return Gone(place, _stream_id(fields))


def _record_done(fields: dict[str, str], place: Place) -> Recorded:
    return Recorded(place, fields.get("path", ""))


_READERS: dict[str, Callable[[dict[str, str], Place], Call]] = {
    "publish": _publish,
    "play": _play,
    "publish_done": _publish_done,
    "record_done": _record_done,
}


def _tokens(fields: dict[str, str]) -> tuple[str, ...]:
    return (fields["token"],) if fields.get("token") else ()


def _stream_id(fields: dict[str, str]) -> str:
    """Numbers begin anew when nginx does, so the address stands beside them."""
    return f"{fields.get('addr', '')}:{fields.get('clientid', '')}"[:100]
