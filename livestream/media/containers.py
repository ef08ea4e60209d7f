"""Reads a WebM or MP4 that arrives piece by piece, for browsers that cannot give single frames."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Literal

import av
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.packet import Packet
from av.stream import Stream
from av.video.stream import VideoStream

from livestream.media import h264
from livestream.media.bad_input import BadInput
from livestream.media.wire import Config, Kind, Record, SoundConfig, VideoConfig, check_sound, check_video

_FORMATS: dict[str, str] = {"webm": "matroska", "mp4": "mp4"}
# Forced format and no protocols: what was received must not make us open anything else.
_OPTIONS = {
    "protocol_whitelist": "",
    "analyzeduration": "200000",
    "probesize": "65536",
}
_SOUND_CODECS = {"opus": "opus", "aac": "mp4a.40.2"}


class Pieces:
    """A file of unknown length whose bytes come from `next_piece`; no bytes means the end."""

    def __init__(self, next_piece: Callable[[], bytes]) -> None:
        self._next_piece = next_piece
        self._rest = b""
        self._is_over = False

    def read(self, size: int) -> bytes:
        if not self._rest and not self._is_over:
            self._rest = self._next_piece()
            self._is_over = not self._rest
        piece, self._rest = self._rest[:size], self._rest[size:]
        return piece


def read_container(pieces: Pieces, form: Literal["webm", "mp4"]) -> Iterator[Config | Record]:
    """The config, then every record; BadInput when it is not what it should be."""
    try:
        with av.open(pieces, "r", format=_FORMATS[form], options=_OPTIONS) as container:
            yield from _records(container)
    except av.error.FFmpegError as error:
        raise BadInput(f"an unreadable {form}") from error


def _records(container: InputContainer) -> Iterator[Config | Record]:
    video = next(iter(container.streams.video), None)
    sound = next(iter(container.streams.audio), None)
    if video is None or video.codec_context.name != "h264":
        raise BadInput("the browser did not send H.264")
    is_described = False
    for packet in container.demux([stream for stream in (video, sound) if stream is not None]):
        if packet.pts is None or not packet.size:
            continue
        if packet.stream is video and not is_described:
            yield Config(_video_config(video, bytes(packet)), _sound_config(sound))
            is_described = True
        if is_described:
            yield _record(packet)


def _video_config(stream: VideoStream, first: bytes) -> VideoConfig:
    extradata = bytes(stream.codec_context.extradata or b"")
    if not extradata.startswith(b"\x01"):
        extradata = h264.describe(extradata or first)
    return check_video(VideoConfig(stream.codec_context.width, stream.codec_context.height, extradata))


def _sound_config(stream: AudioStream | None) -> SoundConfig | None:
    if stream is None:
        return None
    context = stream.codec_context
    if context.name not in _SOUND_CODECS:
        raise BadInput("an unknown sound codec")
    description = bytes(context.extradata or b"")
    codec = _SOUND_CODECS[context.name]
    return check_sound(SoundConfig(codec, context.sample_rate, context.channels, description))


def _record(packet: Packet[Stream]) -> Record:
    assert packet.pts is not None
    payload = bytes(packet)
    is_video = packet.stream.type == "video"
    if is_video and h264.is_start_coded(payload):
        payload = h264.with_lengths(payload)
    return Record(
        Kind.VIDEO if is_video else Kind.SOUND,
        packet.is_keyframe,
        _in_us(packet.pts, packet.time_base),
        _in_us(packet.duration or 0, packet.time_base),
        payload,
    )


def _in_us(units: int, time_base: Fraction | None) -> int:
    assert time_base is not None
    return int(units * time_base * 1_000_000)
