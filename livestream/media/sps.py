"""Reads the picture size from an H.264 description, whatever else the sender says about it."""

from __future__ import annotations

from livestream.media.bad_input import BadInput

_SEQUENCE = 7
HIGH_PROFILES = frozenset({100, 110, 122, 144})


def picture_size(avcc: bytes) -> tuple[int, int]:
    """Width and height from the description itself; BadInput when browsers cannot play what it says."""
    try:
        bits = _Bits(_without_escapes(_first_sequence(avcc)[1:]))
        return _size(bits)
    except IndexError as error:
        raise BadInput("a description that is cut off") from error


def _first_sequence(avcc: bytes) -> bytes:
    if avcc[5] & 0x1F == 0:
        raise BadInput("no parameter sets")
    length = int.from_bytes(avcc[6:8], "big")
    sequence = avcc[8 : 8 + length]
    if len(sequence) < 4 or sequence[0] & 0x1F != _SEQUENCE:
        raise BadInput("no parameter sets")
    return sequence


def _without_escapes(unit: bytes) -> bytes:
    return unit.replace(b"\0\0\3", b"\0\0")


def _size(bits: _Bits) -> tuple[int, int]:
    profile = bits.read(8)
    bits.read(16)  # constraints and level
    bits.golomb()
    if profile in HIGH_PROFILES:
        _check_colours(bits)
    bits.golomb()
    _skip_order(bits)
    bits.golomb()
    bits.read(1)
    width = (bits.golomb() + 1) * 16
    map_height = bits.golomb() + 1
    is_whole = bits.read(1)
    height = map_height * 16 * (2 - is_whole)
    if not is_whole:
        bits.read(1)
    bits.read(1)
    if bits.read(1):
        left, right, top, bottom = (bits.golomb() for _ in range(4))
        width -= 2 * (left + right)
        height -= 2 * (top + bottom) * (2 - is_whole)
    return width, height


def _check_colours(bits: _Bits) -> None:
    """High profiles may hold what no browser plays: other colour grids, ten bits."""
    if bits.golomb() != 1 or bits.golomb() or bits.golomb():
        raise BadInput("colours that browsers do not play")
    bits.read(1)
    if bits.read(1):
        for number in range(8):
            if bits.read(1):
                _skip_scales(bits, 16 if number < 6 else 64)


def _skip_scales(bits: _Bits, count: int) -> None:
    last = scale = 8
    for _ in range(count):
        if scale:
            scale = (last + bits.signed_golomb()) % 256
        last = scale or last


def _skip_order(bits: _Bits) -> None:
    kind = bits.golomb()
    if kind == 0:
        bits.golomb()
    elif kind == 1:
        bits.read(1)
        bits.golomb()
        bits.golomb()
        for _ in range(min(bits.golomb(), 255)):
            bits.golomb()


class _Bits:
    """Reads a parameter set bit by bit; IndexError at its end."""

    def __init__(self, payload: bytes) -> None:
        self._bits = "".join(f"{byte:08b}" for byte in payload)
        self._position = 0

    def read(self, count: int) -> int:
        first, self._position = self._position, self._position + count
        if self._position > len(self._bits):
            raise IndexError
        return int(self._bits[first : self._position] or "0", 2)

    def golomb(self) -> int:
        noughts = 0
        while not self.read(1):
            noughts += 1
        if noughts > 32:
            raise BadInput("a number out of range")
        return (1 << noughts) - 1 + (self.read(noughts) if noughts else 0)

    def signed_golomb(self) -> int:
        number = self.golomb()
        return (number + 1) // 2 if number % 2 else -(number // 2)
