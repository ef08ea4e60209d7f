"""What many publishers cost one media process, and how soon a lost one is seen again.

The pictures are coded once and sent at the pace of a camera, so that what is measured is the server.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
from websockets.asyncio.client import ClientConnection, connect

from bench.glass.process import MediaProcess, media_process
from bench.report import Figures, figure
from livestream.media.archive import read_segments
from livestream.media.client import Publisher, describe_sound, describe_video
from livestream.media.fragments import read_fragments
from livestream.media.h264 import with_lengths
from livestream.media.wire import Config, Kind, Record, ViewerMessage, read_viewer_message

_WIDTH, _HEIGHT, _FPS, _BIT_RATE = 360, 640, 25, 800_000
_LOOP_S = 4
_AWAY_S = 5.0
_STREAMS = 10
_GLOBAL_HEADERS = 1 << 22


def figures(options: Mapping[str, Any]) -> Figures:
    """`streams10_dropped`, `cpu_per_stream`, `mb_per_stream` and `recovery_ms`."""
    material = _Material.made()
    seconds = 6 if options.get("quick") else 20
    with media_process() as process:
        load = asyncio.run(_ten_at_once(process, material, seconds))
    with media_process() as process:
        recovery_ms = asyncio.run(_recovery_ms(process, material))
    return {
        "streams10_dropped": figure(load.dropped, "pictures"),
        "cpu_per_stream": figure(load.cpu_percent / _STREAMS, "% of a core"),
        "mb_per_stream": figure(load.megabytes / _STREAMS, "MB"),
        "recovery_ms": figure(recovery_ms, "ms"),
    }


@dataclass(frozen=True)
class _Material:
    """A few seconds of pictures and sound that can be sent again and again."""

    config: Config
    records: list[Record]

    @classmethod
    def made(cls) -> _Material:
        encoder, sounds = _picture_encoder(), _sound_encoder()
        pictures = [
            Record(
                Kind.VIDEO,
                bool(packet.is_keyframe),
                packet.pts * 1_000_000 // _FPS,
                1_000_000 // _FPS,
                with_lengths(bytes(packet)),
            )
            for frame in [*_frames(), None]
            for packet in encoder.encode(frame)
        ]
        blocks = [
            Record(Kind.SOUND, True, max(0, packet.pts) * 1000 // 48, 20_000, bytes(packet))
            for frame in [*_tones(), None]
            for packet in sounds.encode(frame)
        ]
        both = sorted([*pictures, *blocks], key=lambda record: record.time_us)
        return cls(Config(describe_video(encoder), describe_sound(sounds)), both)

    def endless(self) -> Iterator[Record]:
        turn = 0
        while True:
            for record in self.records:
                yield record._replace(time_us=record.time_us + turn * _LOOP_S * 1_000_000)
            turn += 1


@dataclass(frozen=True)
class _Load:
    dropped: int
    cpu_percent: float
    megabytes: float


async def _ten_at_once(process: MediaProcess, material: _Material, seconds: float) -> _Load:
    empty_mb = _megabytes(process)
    shows = [f"bench-{number}" for number in range(_STREAMS)]
    sending = [asyncio.create_task(_send(process, show, material, seconds)) for show in shows]
    await asyncio.sleep(2)  # everybody is connected
    before, began_at = _cpu_seconds(process), time.monotonic()
    await asyncio.sleep(seconds - 3)
    spent = (_cpu_seconds(process) - before) / (time.monotonic() - began_at)
    full_mb = _megabytes(process)
    sent = await asyncio.gather(*sending)
    await asyncio.sleep(2)  # the last segments are written
    kept = [_pictures_kept(process.root / show) for show in shows]
    dropped = sum(max(0, ours - theirs) for ours, theirs in zip(sent, kept, strict=True))
    return _Load(dropped, spent * 100, full_mb - empty_mb)


async def _send(process: MediaProcess, show: str, material: _Material, seconds: float) -> int:
    """How many pictures were sent."""
    url = f"ws://{process.address}/media-live/publish/{show}"
    sent, end = 0, time.monotonic() + seconds
    async with Publisher(url, "bench", video=material.config.video, sound=material.config.sound) as live:
        began_at = time.monotonic()
        for record in material.endless():
            await asyncio.sleep(max(0.0, began_at + record.time_us / 1e6 - time.monotonic()))
            if time.monotonic() > end:
                return sent
            await live.send_record(record)
            sent += record.kind is Kind.VIDEO
    return sent


async def _recovery_ms(process: MediaProcess, material: _Material) -> float:
    """From the moment in which the publisher comes back to the first new picture at a viewer's."""
    await _send(process, "bench", material, 3)
    async with connect(f"ws://{process.address}/media-live/watch/bench", max_size=None) as viewer:
        await asyncio.sleep(_AWAY_S)
        await _hear_out(viewer)
        began_at = time.monotonic()
        sending = asyncio.create_task(_send(process, "bench", material, 6))
        await asyncio.wait_for(_next_pictures(viewer), 10)
        waited_ms = (time.monotonic() - began_at) * 1000
        await sending
    return waited_ms


async def _hear_out(viewer: ClientConnection) -> None:
    """Everything that was there before."""
    with contextlib.suppress(TimeoutError):
        while True:
            async with asyncio.timeout(0.3):
                await viewer.recv()


async def _next_pictures(viewer: ClientConnection) -> None:
    async for message in viewer:
        if isinstance(message, bytes) and read_viewer_message(message)[0] is ViewerMessage.KEY_FRAGMENT:
            return


def _pictures_kept(folder: Path) -> int:
    paths = (folder / segment.name for segment in read_segments(folder))
    return sum(len(read_fragments(path.read_bytes())[0]) for path in paths)


def _cpu_seconds(process: MediaProcess) -> float:
    fields = Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _megabytes(process: MediaProcess) -> float:
    pages = int(Path(f"/proc/{process.pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def _picture_encoder() -> Any:
    encoder: Any = av.CodecContext.create("libx264", "w")
    encoder.width, encoder.height, encoder.pix_fmt = _WIDTH, _HEIGHT, "yuv420p"
    encoder.framerate, encoder.time_base = Fraction(_FPS), Fraction(1, _FPS)
    encoder.gop_size, encoder.max_b_frames, encoder.bit_rate = _FPS, 0, _BIT_RATE
    encoder.flags |= _GLOBAL_HEADERS
    encoder.options = {"preset": "ultrafast", "tune": "zerolatency"}
    encoder.open()
    return encoder


def _sound_encoder() -> Any:
    encoder: Any = av.CodecContext.create("libopus", "w")
    encoder.sample_rate, encoder.layout, encoder.format = 48_000, "mono", "flt"
    encoder.time_base = Fraction(1, 48_000)
    encoder.open()
    return encoder


def _frames() -> Iterator[Any]:
    """Moving noise, so that the coder has to use its rate."""
    noise = np.random.default_rng(4).integers(0, 255, (_HEIGHT // 8, _WIDTH // 8, 3), np.uint8)
    picture = noise.repeat(8, axis=0).repeat(8, axis=1)
    for number in range(_LOOP_S * _FPS):
        frame: Any = av.VideoFrame.from_ndarray(np.roll(picture, number * 3, axis=1), format="rgb24")
        frame.pts, frame.time_base = number, Fraction(1, _FPS)
        yield frame


def _tones() -> Iterator[Any]:
    wave = (0.2 * np.sin(np.arange(960) * 0.06)).astype(np.float32)
    for number in range(_LOOP_S * 50):
        frame: Any = av.AudioFrame.from_ndarray(wave[None, :], format="flt", layout="mono")
        frame.sample_rate, frame.pts, frame.time_base = 48_000, number * 960, Fraction(1, 48_000)
        yield frame
