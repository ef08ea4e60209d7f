"""What the robot stall's camera sees: a robot stall keeper, the goods in its hand, and a clock.

Everything that stands still is drawn once; a frame only pastes what moves.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFilter

from demo.art.backdrops import market
from demo.art.lettering import font
from demo.art.palette import PALETTES

WIDTH, HEIGHT = 360, 640
SHARP = 3  # things are drawn this many times larger, then made small
FACE = "sign"
INK, STEEL, SHADE, GLOW = (22, 19, 16), (214, 224, 230), (150, 166, 178), (255, 213, 96)
CLOTH, CLOTH_LINE = (96, 42, 28), (235, 190, 110)

Frame = npt.NDArray[np.uint8]


@dataclass(frozen=True)
class Goods:
    """The pinned product as the scene shows it."""

    name: str
    price: str
    photo: Image.Image


class Scene:
    """Draws the stall at any second of the show."""

    def __init__(self, *, seed: int, stall: str) -> None:
        self._wall = _wall(seed, stall)
        self._body, self._arm = _body(), _arm()
        self._counter = self._wall.crop((0, 560, WIDTH, HEIGHT))
        self._bulbs = _bulb_places()
        self._goods: Image.Image | None = None
        self._goods_since: float | None = None

    def show(self, goods: Goods) -> None:
        """Hold up other goods from the next picture on."""
        self._goods, self._goods_since = _card(goods), None

    def frame(self, second: float, *, loudness: float, clock: datetime) -> Frame:
        """One picture, (640, 360, 3) RGB; `loudness` 0..1 moves the mouth."""
        picture = self._wall.copy()
        self._light_bulbs(picture, second)
        sway = math.sin(second * 1.3) * 5
        nod = math.sin(second * 2.1) * 3
        _paste(picture, self._body, 58 + sway, 232 + nod / 2)
        head = _head(blink=second % 4.2 < 0.14, mouth=round(min(loudness, 1.0) * 5))
        _paste(picture, head, 94 + sway * 1.4, 88 + nod)
        wave = self._arm.rotate(
            12 * math.sin(second * 3.2), resample=Image.Resampling.BICUBIC, center=(28, 120)
        )
        _paste(picture, wave, 246 + sway, 222 + nod / 2)
        picture.paste(self._counter, (0, HEIGHT - self._counter.height))
        if self._goods is not None:
            self._hold(picture, second)
        _write_clock(picture, clock)
        return np.asarray(picture, np.uint8)

    def _hold(self, picture: Image.Image, second: float) -> None:
        assert self._goods is not None
        if self._goods_since is None:
            self._goods_since = second
        arrival = min((second - self._goods_since) / 0.5, 1.0)
        eased = 1 - (1 - arrival) ** 3
        x = -self._goods.width + (26 + self._goods.width) * eased
        _paste(picture, self._goods, x, 276 + math.sin(second * 1.7) * 4)

    def _light_bulbs(self, picture: Image.Image, second: float) -> None:
        for number, (x, y) in enumerate(self._bulbs):
            strength = 0.72 + 0.28 * math.sin(second * 2.4 + number * 1.9)
            bulb = _bulb(round(strength * 6))
            _paste(picture, bulb, x - bulb.width / 2, y - bulb.height / 2)


def _paste(picture: Image.Image, part: Image.Image, x: float, y: float) -> None:
    picture.paste(part, (round(x), round(y)), part)


def _wall(seed: int, stall: str) -> Image.Image:
    """The market behind, the awning above and the counter in front."""
    far = market(np.random.default_rng(seed), PALETTES["chili"])
    scale = HEIGHT / far.height
    far = far.resize((round(far.width * scale), HEIGHT), Image.Resampling.LANCZOS)
    left = (far.width - WIDTH) // 2
    wall = far.crop((left, 0, left + WIDTH, HEIGHT)).convert("RGB")
    big = wall.resize((WIDTH * SHARP, HEIGHT * SHARP))
    pen = ImageDraw.Draw(big)
    _draw_awning(pen)
    _draw_counter(pen)
    _draw_sign(pen, stall)
    return big.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)


def _draw_awning(pen: ImageDraw.ImageDraw) -> None:
    stripe = 40 * SHARP
    for number in range(WIDTH // 40 + 1):
        color = (211, 18, 43) if number % 2 else (255, 246, 228)
        left = number * stripe
        pen.rectangle((left, 0, left + stripe, 40 * SHARP), fill=color)
        pen.pieslice((left, 20 * SHARP, left + stripe, 60 * SHARP), 0, 180, fill=color)
    pen.line((0, 3, WIDTH * SHARP, 3), fill=(120, 8, 20), width=4 * SHARP)


def _draw_counter(pen: ImageDraw.ImageDraw) -> None:
    top = 560 * SHARP
    pen.rectangle((0, top, WIDTH * SHARP, HEIGHT * SHARP), fill=(104, 58, 30))
    pen.rectangle((0, top, WIDTH * SHARP, top + 14 * SHARP), fill=(154, 92, 48))
    for plank in range(1, 5):
        y = top + (14 + plank * 16) * SHARP
        pen.line((0, y, WIDTH * SHARP, y), fill=(84, 44, 22), width=SHARP)


def _draw_sign(pen: ImageDraw.ImageDraw, stall: str) -> None:
    letters = font(FACE, 17 * SHARP)
    width = pen.textlength(stall, font=letters) + 26 * SHARP
    left = (WIDTH * SHARP - width) / 2
    box = (left, 588 * SHARP, left + width, 622 * SHARP)
    pen.rounded_rectangle(box, 8 * SHARP, fill=(255, 194, 26), outline=INK, width=2 * SHARP)
    pen.text((WIDTH * SHARP / 2, 605 * SHARP), stall, font=letters, fill=INK, anchor="mm")


def _bulb_places() -> list[tuple[float, float]]:
    return [(18 + 36 * number, 74 + 16 * math.sin(math.pi * number / 9)) for number in range(10)]


@lru_cache(maxsize=8)
def _bulb(strength: int) -> Image.Image:
    size = 44
    halo = Image.new("RGBA", (size, size), (255, 190, 80, 0))
    pen = ImageDraw.Draw(halo)
    pen.ellipse((8, 8, size - 8, size - 8), fill=(255, 190, 80, 26 * strength))
    halo = halo.filter(ImageFilter.GaussianBlur(6))
    ImageDraw.Draw(halo).ellipse((17, 17, 27, 27), fill=(255, 240, 200, 255))
    return halo


def _canvas(width: int, height: int) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    image = Image.new("RGBA", (width * SHARP, height * SHARP))
    return image, ImageDraw.Draw(image)


def _small(image: Image.Image) -> Image.Image:
    return image.resize((image.width // SHARP, image.height // SHARP), Image.Resampling.LANCZOS)


def _scaled(*numbers: float) -> tuple[float, ...]:
    return tuple(number * SHARP for number in numbers)


def _body() -> Image.Image:
    """Steel shoulders under a batik apron."""
    image, pen = _canvas(244, 400)
    pen.rounded_rectangle(_scaled(30, 12, 214, 400), 46 * SHARP, fill=STEEL, outline=SHADE, width=3 * SHARP)
    pen.rounded_rectangle(_scaled(98, 0, 146, 30), 10 * SHARP, fill=SHADE)
    pen.rounded_rectangle(_scaled(58, 70, 186, 400), 22 * SHARP, fill=CLOTH)
    pen.line(_scaled(72, 72, 96, 16), fill=CLOTH, width=12 * SHARP)
    pen.line(_scaled(172, 72, 148, 16), fill=CLOTH, width=12 * SHARP)
    for row in range(9):
        for column in range(4):
            _draw_kawung(pen, 74 + column * 32, 96 + row * 34)
    pen.rounded_rectangle(_scaled(0, 60, 40, 210), 20 * SHARP, fill=STEEL, outline=SHADE, width=3 * SHARP)
    return _small(image)


def _draw_kawung(pen: ImageDraw.ImageDraw, x: float, y: float) -> None:
    """Four seeds around a point: the oldest pattern of Java."""
    for dx, dy in ((-7, -7), (7, -7), (-7, 7), (7, 7)):
        pen.ellipse(
            _scaled(x + dx - 5, y + dy - 5, x + dx + 5, y + dy + 5), outline=CLOTH_LINE, width=2 * SHARP
        )
    pen.ellipse(_scaled(x - 2, y - 2, x + 2, y + 2), fill=CLOTH_LINE)


def _arm() -> Image.Image:
    image, pen = _canvas(84, 150)
    pen.line(_scaled(28, 120, 44, 40), fill=STEEL, width=30 * SHARP)
    pen.ellipse(_scaled(12, 104, 44, 136), fill=STEEL, outline=SHADE, width=3 * SHARP)
    pen.ellipse(_scaled(24, 8, 68, 52), fill=GLOW, outline=INK, width=2 * SHARP)
    for finger in range(3):
        x = 32 + finger * 12
        pen.line(_scaled(x, 22, x, 2), fill=GLOW, width=9 * SHARP)
    return _small(image)


@lru_cache(maxsize=16)
def _head(*, blink: bool, mouth: int) -> Image.Image:
    """A steel head under a blangkon; the mouth is a row of lamps."""
    image, pen = _canvas(172, 156)
    pen.rounded_rectangle(_scaled(14, 40, 158, 152), 40 * SHARP, fill=STEEL, outline=SHADE, width=3 * SHARP)
    pen.ellipse(_scaled(0, 84, 22, 116), fill=GLOW, outline=INK, width=2 * SHARP)
    pen.ellipse(_scaled(150, 84, 172, 116), fill=GLOW, outline=INK, width=2 * SHARP)
    pen.rounded_rectangle(_scaled(30, 62, 142, 138), 28 * SHARP, fill=(16, 30, 48))
    _draw_blangkon(pen)
    for x in (62, 110):
        if blink:
            pen.line(_scaled(x - 11, 90, x + 11, 90), fill=GLOW, width=5 * SHARP)
        else:
            pen.ellipse(_scaled(x - 11, 78, x + 11, 102), fill=GLOW)
            pen.ellipse(_scaled(x - 2, 82, x + 6, 90), fill=(255, 255, 255))
    for lamp in range(7):
        height = 2 + mouth * (3 - abs(lamp - 3)) * 0.75
        x = 65 + lamp * 7
        pen.rounded_rectangle(
            _scaled(x - 2.4, 118 - height, x + 2.4, 118 + height), 2 * SHARP, fill=(255, 138, 31)
        )
    return _small(image)


def _draw_blangkon(pen: ImageDraw.ImageDraw) -> None:
    pen.pieslice(_scaled(12, 2, 160, 110), 180, 360, fill=CLOTH, outline=INK, width=2 * SHARP)
    pen.rounded_rectangle(_scaled(10, 46, 162, 62), 6 * SHARP, fill=(70, 28, 18))
    for number in range(6):
        _draw_kawung(pen, 36 + number * 20, 32 - 9 * math.sin(math.pi * number / 5))
    pen.ellipse(_scaled(80, 44, 92, 64), fill=(255, 194, 26))


def _card(goods: Goods) -> Image.Image:
    """The product's picture in a paper frame with its price on a tag."""
    side = 150
    image, pen = _canvas(side + 16, side + 62)
    pen.rounded_rectangle(_scaled(0, 0, side + 12, side + 54), 12 * SHARP, fill=(255, 252, 244, 255))
    photo = goods.photo.convert("RGB").resize((side * SHARP, side * SHARP), Image.Resampling.LANCZOS)
    image.paste(photo, (6 * SHARP, 6 * SHARP))
    name = goods.name if len(goods.name) <= 20 else f"{goods.name[:19]}…"
    pen.text((8 * SHARP, (side + 11) * SHARP), name, font=font(FACE, 12 * SHARP), fill=INK)
    letters = font(FACE, 20 * SHARP)
    pen.text((8 * SHARP, (side + 27) * SHARP), goods.price, font=letters, fill=(179, 0, 27))
    return _small(image)


@lru_cache(maxsize=2)
def _clock_plate(text: str) -> Image.Image:
    image, pen = _canvas(80, 24)
    pen.rounded_rectangle(_scaled(0, 0, 80, 24), 8 * SHARP, fill=(7, 17, 30, 230))
    pen.text((40 * SHARP, 12 * SHARP), text, font=font(FACE, 12 * SHARP), fill=GLOW, anchor="mm")
    return _small(image)


def _write_clock(picture: Image.Image, clock: datetime) -> None:
    """So far from the edge that the narrowest phone, which cuts off both sides, still shows it."""
    _paste(picture, _clock_plate(f"{clock:%H.%M.%S}"), 232, 82)
