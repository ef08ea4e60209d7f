"""Reads our own init segments and fragments back: for whoever passes a show on in another packing."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import NamedTuple

from livestream.media.boxes import VIDEO_TRACK, Sample

_KEY_SAMPLE = 0x0200_0000
_OFFSETS = 0x800
_HEAD_OF_PICTURES, _HEAD_OF_SOUND = 78, 28  # bytes in front of the boxes of a sample entry


class Head(NamedTuple):
    """What a decoder must know before the first sample."""

    width: int
    height: int
    avcc: bytes
    sound_config: bytes


def read_init(payload: bytes) -> Head:
    tracks = [box for kind, box in _boxes(_find(payload, b"moov")) if kind == b"trak"]
    entries = [_find(track, b"mdia", b"minf", b"stbl", b"stsd")[8:] for track in tracks]
    pictures, sound = (entry[8:] for entry in entries)
    width, height = struct.unpack_from(">HH", pictures, 24)
    avcc = _find(pictures[_HEAD_OF_PICTURES:], b"avcC")
    return Head(width, height, avcc, _sound_config(_find(sound[_HEAD_OF_SOUND:], b"esds")))


def read_fragments(payload: bytes) -> tuple[list[Sample], list[Sample]]:
    """The pictures and the blocks of sound of one fragment, or of several in a row."""
    pictures: list[Sample] = []
    sounds: list[Sample] = []
    position = 0
    for kind, box in _boxes(payload):
        if kind == b"moof":
            for track in (inner for name, inner in _boxes(box) if name == b"traf"):
                number, samples = _samples(track, payload[position:])
                (pictures if number == VIDEO_TRACK else sounds).extend(samples)
        position += len(box) + 8
    return pictures, sounds


def _samples(track: bytes, payload: bytes) -> tuple[int, list[Sample]]:
    number = int.from_bytes(_find(track, b"tfhd")[4:8], "big")
    (time,) = struct.unpack_from(">Q", _find(track, b"tfdt"), 4)
    run = _find(track, b"trun")
    flags, count, position = struct.unpack_from(">III", run)
    row = struct.Struct(">IIIi" if flags & _OFFSETS else ">III")
    samples = []
    for duration, size, sample_flags, *offset in row.iter_unpack(run[12 : 12 + row.size * count]):
        coded = payload[position : position + size]
        samples.append(Sample(time, duration, coded, sample_flags == _KEY_SAMPLE, *offset))
        time, position = time + duration, position + size
    return number, samples


def _sound_config(esds: bytes) -> bytes:
    """The AudioSpecificConfig, inside three descriptors with one-byte lengths."""
    decoder = esds[4 + 2 + 3 + 2 + 13 :]
    return decoder[2 : 2 + decoder[1]]


def _find(payload: bytes, *path: bytes) -> bytes:
    for name in path:
        payload = next(box for kind, box in _boxes(payload) if kind == name)
    return payload


def _boxes(payload: bytes) -> Iterator[tuple[bytes, bytes]]:
    position = 0
    while position < len(payload):
        size, kind = struct.unpack_from(">I4s", payload, position)
        yield kind, payload[position + 8 : position + size]
        position += size
