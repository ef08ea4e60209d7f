"""Just enough H.264 to refuse what is not H.264, and to turn its two packings into one."""

import re
import struct
from collections.abc import Iterable

from livestream.media.bad_input import BadInput
from livestream.media.sps import HIGH_PROFILES

_IDR_SLICE, _SEQUENCE, _PICTURE_SET = 5, 7, 8
_SLICES = frozenset({1, _IDR_SLICE})
_COLOURS = bytes([0xFD, 0xF8, 0xF8, 0])  # 4:2:0 with eight bits, which is all that browsers play
_START_CODE = re.compile(rb"\x00{1,}\x00\x00\x01|\x00\x00\x01")


def is_key_picture(payload: bytes) -> bool:
    """Whether the length-prefixed units hold a key picture; BadInput when they hold no picture."""
    kinds = _unit_kinds(payload)
    if kinds.isdisjoint(_SLICES):
        raise BadInput("a picture without a slice")
    return _IDR_SLICE in kinds


def is_start_coded(payload: bytes) -> bool:
    return payload.startswith((b"\0\0\0\1", b"\0\0\1"))


def with_lengths(payload: bytes) -> bytes:
    """The same picture with lengths in place of start codes, as MP4 wants it."""
    units = _start_coded_units(payload)
    return b"".join(struct.pack(">I", len(unit)) + unit for unit in units)


def describe(headers: bytes) -> bytes:
    """The avcC description for start-coded parameter sets."""
    units = _start_coded_units(headers)
    sequences = [unit for unit in units if unit[0] & 0x1F == _SEQUENCE]
    pictures = [unit for unit in units if unit[0] & 0x1F == _PICTURE_SET]
    if not sequences or not pictures:
        raise BadInput("no parameter sets")
    head = bytes([1]) + sequences[0][1:4] + bytes([0xFF])
    tail = _COLOURS if sequences[0][1] in HIGH_PROFILES else b""
    return head + _counted(sequences, 0xE0) + _counted(pictures, 0) + tail


def parameter_sets(avcc: bytes) -> bytes:
    """The way back: what a description says, as units of a picture."""
    sequences, position = _units_at(avcc, 6, avcc[5] & 0x1F)
    pictures, _ = _units_at(avcc, position + 1, avcc[position])
    return b"".join(struct.pack(">I", len(unit)) + unit for unit in [*sequences, *pictures])


def _units_at(avcc: bytes, position: int, count: int) -> tuple[list[bytes], int]:
    units = []
    for _ in range(count):
        end = position + 2 + int.from_bytes(avcc[position : position + 2], "big")
        units.append(avcc[position + 2 : end])
        position = end
    return units, position


def _counted(units: list[bytes], marker: int) -> bytes:
    rows = b"".join(struct.pack(">H", len(unit)) + unit for unit in units)
    return bytes([marker | len(units)]) + rows


def _start_coded_units(payload: bytes) -> list[bytes]:
    return [unit for unit in _START_CODE.split(payload) if unit]


def _unit_kinds(payload: bytes) -> set[int]:
    return {unit[0] & 0x1F for unit in _length_prefixed_units(payload)}


def _length_prefixed_units(payload: bytes) -> Iterable[bytes]:
    position = 0
    while position < len(payload):
        length = int.from_bytes(payload[position : position + 4], "big")
        position += 4
        if length == 0 or position + length > len(payload):
            raise BadInput("units that do not add up to the picture")
        if payload[position] & 0x80:
            raise BadInput("a unit with the forbidden bit")
        yield payload[position : position + 1]
        position += length
