"""The colours of a stall: what it prints on its labels and what hangs behind it."""

from dataclasses import dataclass

Color = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Palette:
    """`main` and `second` dress the product, `night` is the dark behind it."""

    main: Color
    second: Color
    accent: Color
    paper: Color
    ink: Color
    night: Color


def _color(code: str) -> Color:
    red, green, blue = bytes.fromhex(code)
    return red, green, blue


def _palette(main: str, second: str, accent: str, paper: str, ink: str, night: str) -> Palette:
    return Palette(*(_color(code) for code in (main, second, accent, paper, ink, night)))


PALETTES: dict[str, Palette] = {
    "chili": _palette("c8202b", "f28c1e", "ffd24a", "fff1d6", "3b0d0c", "2a1220"),
    "pandan": _palette("2f7d3a", "a9cf46", "ffd65c", "f6f3dc", "12301a", "0d2a26"),
    "turmeric": _palette("f0a81c", "b3341f", "2f6b4f", "fff4d4", "402008", "2b1a12"),
    "sea": _palette("0f6f86", "35b6b0", "ffb54a", "eef7ef", "07303f", "08243a"),
    "mangosteen": _palette("7a1f47", "e3627a", "ffcf6b", "fdeee4", "2f0a1e", "1f1030"),
    "coffee": _palette("5a3220", "c98a4b", "e9c46a", "f5e7d0", "26130b", "1d1714"),
    "indigo": _palette("22356f", "5c83c4", "f4b740", "f1efe4", "111b3d", "0c1836"),
    "brick": _palette("b2472b", "e8a15c", "2c6e6b", "faeedd", "3a160c", "102a30"),
    "jasmine": _palette("e9dfc3", "5d8a4a", "d9a441", "fffaec", "2d3a1e", "1a2e2a"),
    "roselle": _palette("d23b62", "ff9e7a", "ffe08a", "fff0ea", "4a0a20", "2a1024"),
    "coconut": _palette("7c5a3a", "d9c39a", "3f8f6b", "fbf4e4", "2c1c10", "10262c"),
    "songket": _palette("8e1b24", "d8a531", "1f5d55", "fbeecb", "33090c", "170d18"),
}


def strong(palette: Palette) -> Color:
    """The main colour where it can be read on the paper, the ink where it cannot."""
    return palette.main if _brightness(palette.main) < 0.56 * _brightness(palette.paper) else palette.ink


def on(ground: Color, palette: Palette) -> Color:
    """Paper or ink, whichever can be read on this ground."""
    return palette.paper if _brightness(ground) < 135 else palette.ink


def _brightness(color: Color) -> float:
    red, green, blue = color
    return 0.3 * red + 0.59 * green + 0.11 * blue
