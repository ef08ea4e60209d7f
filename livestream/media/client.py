"""A publisher in Python: sends encoded pictures and sound through the same socket as a browser.

    async with Publisher(url, new_token, video=describe_video(pictures), sound=describe_sound(sound)) as live:
        for packet in pictures.encode(frame):
            await live.send_video(packet)

Leaving the block only interrupts the show; `bye()` ends it. A lost connection is made again in the
background; what is sent meanwhile is dropped, and so are pictures up to the next key picture.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable
from types import TracebackType
from typing import Any, Self

import structlog
from av.audio.codeccontext import AudioCodecContext
from av.video.codeccontext import VideoCodecContext
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, WebSocketException

from livestream.media import h264
from livestream.media.wire import (
    Close,
    Config,
    Kind,
    Record,
    SoundConfig,
    VideoConfig,
    config_text,
    pack_record,
    read_text,
    text_frame,
)

log = structlog.get_logger(__name__)

TokenSource = Callable[[], Awaitable[str]]
Packet = Any  # av.Packet, which is generic over streams only in newer releases

_FINAL = frozenset({Close.UNKNOWN_SESSION, Close.TAKEN_OVER, Close.ENDED, Close.BAD_INPUT})
_PAUSES_S = (0.5, 1.0, 1.5)
_MOST_PENDING_SOUND = 12


class Refused(Exception):
    """The other side does not want this publisher; trying again makes no sense."""

    def __init__(self, code: int) -> None:
        super().__init__(Close(code).name.lower() if code in set(Close) else str(code))
        self.code = code


def describe_video(encoder: VideoCodecContext) -> VideoConfig:
    """For an opened H.264 encoder with global headers and no B-frames."""
    headers = bytes(encoder.extradata or b"")
    avcc = h264.describe(headers) if h264.is_start_coded(headers) else headers
    return VideoConfig(encoder.width, encoder.height, avcc)


def describe_sound(encoder: AudioCodecContext) -> SoundConfig:
    """For an opened Opus or AAC encoder; AAC needs global headers."""
    channels = len(encoder.layout.channels)
    if "opus" in encoder.name:
        return SoundConfig("opus", encoder.sample_rate, channels)
    return SoundConfig("mp4a.40.2", encoder.sample_rate, channels, bytes(encoder.extradata or b""))


class Publisher:
    """One show's publisher, connected again and again until it leaves."""

    def __init__(
        self, url: str, token: str | TokenSource, *, video: VideoConfig, sound: SoundConfig | None = None
    ) -> None:
        self._url = url
        self._token = token
        self._config = Config(video, sound)
        self._socket: ClientConnection | None = None
        self._keeper: asyncio.Task[None] | None = None
        self._refusal: Refused | None = None
        self._ready = asyncio.Event()
        self._waits_for_key = True
        self._pending_sound: list[bytes] = []
        self.acknowledged = 0

    async def __aenter__(self) -> Self:
        self._keeper = asyncio.create_task(self._keep_connected())
        await self.wait_until_ready()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._keeper is not None
        self._keeper.cancel()
        await asyncio.gather(self._keeper, return_exceptions=True)
        if self._socket is not None:
            await self._socket.close()

    @property
    def is_ready(self) -> bool:
        return self._socket is not None

    async def wait_until_ready(self) -> None:
        """Until somebody listens; Refused when nobody will."""
        await self._ready.wait()
        self._raise_refusal()

    async def send_video(self, packet: Packet) -> None:
        """An encoded picture, with start codes or lengths; its time is `pts * time_base`."""
        payload = bytes(packet)
        if h264.is_start_coded(payload):
            payload = h264.with_lengths(payload)
        await self.send_record(_record(Kind.VIDEO, packet, payload))

    async def send_sound(self, packet: Packet) -> None:
        """An encoded block of sound, on the same clock as the pictures."""
        await self.send_record(_record(Kind.SOUND, packet, bytes(packet)))

    async def send_record(self, record: Record) -> None:
        """Sound waits for the next picture, so that there are few messages."""
        self._raise_refusal()
        if self._socket is None or (self._waits_for_key and not _is_key_picture(record)):
            return
        self._waits_for_key = False
        self._pending_sound.append(pack_record(record))
        if record.kind is Kind.VIDEO or len(self._pending_sound) >= _MOST_PENDING_SOUND:
            message = b"".join(self._pending_sound)
            self._pending_sound = []
            await self._send(message)

    async def bye(self) -> None:
        """The show is over; the session ends at once."""
        await self._send(text_frame("bye"))
        if self._socket is not None:
            await self._socket.wait_closed()

    async def _send(self, message: str | bytes) -> None:
        try:
            if self._socket is not None:
                await self._socket.send(message)
        except WebSocketException:
            self._socket = None

    async def _keep_connected(self) -> None:
        tries = 0
        while self._refusal is None:
            try:
                if await self._connection():
                    tries = 0
            except (OSError, WebSocketException) as loss:
                log.info("live_client_lost", why=str(loss))
            pause_s = _PAUSES_S[min(tries, len(_PAUSES_S) - 1)]
            tries += 1
            if self._refusal is None:
                await asyncio.sleep(pause_s * random.uniform(0.7, 1.3))  # noqa: S311

    async def _connection(self) -> bool:
        """One connection from its hello to its end; whether it got as far as ready."""
        token = self._token if isinstance(self._token, str) else await self._token()
        async with connect(self._url, compression=None, proxy=None, max_size=2**20) as socket:
            try:
                await socket.send(text_frame("hello", token=token, form="frames"))
                while True:
                    await self._hear(socket, read_text(str(await socket.recv())))
            except ConnectionClosed:
                was_ready = self._socket is not None
                self._note_refusal(socket.close_code)
            finally:
                self._socket = None
        return was_ready

    async def _hear(self, socket: ClientConnection, told: dict[str, Any]) -> None:
        if told["type"] == "ready":
            await socket.send(config_text(self._config))
            self._waits_for_key, self._pending_sound = True, []
            self._socket = socket
            self._ready.set()
        elif told["type"] == "ack":
            self.acknowledged = told["n"]
        elif told["type"] == "notice":
            log.warning("live_client_notice", notice=told["notice"])

    def _note_refusal(self, code: int | None) -> None:
        is_final = code in _FINAL or (code == Close.TOKEN_REFUSED and isinstance(self._token, str))
        if code is not None and is_final:
            self._refusal = Refused(code)
            self._ready.set()

    def _raise_refusal(self) -> None:
        if self._refusal is not None:
            raise self._refusal


def _record(kind: Kind, packet: Packet, payload: bytes) -> Record:
    time_us = int(packet.pts * packet.time_base * 1_000_000)
    duration_us = int((packet.duration or 0) * packet.time_base * 1_000_000)
    return Record(kind, bool(packet.is_keyframe), time_us, duration_us, payload)


def _is_key_picture(record: Record) -> bool:
    return record.kind is Kind.VIDEO and record.is_key
