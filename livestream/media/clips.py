"""Pieces of a recording as files, and stills from it. Nothing is coded again."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import Any

import av
from PIL import Image

from livestream.media.archive import Segment, read_segments
from livestream.media.fragments import read_init
from livestream.media.h264 import parameter_sets

_OPTIONS = {"protocol_whitelist": ""}
_HOLE_MS = 100
_QUALITY = 78
_STILL_SIDE = 480
_STILLS_KEPT = 256  # some 30 KB each


class NothingRecorded(Exception):
    """Of this stretch nothing is left."""


def cut(folder: Path, *, from_ms: int, to_ms: int, target: Path) -> None:
    """Write this stretch of a show as an MP4 that plays while it loads.

    It begins with the key picture before `from_ms`, at most a second early. Where the seller came back
    with another coding, the coding's description is repeated inside the pictures.
    """
    segments = [row for row in read_segments(folder) if row.end_ms > from_ms and row.start_ms < to_ms]
    if not segments:
        raise NothingRecorded
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        with av.open(str(target), "w", format="mp4", options={"movflags": "faststart"}) as out:
            _Cutter(folder, out).write(_stretches(segments))
    except (av.error.FFmpegError, OSError) as error:
        target.unlink(missing_ok=True)
        raise NothingRecorded from error


def still(folder: Path, *, at_ms: int) -> bytes:
    """The picture that a stretch begins with, as a JPEG."""
    segments = [row for row in read_segments(folder) if row.end_ms > at_ms]
    if not segments:
        raise NothingRecorded
    return _first_picture(folder / segments[0].init_name, folder / segments[0].name)


@lru_cache(maxsize=_STILLS_KEPT)
def _first_picture(init: Path, segment: Path) -> bytes:
    """Segments never change, and every visitor of a replay asks for the same few."""
    try:
        with av.open(_Files([init, segment]), "r", format="mp4", options=_OPTIONS) as shown:
            frame = next(shown.decode(video=0))
    except (av.error.FFmpegError, OSError, StopIteration) as error:
        raise NothingRecorded from error
    picture = Image.fromarray(frame.to_ndarray(format="rgb24"))
    picture.thumbnail((_STILL_SIDE, _STILL_SIDE))
    coded = io.BytesIO()
    picture.save(coded, "JPEG", quality=_QUALITY, progressive=True)
    return coded.getvalue()


@dataclass(frozen=True)
class _Stretch:
    """Segments in a row under one init segment."""

    segments: list[Segment]

    @property
    def init_name(self) -> str:
        return self.segments[0].init_name

    def is_followed_by(self, segment: Segment) -> bool:
        last = self.segments[-1]
        return segment.init_name == self.init_name and segment.start_ms - last.end_ms < _HOLE_MS


def _stretches(segments: Sequence[Segment]) -> list[_Stretch]:
    found: list[_Stretch] = []
    for segment in segments:
        if found and found[-1].is_followed_by(segment):
            found[-1].segments.append(segment)
        else:
            found.append(_Stretch([segment]))
    return found


class _Cutter:
    """Copies packets; each stretch follows where the one before it ended."""

    def __init__(self, folder: Path, out: av.container.OutputContainer) -> None:
        self._folder = folder
        self._out = out
        self._streams: dict[int, Any] = {}
        self._end = Fraction(0)  # seconds of the clip

    def write(self, stretches: list[_Stretch]) -> None:
        codings = {stretch.init_name: self._coding(stretch) for stretch in stretches}
        is_mixed = len(set(codings.values())) > 1
        for stretch in stretches:
            repeated = parameter_sets(codings[stretch.init_name]) if is_mixed else b""
            self._copy(stretch, repeated)

    def _coding(self, stretch: _Stretch) -> bytes:
        return read_init((self._folder / stretch.init_name).read_bytes()).avcc

    def _copy(self, stretch: _Stretch, repeated: bytes) -> None:
        names = [stretch.init_name, *(segment.name for segment in stretch.segments)]
        files = _Files([self._folder / name for name in names])
        begin = Fraction(stretch.segments[0].start_ms, 1000)
        shift, end = self._end - begin, self._end
        with av.open(files, "r", format="mp4", options=_OPTIONS) as shown:
            for stream in shown.streams:
                if stream.index not in self._streams:
                    self._streams[stream.index] = self._out.add_stream_from_template(stream)
            for packet in shown.demux():
                if packet.dts is not None:
                    copied = self._repack(packet, shift, repeated)
                    end = max(end, (copied.dts + (packet.duration or 0)) * packet.time_base)
                    self._out.mux(copied)
        self._end = end

    def _repack(self, packet: Any, shift: Fraction, repeated: bytes) -> Any:
        is_key_picture = packet.stream.type == "video" and packet.is_keyframe
        payload = bytes(packet)
        copied = av.Packet(repeated + payload) if repeated and is_key_picture else packet
        ticks = round(shift / packet.time_base)
        index, time_base, duration = packet.stream.index, packet.time_base, packet.duration
        dts, pts, is_key = packet.dts, packet.pts, packet.is_keyframe
        copied.stream = self._streams[index]
        copied.time_base, copied.duration = time_base, duration
        copied.dts, copied.pts = dts + ticks, (dts if pts is None else pts) + ticks
        copied.is_keyframe = is_key
        return copied


class _Files:
    """Several files read as one, without holding them."""

    def __init__(self, paths: Sequence[Path]) -> None:
        self._rest: Iterator[Path] = iter(paths)
        self._open: Any = None

    def read(self, size: int) -> bytes:
        while True:
            if self._open is None:
                path = next(self._rest, None)
                if path is None:
                    return b""
                self._open = path.open("rb")
            if piece := self._open.read(size):
                return bytes(piece)
            self._open.close()
            self._open = None
