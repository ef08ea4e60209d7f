"""Fragmented MP4: the init segment and the fragments that browsers and HLS players read.

Written by hand because a live muxer must know exactly which decode time each fragment carries,
and must never hold a frame back.
"""

import struct
from collections.abc import Sequence
from typing import NamedTuple

VIDEO_TRACK = 1
SOUND_TRACK = 2
VIDEO_SCALE = 90_000
SOUND_SCALE = 48_000

_UNITY_MATRIX = struct.pack(">9I", 0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000)
_KEY_SAMPLE = 0x0200_0000
_DELTA_SAMPLE = 0x0101_0000
_TRUN_FLAGS = 0x1 | 0x100 | 0x200 | 0x400  # data offset; duration, size and flags of each sample
_TRUN_OFFSETS = 0x800


class Sample(NamedTuple):
    """One coded picture or one coded block of sound, on its track's own time scale."""

    time: int
    duration: int
    payload: bytes
    is_key: bool
    offset: int = 0  # from decoding to showing, where pictures are coded out of order


def init_segment(*, width: int, height: int, avcc: bytes, sound_config: bytes) -> bytes:
    """The head of a stream with one H.264 picture track and one mono AAC sound track."""
    video = _track(
        VIDEO_TRACK,
        VIDEO_SCALE,
        handler=b"vide",
        media_header=_full(b"vmhd", 0, 1, bytes(8)),
        entry=_avc1(width, height, avcc),
        size=(width, height),
    )
    sound = _track(
        SOUND_TRACK,
        SOUND_SCALE,
        handler=b"soun",
        media_header=_full(b"smhd", 0, 0, bytes(4)),
        entry=_mp4a(sound_config),
        size=(0, 0),
    )
    return _head(video + sound, _trex(VIDEO_TRACK) + _trex(SOUND_TRACK))


def sound_init_segment(*, sound_config: bytes, rate: int) -> bytes:
    """The head of a stream with one mono AAC sound track, whatever its rate; time counts as ever."""
    sound = _track(
        SOUND_TRACK,
        SOUND_SCALE,
        handler=b"soun",
        media_header=_full(b"smhd", 0, 0, bytes(4)),
        entry=_mp4a(sound_config, rate),
        size=(0, 0),
    )
    return _head(sound, _trex(SOUND_TRACK))


def fragment(*, number: int, video: Sequence[Sample], sound: Sequence[Sample]) -> bytes:
    """One moof and mdat; a track without samples is left out."""
    tracks = [(VIDEO_TRACK, video), (SOUND_TRACK, sound)]
    present = [(track, samples) for track, samples in tracks if samples]
    size = len(_movie_fragment(number, present, 0))
    payload = b"".join(sample.payload for _, samples in present for sample in samples)
    return _movie_fragment(number, present, size + 8) + _box(b"mdat", payload)


def _head(tracks: bytes, extends: bytes) -> bytes:
    moov = _box(b"moov", _movie_header() + tracks + _box(b"mvex", extends))
    return _box(b"ftyp", b"iso6" + struct.pack(">I", 0) + b"iso6cmfcmp41") + moov


def _movie_fragment(number: int, tracks: Sequence[tuple[int, Sequence[Sample]]], first_offset: int) -> bytes:
    parts = [_full(b"mfhd", 0, 0, struct.pack(">I", number))]
    offset = first_offset
    for track, samples in tracks:
        parts.append(_track_fragment(track, samples, offset))
        offset += sum(len(sample.payload) for sample in samples)
    return _box(b"moof", b"".join(parts))


def _track_fragment(track: int, samples: Sequence[Sample], offset: int) -> bytes:
    is_reordered = any(sample.offset for sample in samples)
    rows = b"".join(_sample_row(sample, is_reordered) for sample in samples)
    flags = _TRUN_FLAGS | (_TRUN_OFFSETS if is_reordered else 0)
    return _box(
        b"traf",
        _full(b"tfhd", 0, 0x20000, struct.pack(">I", track))
        + _full(b"tfdt", 1, 0, struct.pack(">Q", samples[0].time))
        + _full(b"trun", 1, flags, struct.pack(">II", len(samples), offset) + rows),
    )


def _sample_row(sample: Sample, is_reordered: bool) -> bytes:
    flags = _KEY_SAMPLE if sample.is_key else _DELTA_SAMPLE
    row = struct.pack(">III", sample.duration, len(sample.payload), flags)
    return row + struct.pack(">i", sample.offset) if is_reordered else row


def _box(kind: bytes, payload: bytes) -> bytes:
    return struct.pack(">I", len(payload) + 8) + kind + payload


def _full(kind: bytes, version: int, flags: int, payload: bytes) -> bytes:
    return _box(kind, struct.pack(">I", version << 24 | flags) + payload)


def _movie_header() -> bytes:
    body = struct.pack(">IIIIIHHII", 0, 0, 1000, 0, 0x10000, 0x0100, 0, 0, 0)
    return _full(b"mvhd", 0, 0, body + _UNITY_MATRIX + bytes(24) + struct.pack(">I", 3))


def _track(
    track: int,
    scale: int,
    *,
    handler: bytes,
    media_header: bytes,
    entry: bytes,
    size: tuple[int, int],
) -> bytes:
    volume = 0x0100 if handler == b"soun" else 0
    header = struct.pack(">IIIIIIIHHHH", 0, 0, track, 0, 0, 0, 0, 0, 0, volume, 0)
    header += _UNITY_MATRIX + struct.pack(">II", size[0] << 16, size[1] << 16)
    media = _box(
        b"mdia",
        _full(b"mdhd", 0, 0, struct.pack(">IIIIHH", 0, 0, scale, 0, 0x55C4, 0))
        + _full(b"hdlr", 0, 0, bytes(4) + handler + bytes(12) + b"\0")
        + _box(b"minf", media_header + _data_information() + _sample_table(entry)),
    )
    return _box(b"trak", _full(b"tkhd", 0, 7, header) + media)


def _data_information() -> bytes:
    return _box(b"dinf", _full(b"dref", 0, 0, struct.pack(">I", 1) + _full(b"url ", 0, 1, b"")))


def _sample_table(entry: bytes) -> bytes:
    """Empty but for the description: the samples live in the fragments."""
    return _box(
        b"stbl",
        _full(b"stsd", 0, 0, struct.pack(">I", 1) + entry)
        + _full(b"stts", 0, 0, bytes(4))
        + _full(b"stsc", 0, 0, bytes(4))
        + _full(b"stsz", 0, 0, bytes(8))
        + _full(b"stco", 0, 0, bytes(4)),
    )


def _avc1(width: int, height: int, avcc: bytes) -> bytes:
    head = bytes(6) + struct.pack(">H", 1) + bytes(16) + struct.pack(">HH", width, height)
    head += struct.pack(">IIIH", 0x480000, 0x480000, 0, 1) + bytes(32) + struct.pack(">Hh", 24, -1)
    return _box(b"avc1", head + _box(b"avcC", avcc))


def _mp4a(sound_config: bytes, rate: int = SOUND_SCALE) -> bytes:
    head = bytes(6) + struct.pack(">H", 1) + bytes(8)
    head += struct.pack(">HHHHI", 1, 16, 0, 0, rate << 16)
    decoder = _descriptor(4, struct.pack(">BBBHII", 0x40, 0x15, 0, 0, 0, 0) + _descriptor(5, sound_config))
    stream = _descriptor(3, struct.pack(">HB", SOUND_TRACK, 0) + decoder + _descriptor(6, b"\x02"))
    return _box(b"mp4a", head + _full(b"esds", 0, 0, stream))


def _descriptor(tag: int, payload: bytes) -> bytes:
    """An MPEG-4 descriptor; ours are far below the 127 bytes of a one-byte length."""
    return struct.pack(">BB", tag, len(payload)) + payload


def _trex(track: int) -> bytes:
    return _full(b"trex", 0, 0, struct.pack(">IIIII", track, 1, 0, 0, 0))
