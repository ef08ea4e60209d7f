"""Reads back what stands in fragments."""

from __future__ import annotations

import struct
from collections.abc import Iterator


def boxes(payload: bytes) -> Iterator[tuple[bytes, bytes]]:
    position = 0
    while position < len(payload):
        size, kind = struct.unpack_from(">I4s", payload, position)
        yield kind, payload[position + 8 : position + size]
        position += size


def decode_times(fragment: bytes) -> dict[int, tuple[int, int]]:
    """For each track: the decode time it starts with and the sum of its durations."""
    moof = dict(boxes(fragment))[b"moof"]
    times = {}
    for kind, traf in boxes(moof):
        if kind == b"traf":
            parts = dict(boxes(traf))
            (track,) = struct.unpack_from(">I", parts[b"tfhd"], 4)
            (time,) = struct.unpack_from(">Q", parts[b"tfdt"], 4)
            (count,) = struct.unpack_from(">I", parts[b"trun"], 4)
            rows = struct.iter_unpack(">III", parts[b"trun"][12 : 12 + 12 * count])
            times[track] = (time, sum(duration for duration, _, _ in rows))
    return times
