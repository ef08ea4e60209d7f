"""The show for those who count their bytes: its sound in few bits, and a still picture now and then.

Made only while somebody listens, from what every viewer gets, on a thread beside the event loop.
"""

from __future__ import annotations

import asyncio
import io
import time
from dataclasses import dataclass

import av
import structlog

from livestream.media.audience import Audience, Viewer
from livestream.media.fragments import Head, read_fragments, read_init
from livestream.media.lean_sound import MIME, LeanSound
from livestream.media.poster import picture_of
from livestream.media.wire import ViewerMessage, read_viewer_message, text_frame, viewer_fragment

log = structlog.get_logger(__name__)

STILL_EVERY_S = 5.0
_STILL_SIZE = (270, 480)
_STILL_QUALITY = 50
_ROOM = 60  # messages: half a minute of sound


@dataclass
class _Cut:
    """How this stretch of the show is coded, and its sound so far."""

    head: Head
    sound: LeanSound


class LeanAudience:
    """Everyone who listens to one show; works only while there is somebody."""

    def __init__(self, audience: Audience) -> None:
        self._audience = audience
        self._listeners: set[Viewer] = set()
        self._init = b""
        self._still = b""
        self._worker: asyncio.Task[None] | None = None

    def __len__(self) -> int:
        return len(self._listeners)

    def join(self, state_text: str) -> Viewer:
        listener = Viewer()
        listener.tell(state_text)
        self._greet(listener)
        self._listeners.add(listener)
        if self._worker is None or self._worker.done():
            self._worker = asyncio.create_task(self._work())
        return listener

    def leave(self, listener: Viewer) -> None:
        self._listeners.discard(listener)
        if not self._listeners and self._worker is not None:
            self._worker.cancel()
            self._worker, self._init, self._still = None, b"", b""

    async def _work(self) -> None:
        tap = self._audience.tap()
        try:
            await self._follow(tap)
        except asyncio.CancelledError:
            return  # nobody listens any more
        except Exception:
            log.exception("live_lean_failed")
        finally:
            self._audience.leave(tap)
        for listener in self._listeners:
            listener.dismiss()

    async def _follow(self, tap: Viewer) -> None:
        cut: _Cut | None = None
        still_at = 0.0
        while (message := await tap.next_message()) is not None:
            if isinstance(message, str):
                self._pass_on(message)
                continue
            kind, payload = read_viewer_message(message)
            if kind is ViewerMessage.INIT:
                cut = await asyncio.to_thread(_begin, payload)
                self._begin(cut)
            elif cut is not None:
                wants_still = (
                    kind is ViewerMessage.KEY_FRAGMENT and time.monotonic() - still_at >= STILL_EVERY_S
                )
                fragments, still = await asyncio.to_thread(_make, cut, payload, wants_still)
                still_at = time.monotonic() if still else still_at
                self._offer(fragments, still)

    def _pass_on(self, text: str) -> None:
        """The state, but not how pictures are coded."""
        if text and '"init"' not in text:
            for listener in self._listeners:
                listener.tell(text)

    def _begin(self, cut: _Cut) -> None:
        self._init = bytes([ViewerMessage.INIT]) + cut.sound.init
        for listener in self._listeners:
            self._greet(listener)

    def _greet(self, listener: Viewer) -> None:
        if self._init:
            listener.tell(text_frame("init", mime=MIME))
            listener.give(self._init)
        if self._still:
            listener.give(self._still)

    def _offer(self, fragments: list[bytes], still: bytes) -> None:
        now = time.monotonic()
        messages = [viewer_fragment(fragment, is_key=True, now=now) for fragment in fragments]
        if still:
            self._still = bytes([ViewerMessage.STILL]) + still
            messages.append(self._still)
        for listener in self._listeners:
            for message in messages:
                listener.offer(message, is_key=True, room=_ROOM)


def _begin(payload: bytes) -> _Cut:
    head = read_init(payload)
    return _Cut(head, LeanSound(head.sound_config))


def _make(cut: _Cut, payload: bytes, wants_still: bool) -> tuple[list[bytes], bytes]:
    """Sound or a picture that cannot be read is left out; the rest goes on."""
    pictures, sounds = read_fragments(payload)
    fragments: list[bytes] = []
    try:
        fragments = cut.sound.feed(sounds)
    except av.error.FFmpegError:
        log.warning("live_lean_sound_lost")
        cut.sound = LeanSound(cut.head.sound_config)
    key_picture = next((picture.payload for picture in pictures if picture.is_key), b"")
    return fragments, _still(cut.head.avcc, key_picture) if wants_still and key_picture else b""


def _still(avcc: bytes, key_picture: bytes) -> bytes:
    try:
        picture = picture_of(avcc, key_picture)
    except (av.error.FFmpegError, StopIteration):
        return b""
    picture.thumbnail(_STILL_SIZE)
    target = io.BytesIO()
    picture.save(target, "JPEG", quality=_STILL_QUALITY, optimize=True)
    return target.getvalue()
