"""Small drawings for labels: what is inside, and where it comes from."""

from collections.abc import Callable

import numpy as np
from PIL import Image, ImageDraw

from demo.art.fields import mixed
from demo.art.palette import Color, Palette

Point = tuple[float, float]


class Emblem:
    """A pen whose unit is half the emblem's size, with its middle at zero."""

    def __init__(self, image: Image.Image, middle: Point, size: float) -> None:
        self.pen = ImageDraw.Draw(image)
        self.middle, self.size = middle, size

    def spot(self, x: float, y: float, radius: float, color: Color, flat: float = 1.0) -> None:
        across, along = self._at(x, y)
        r, s = radius * self.size, radius * self.size * flat
        self.pen.ellipse((across - r, along - s, across + r, along + s), fill=color)

    def area(self, points: list[Point], color: Color) -> None:
        self.pen.polygon([self._at(x, y) for x, y in points], fill=color)

    def line(self, points: list[Point], width: float, color: Color) -> None:
        self.pen.line(
            [self._at(x, y) for x, y in points],
            fill=color,
            width=max(1, round(width * self.size)),
            joint="curve",
        )

    def blade(
        self, x: float, y: float, length: float, width: float, angle: float, color: Color, bend: float = 0
    ) -> None:
        """A leaf, a petal, a fruit: pointed at both ends, bent sideways."""
        turns = np.linspace(0, np.pi, 18)
        along = -np.cos(turns) * length
        belly = np.sin(turns)
        sway = bend * belly**2
        upper = [
            self._turned(x, y, a, -b * width + s, angle) for a, b, s in zip(along, belly, sway, strict=True)
        ]
        lower = [
            self._turned(x, y, a, b * width + s, angle) for a, b, s in zip(along, belly, sway, strict=True)
        ]
        self.area(upper + lower[::-1], color)

    def _turned(self, x: float, y: float, along: float, across: float, angle: float) -> Point:
        cos, sin = np.cos(angle), np.sin(angle)
        return float(x + along * cos - across * sin), float(y + along * sin + across * cos)

    def _at(self, x: float, y: float) -> Point:
        return self.middle[0] + x * self.size, self.middle[1] + y * self.size


Drawing = Callable[[Emblem, Palette], None]
GREEN, DARK_GREEN = (74, 140, 62), (38, 92, 46)


def chili(e: Emblem, p: Palette) -> None:
    for x, turn, color in ((-0.18, 1.25, (178, 20, 28)), (0.2, 1.75, (222, 40, 34))):
        e.blade(x, 0.1, 0.82, 0.2, turn, color, bend=0.16)
        e.blade(x + 0.02, 0.0, 0.5, 0.045, turn, (255, 150, 120), bend=0.08)
        top = (x - 0.78 * np.cos(turn), 0.1 - 0.78 * np.sin(turn))
        e.spot(top[0], top[1], 0.13, GREEN, 0.7)
        e.line([top, (top[0] + 0.06, top[1] - 0.26)], 0.08, DARK_GREEN)


def leaf(e: Emblem, p: Palette) -> None:
    for x, y, turn, color in (
        (-0.34, 0.1, -2.3, DARK_GREEN),
        (0.34, 0.1, -0.84, DARK_GREEN),
        (0, -0.16, -1.57, GREEN),
    ):
        e.blade(x, y, 0.66, 0.27, turn, color)
        far = (x + 0.56 * np.cos(turn), y + 0.56 * np.sin(turn))
        near = (x - 0.6 * np.cos(turn), y - 0.6 * np.sin(turn))
        e.line([near, far], 0.035, mixed(color, (240, 250, 200), 0.6))


def banana(e: Emblem, p: Palette) -> None:
    e.area(
        [
            (-0.94, -0.8),
            (-0.68, -0.82),
            (-0.5, 0.05),
            (0.85, -0.3),
            (0.9, -0.1),
            (0.4, 0.56),
            (-0.2, 0.6),
            (-0.8, 0.1),
        ],
        (150, 96, 20),
    )
    for shift, color in ((0.3, (226, 158, 30)), (0.05, (246, 192, 46)), (-0.2, (255, 218, 88))):
        turns = np.linspace(0, 1, 16)
        outer = [(-0.8 + 1.55 * t + shift * 0.2, -0.5 + shift + 1.9 * t * (1 - t)) for t in turns]
        inner = [(x, y - 0.36 * np.sin(np.pi * t)) for (x, y), t in zip(outer, turns, strict=True)]
        edge = [(float(x), float(y)) for x, y in outer + inner[::-1]]
        e.area(edge, color)
        e.line([*edge, edge[0]], 0.045, (150, 96, 20))
    e.area([(-0.92, -0.8), (-0.74, -0.82), (-0.62, -0.2), (-0.84, -0.26)], (122, 82, 26))


def coffee(e: Emblem, p: Palette) -> None:
    for x, y, turn in ((-0.34, 0.2, 0.7), (0.36, 0.24, 2.2), (0.02, -0.36, 1.3)):
        e.blade(x, y, 0.5, 0.4, turn, (92, 52, 30))
        e.blade(x, y, 0.44, 0.32, turn, (122, 72, 42))
        far = (x + 0.42 * np.cos(turn), y + 0.42 * np.sin(turn))
        near = (x - 0.42 * np.cos(turn), y - 0.42 * np.sin(turn))
        e.line([near, (x + 0.06, y - 0.02), far], 0.07, (52, 28, 18))


def fish(e: Emblem, p: Palette) -> None:
    blue, belly = mixed(p.main, (52, 92, 120), 0.6), (226, 234, 232)
    e.area([(0.5, 0), (0.98, -0.36), (0.86, 0), (0.98, 0.36)], blue)
    e.area([(-0.1, -0.22), (0.1, -0.52), (0.3, -0.16)], blue)
    e.blade(-0.1, 0, 0.78, 0.36, 0, blue)
    e.blade(-0.1, 0.1, 0.66, 0.2, 0, belly)
    for x in (-0.1, 0.08, 0.26):
        e.line([(x, -0.12), (x + 0.08, 0), (x, 0.12)], 0.03, mixed(blue, belly, 0.5))
    e.spot(-0.58, -0.06, 0.09, (255, 255, 250))
    e.spot(-0.58, -0.06, 0.05, (20, 24, 30))


def cassava(e: Emblem, p: Palette) -> None:
    for x, y, turn in ((-0.2, 0.15, 0.5), (0.18, 0.1, 2.5)):
        e.blade(x, y, 0.82, 0.22, turn, (134, 86, 52), bend=0.06)
        e.blade(x, y - 0.03, 0.6, 0.1, turn, (176, 124, 80), bend=0.06)
    for x in (-0.22, 0.06, 0.34):
        e.spot(x, 0.36 - abs(x) * 0.2, 0.24, (246, 232, 190), 0.8)
        e.spot(x, 0.36 - abs(x) * 0.2, 0.18, (255, 246, 214), 0.8)


def honey(e: Emblem, p: Palette) -> None:
    for x, y in ((-0.36, -0.2), (0.36, -0.2), (0, 0.42), (0, -0.82), (-0.72, 0.42), (0.72, 0.42)):
        turns = np.arange(6) * np.pi / 3 + np.pi / 6
        e.area([(x + 0.39 * np.cos(t), y + 0.39 * np.sin(t)) for t in turns], (186, 110, 20))
        e.area([(x + 0.33 * np.cos(t), y + 0.33 * np.sin(t)) for t in turns], (248, 180, 48))
    e.spot(0, -0.02, 0.24, (54, 34, 16), 0.7)
    for x in (-0.06, 0.08):
        e.area([(x - 0.04, -0.18), (x + 0.03, -0.18), (x + 0.03, 0.14), (x - 0.04, 0.14)], (255, 206, 70))
    for side in (-1, 1):
        e.blade(side * 0.12, -0.28, 0.24, 0.13, -1.57 + side * 0.7, (250, 250, 240))


def coconut(e: Emblem, p: Palette) -> None:
    e.line([(-0.1, 0.9), (0.0, 0.3), (0.12, -0.24)], 0.13, (128, 86, 50))
    for turn in (-2.9, -2.3, -1.57, -0.8, -0.2, 0.3, 2.8):
        e.blade(
            0.12 + 0.4 * np.cos(turn),
            -0.28 + 0.4 * np.sin(turn),
            0.46,
            0.12,
            turn,
            GREEN if turn < -1 else DARK_GREEN,
            bend=0.1,
        )
    for x, y in ((0.0, -0.16), (0.22, -0.14), (0.1, -0.06)):
        e.spot(x, y, 0.11, (146, 92, 48))


def peanut(e: Emblem, p: Palette) -> None:
    for x, y, turn in ((-0.2, -0.1, 0.6), (0.26, 0.2, 2.3)):
        for along in (-0.28, 0.28):
            e.spot(x + along * np.cos(turn), y + along * np.sin(turn), 0.33, (214, 162, 92))
        for along in (-0.34, -0.1, 0.14, 0.38):
            e.spot(x + along * np.cos(turn), y + along * np.sin(turn), 0.05, (170, 118, 60))


def flower(e: Emblem, p: Palette) -> None:
    for side in (-1, 1):
        e.blade(side * 0.5, 0.5, 0.42, 0.16, side * -0.6 if side > 0 else np.pi + 0.6, GREEN)
    for turn in np.arange(5) * 2 * np.pi / 5 - np.pi / 2:
        e.blade(
            0.4 * np.cos(turn), 0.4 * np.sin(turn), 0.42, 0.27, turn, mixed(p.paper, (255, 255, 255), 0.6)
        )
        e.line([(0, 0), (0.5 * np.cos(turn), 0.5 * np.sin(turn))], 0.03, mixed(p.accent, p.paper, 0.4))
    e.spot(0, 0, 0.17, p.accent)


def ginger(e: Emblem, p: Palette) -> None:
    for x, y, r in (
        (-0.4, 0.1, 0.3),
        (0, 0.2, 0.36),
        (0.42, 0.05, 0.28),
        (0.1, -0.26, 0.24),
        (-0.5, -0.3, 0.17),
        (0.62, -0.3, 0.16),
    ):
        e.spot(x, y, r, (196, 142, 78))
        e.spot(x - 0.04, y - 0.05, r * 0.72, (226, 178, 110))
    for x in (-0.3, 0.04, 0.34):
        e.line([(x - 0.1, 0.12), (x + 0.05, 0.26)], 0.03, (150, 100, 50))


def cake(e: Emblem, p: Palette) -> None:
    for layer in range(7):
        y = -0.5 + layer * 0.16
        e.area(
            [(-0.75, y), (0.75, y), (0.75, y + 0.17), (-0.75, y + 0.17)],
            (236, 186, 96) if layer % 2 else (150, 86, 40),
        )
    e.area([(-0.75, -0.5), (-0.5, -0.74), (0.94, -0.74), (0.75, -0.5)], (178, 104, 48))


def sun(e: Emblem, p: Palette) -> None:
    """Mountains, sun and sea, in a disc: somewhere in the archipelago."""
    e.spot(0, 0, 1.0, mixed(p.accent, p.paper, 0.25))
    for radius, share in ((0.62, 0.2), (0.46, 0.5), (0.32, 0.0)):
        e.spot(0.1, -0.12, radius, mixed(p.second if share else p.main, p.accent, share))
    ridge, front = mixed(p.main, p.ink, 0.35), mixed(p.ink, p.main, 0.25)
    e.area([(-0.93, 0.36), (-0.3, -0.36), (-0.12, -0.2), (0.5, 0.36)], ridge)
    e.area([(-0.2, 0.36), (0.42, -0.08), (0.94, 0.34)], front)
    chord = [
        (float(x), float(y))
        for x, y in zip(
            np.cos(np.linspace(0.35, np.pi - 0.35, 30)),
            np.sin(np.linspace(0.35, np.pi - 0.35, 30)),
            strict=True,
        )
    ]
    e.area(chord, mixed(p.second, p.night, 0.25))
    for row in range(3):
        y = 0.48 + row * 0.15
        width = 0.8 - row * 0.16
        points = [(float(x), float(y + 0.03 * np.sin(x * 16 + row))) for x in np.linspace(-width, width, 26)]
        e.line(points, 0.045, p.paper)


EMBLEMS: dict[str, Drawing] = {
    "chili": chili,
    "leaf": leaf,
    "banana": banana,
    "coffee": coffee,
    "fish": fish,
    "cassava": cassava,
    "honey": honey,
    "coconut": coconut,
    "peanut": peanut,
    "flower": flower,
    "ginger": ginger,
    "cake": cake,
    "sun": sun,
}


def emblem(image: Image.Image, name: str, *, middle: Point, size: float, palette: Palette) -> None:
    """Draw one, `size` from its middle to its edge."""
    EMBLEMS[name](Emblem(image, middle, size), palette)
