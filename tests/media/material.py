"""Coded pictures and sound, made once: what a publisher would send."""

from __future__ import annotations

import io
from collections.abc import Iterator
from fractions import Fraction
from functools import cache

import av
import numpy as np

from livestream.media.client import describe_sound, describe_video
from livestream.media.h264 import with_lengths
from livestream.media.packager import Fragment, Init, Packager
from livestream.media.wire import Config, Kind, Record, pack_record

WIDTH, HEIGHT, FPS = 180, 320, 25
FRAME_US = 1_000_000 // FPS
_GLOBAL_HEADERS = 1 << 22


@cache
def pictures(seconds: int = 3) -> tuple[Record, ...]:
    """Moving pictures with a key picture each second, from time 0 on."""
    encoder = video_encoder()
    frames = [_frame(number) for number in range(seconds * FPS)]
    packets = [packet for frame in [*frames, None] for packet in encoder.encode(frame)]
    return tuple(
        Record(Kind.VIDEO, packet.is_keyframe, packet.pts * FRAME_US, FRAME_US, with_lengths(bytes(packet)))
        for packet in packets
    )


@cache
def sounds(seconds: int = 3) -> tuple[Record, ...]:
    """A click at each whole second in otherwise quiet Opus, from time 0 on."""
    encoder = sound_encoder()
    packets = [packet for frame in [*_clicks(seconds), None] for packet in encoder.encode(frame)]
    return tuple(
        Record(Kind.SOUND, True, max(0, packet.pts) * 1000 // 48, 20_000, bytes(packet)) for packet in packets
    )


@cache
def config() -> Config:
    return Config(describe_video(video_encoder()), describe_sound(sound_encoder()))


def records(seconds: int = 3, *, later_us: int = 0) -> list[Record]:
    """Pictures and sound in the order in which a browser would send them."""
    both = sorted([*sounds(seconds), *pictures(seconds)], key=lambda record: record.time_us)
    return [record._replace(time_us=record.time_us + later_us) for record in both]


def messages(seconds: int = 3, *, later_us: int = 0) -> Iterator[bytes]:
    """Each picture with the sound before it."""
    message = b""
    for record in records(seconds, later_us=later_us):
        message += pack_record(record)
        if record.kind is Kind.VIDEO:
            yield message
            message = b""


def packaged(packager: Packager, fed: list[Record]) -> list[Init | Fragment]:
    outcomes = list(packager.configure(config()))
    for record in fed:
        outcomes += packager.feed(record)
    return [*outcomes, *packager.flush()]


def fragments(outcomes: list[Init | Fragment]) -> list[Fragment]:
    return [outcome for outcome in outcomes if isinstance(outcome, Fragment)]


def as_file(outcomes: list[Init | Fragment]) -> io.BytesIO:
    return io.BytesIO(b"".join(outcome.payload for outcome in outcomes))


def webm(seconds: int = 2, *, codec: str = "libx264") -> bytes:
    """What a browser's recorder would give."""
    target = io.BytesIO()
    with av.open(target, "w", format="webm" if codec == "libvpx" else "matroska") as container:
        stream = container.add_stream(codec, rate=FPS)
        stream.width, stream.height, stream.pix_fmt = WIDTH, HEIGHT, "yuv420p"
        if codec == "libx264":
            stream.options = {"preset": "ultrafast", "tune": "zerolatency", "g": "25"}
        for frame in [*(_frame(number) for number in range(seconds * FPS)), None]:
            container.mux(stream.encode(frame))
    return target.getvalue()


def video_encoder() -> av.VideoCodecContext:
    encoder = av.CodecContext.create("libx264", "w")
    encoder.width, encoder.height, encoder.pix_fmt = WIDTH, HEIGHT, "yuv420p"
    encoder.framerate, encoder.time_base = Fraction(FPS), Fraction(1, FPS)
    encoder.gop_size, encoder.max_b_frames, encoder.bit_rate = FPS, 0, 300_000
    encoder.flags |= _GLOBAL_HEADERS
    encoder.options = {"preset": "ultrafast", "tune": "zerolatency", "sc_threshold": "0"}
    encoder.open()
    return encoder


def sound_encoder() -> av.AudioCodecContext:
    encoder = av.CodecContext.create("libopus", "w")
    encoder.sample_rate, encoder.layout, encoder.format = 48_000, "mono", "flt"
    encoder.time_base = Fraction(1, 48_000)
    encoder.open()
    return encoder


def _frame(number: int) -> av.VideoFrame:
    """Black, and white in the first picture of each second."""
    shade = 235 if number % FPS == 0 else 16 + number % FPS
    frame = av.VideoFrame.from_ndarray(np.full((HEIGHT, WIDTH, 3), shade, np.uint8), format="rgb24")
    frame.pts, frame.time_base = number, Fraction(1, FPS)
    return frame


def _clicks(seconds: int) -> Iterator[av.AudioFrame]:
    signal = np.zeros(seconds * 48_000, np.float32)
    for second in range(seconds):
        signal[second * 48_000 : second * 48_000 + 960] = 0.8 * np.sin(np.arange(960) * 0.3)
    for first in range(0, len(signal), 960):
        frame = av.AudioFrame.from_ndarray(signal[None, first : first + 960], format="flt", layout="mono")
        frame.sample_rate, frame.pts, frame.time_base = 48_000, first, Fraction(1, 48_000)
        yield frame
