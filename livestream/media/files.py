"""Playlists, segments and posters over HTTP."""

import asyncio
import re
from pathlib import Path
from typing import NamedTuple

from livestream.media.archive import read_segments
from livestream.media.clips import NothingRecorded, still
from livestream.media.hooks import Phase
from livestream.media.playlists import live_playlist, replay_playlist
from livestream.media.poster import NAME as POSTER_NAME
from livestream.media.socket import Send
from livestream.media.station import Station

_SEGMENT_NAME = re.compile(r"\d{1,6}/(init\d{1,6}\.mp4|s\d{1,9}\.m4s)")
_STILLS = asyncio.Semaphore(2)  # decoding is the only thing here that costs
_FOR_EVER = "public, max-age=31536000, immutable"
_NOW_ONLY = "no-cache"
PRIVATE = "private, no-store"  # of a rehearsal: nobody between us and the crew keeps it
_PLAYLIST_TYPE = "application/vnd.apple.mpegurl"


class Answer(NamedTuple):
    """An HTTP answer in one piece."""

    status: int
    content_type: str
    cache: str
    payload: bytes


NOT_FOUND = Answer(404, "text/plain", "no-store", b"not found\n")


async def hls_file(station: Station, code: str, name: str) -> Answer:
    if name == "live.m3u8":
        return _live(station, code)
    if name == "replay.m3u8":
        return await _replay(station, code)
    if not _SEGMENT_NAME.fullmatch(name):
        return NOT_FOUND
    broadcast = station.at_hand(code)
    payload = broadcast.shelf.find(name) if broadcast else None
    content_type = "video/mp4" if name.endswith(".mp4") else "video/iso.segment"
    if payload is not None:
        return Answer(200, content_type, _FOR_EVER, payload)
    if not await station.may_replay(code):
        return NOT_FOUND
    return await _from_disk(station.root / code / name, content_type, _FOR_EVER)


async def chapter_still(station: Station, code: str, at_ms: int) -> Answer:
    """The picture with which a stretch begins; it never changes, so nobody asks twice."""
    if not await station.may_replay(code):
        return NOT_FOUND
    try:
        async with _STILLS:
            payload = await asyncio.to_thread(still, station.root / code, at_ms=at_ms)
    except NothingRecorded:
        return NOT_FOUND
    return Answer(200, "image/jpeg", "public, max-age=86400", payload)


async def poster(station: Station, code: str) -> Answer:
    path = station.root / code / POSTER_NAME
    return await _from_disk(path, "image/jpeg", "public, max-age=5")


async def send_answer(send: Send, answer: Answer, *, with_body: bool) -> None:
    headers = [
        (b"content-type", answer.content_type.encode()),
        (b"content-length", str(len(answer.payload)).encode()),
        (b"cache-control", answer.cache.encode()),
        (b"x-content-type-options", b"nosniff"),
        (b"cross-origin-resource-policy", b"same-origin"),
    ]
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    body = answer.payload if with_body else b""
    await send({"type": "http.response.body", "body": body})


def _live(station: Station, code: str) -> Answer:
    broadcast = station.at_hand(code)
    if broadcast is None or not broadcast.shelf.segments:
        return NOT_FOUND
    is_over = broadcast.phase is Phase.ENDED
    text = live_playlist(broadcast.shelf.segments, is_over=is_over)
    return Answer(200, _PLAYLIST_TYPE, _NOW_ONLY, text.encode())


async def _replay(station: Station, code: str) -> Answer:
    if not await station.may_replay(code):
        return NOT_FOUND
    segments = await asyncio.to_thread(read_segments, station.root / code)
    if not segments:
        return NOT_FOUND
    return Answer(200, _PLAYLIST_TYPE, _NOW_ONLY, replay_playlist(segments).encode())


async def _from_disk(path: Path, content_type: str, cache: str) -> Answer:
    try:
        payload = await asyncio.to_thread(path.read_bytes)
    except OSError:
        return NOT_FOUND
    return Answer(200, content_type, cache, payload)
