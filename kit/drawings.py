"""The market's own pictures, drawn from shapes: app icons, the sharing cover, the gallery's samples."""

from __future__ import annotations

import math
import random
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter, ImageFont

NIGHT, SURFACE = (7, 17, 30), (15, 30, 48)
INK, PAPER = (22, 19, 10), (244, 248, 241)
AMBER, RED, WHITE, LIME, ORANGE = (
    (255, 194, 26),
    (211, 18, 43),
    (255, 255, 255),
    (183, 240, 60),
    (255, 138, 31),
)
SMOOTH = 2  # drawn this many times larger, then shrunk
Color = tuple[int, int, int]


def draw_icon(font: Path, size: int, *, inset: float = 0.0) -> Image.Image:
    """The stall: awning, lights and the slanted sign. `inset` keeps it inside a mask's safe zone."""
    side = size * SMOOTH
    canvas = glow(plain(side, side, SURFACE), at=(side // 2, side // 2), radius=side // 2)
    room = round(side * inset)
    awning(canvas, top=0, width=side, unit=side / 10, height=round(side * (0.2 + inset / 2)))
    string_of_lights(canvas, top=round(side * (0.42 - inset / 4)), sag=side // 16, bulbs=5, radius=side // 42)
    sign = sign_board("PM", font, height=round((side - room) * 0.36))
    canvas.alpha_composite(sign, ((side - sign.width) // 2, round(side * 0.7) - sign.height // 2 - room // 4))
    return canvas.convert("RGB").resize((size, size), Image.Resampling.LANCZOS)


def draw_cover(font: Path) -> Image.Image:
    """1200 x 630 for link previews."""
    width, height = 1200 * SMOOTH, 630 * SMOOTH
    canvas = glow(plain(width, height, NIGHT), at=(width // 2, round(height * 0.52)), radius=height // 2)
    awning(canvas, top=0, width=width, unit=width / 24, height=height // 7)
    string_of_lights(canvas, top=round(height * 0.27), sag=height // 14, bulbs=15, radius=height // 80)
    word = lettering("Pasar", font, height=round(height * 0.2), color=PAPER)
    sign = sign_board("Malam", font, height=round(height * 0.29))
    left = (width - word.width - sign.width - width // 40) // 2
    middle = round(height * 0.58)
    canvas.alpha_composite(word, (left, middle - word.height // 2))
    canvas.alpha_composite(sign, (left + word.width + width // 40, middle - sign.height // 2))
    ImageDraw.Draw(canvas).rectangle((0, height - height // 45, width, height), fill=LIME)
    return canvas.convert("RGB").resize((1200, 630), Image.Resampling.LANCZOS)


def draw_sample(hue: Color, seed: int, size: int = 480) -> Image.Image:
    """A plate of crackers at a stall, out of focus lights behind it."""
    luck = random.Random(seed)  # noqa: S311  # the same picture each time
    canvas = plain(size, size, NIGHT)
    lights = Image.new("RGBA", canvas.size)
    for _ in range(26):
        x, y, radius = luck.randrange(size), luck.randrange(round(size * 0.62)), luck.randrange(8, 34)
        color = luck.choice((AMBER, ORANGE, hue, (255, 225, 150)))
        _disc(ImageDraw.Draw(lights), x, y, radius, (*color, luck.randrange(60, 150)))
    canvas.alpha_composite(lights.filter(ImageFilter.GaussianBlur(size / 110)))
    _table_and_plate(canvas, hue, luck)
    return canvas.convert("RGB")


def _table_and_plate(canvas: Image.Image, hue: Color, luck: random.Random) -> None:
    size = canvas.width
    pen = ImageDraw.Draw(canvas)
    pen.rectangle((0, round(size * 0.7), size, size), fill=(58, 36, 20))
    for line in range(4):
        pen.line(
            (0, size * (0.76 + line * 0.07), size, size * (0.74 + line * 0.075)), fill=(44, 27, 15), width=3
        )
    pen.ellipse((size * 0.1, size * 0.62, size * 0.9, size * 0.94), fill=(28, 17, 9))
    pen.ellipse((size * 0.12, size * 0.58, size * 0.88, size * 0.9), fill=(236, 229, 214))
    pen.ellipse((size * 0.2, size * 0.62, size * 0.8, size * 0.86), fill=(206, 196, 178))
    for layer in range(46):
        spread = (1 - layer / 52) * size * 0.27
        x = size / 2 + luck.uniform(-spread, spread)
        y = size * 0.75 - layer * size * 0.0058 + luck.uniform(-8, 8)
        _cracker(canvas, x, y, luck.uniform(0.05, 0.085) * size, _varied(hue, luck))


def _cracker(canvas: Image.Image, x: float, y: float, radius: float, color: Color) -> None:
    pen = ImageDraw.Draw(canvas)
    dark = _mixed(color, INK, 0.45)
    _oval(pen, x, y + radius * 0.16, radius, radius * 0.66, (*dark, 255))
    _oval(pen, x, y, radius, radius * 0.64, (*color, 255))
    _oval(
        pen,
        x - radius * 0.2,
        y - radius * 0.16,
        radius * 0.5,
        radius * 0.26,
        (*_mixed(color, WHITE, 0.35), 255),
    )


def awning(
    canvas: Image.Image,
    *,
    top: int,
    width: int,
    unit: float,
    height: int,
    stripes: tuple[Color, Color] = (RED, WHITE),
) -> None:
    """Stripes that end in scallops, with a shadow under them."""
    shade = Image.new("RGBA", canvas.size)
    pen, shadow = ImageDraw.Draw(canvas), ImageDraw.Draw(shade)
    places = range(math.ceil(width / unit))
    for place in places:
        left, right = place * unit, (place + 1) * unit
        shadow.ellipse(
            (left, top + height - unit * 0.4, right, top + height + unit * 0.7), fill=(0, 0, 0, 150)
        )
    canvas.alpha_composite(shade.filter(ImageFilter.GaussianBlur(unit / 6)))
    for place in places:
        left, right = place * unit, (place + 1) * unit
        color = stripes[place % 2]
        pen.rectangle((left, top, right, top + height), fill=color)
        pen.ellipse((left, top + height - unit / 2, right, top + height + unit / 2), fill=color)


def string_of_lights(canvas: Image.Image, *, top: int, sag: int, bulbs: int, radius: int) -> None:
    width = canvas.width
    places = [((place + 0.5) / bulbs, 0.0) for place in range(bulbs)]
    spots = [(round(x * width), top + round(sag * math.sin(math.pi * x))) for x, _ in places]
    wire = [(x, top + sag * math.sin(math.pi * x / width)) for x in range(0, width + 1, 4)]
    ImageDraw.Draw(canvas).line(wire, fill=(90, 112, 138), width=max(2, radius // 4))
    halo = Image.new("RGBA", canvas.size)
    for x, y in spots:
        _disc(ImageDraw.Draw(halo), x, y + radius, radius * 3, (*AMBER, 130))
    canvas.alpha_composite(halo.filter(ImageFilter.GaussianBlur(radius * 1.3)))
    for x, y in spots:
        _disc(ImageDraw.Draw(canvas), x, y + radius, radius, (*AMBER, 255))
        _disc(ImageDraw.Draw(canvas), x, y + radius, round(radius * 0.45), (255, 246, 214, 255))


def sign_board(text: str, font: Path, *, height: int) -> Image.Image:
    """Ink on a yellow board that hangs a little crooked."""
    word = lettering(text, font, height=round(height * 0.66), color=INK)
    pad, edge = height // 6, height // 14
    board = Image.new("RGBA", (word.width + 2 * pad, height + edge))
    pen = ImageDraw.Draw(board)
    pen.rounded_rectangle((0, edge, board.width - 1, height + edge - 1), height // 7, fill=(148, 102, 10))
    pen.rounded_rectangle((0, 0, board.width - 1, height - 1), height // 7, fill=AMBER)
    board.alpha_composite(word, (pad, (height - word.height) // 2))
    return board.rotate(4, Image.Resampling.BICUBIC, expand=True)


def lettering(text: str, font: Path, *, height: int, color: Color) -> Image.Image:
    face = ImageFont.truetype(str(font), round(height * 1.2))
    left, top, right, bottom = face.getbbox(text)
    word = Image.new("RGBA", (round(right - left), round(bottom - top)))
    ImageDraw.Draw(word).text((-left, -top), text, font=face, fill=color)
    return word


def glow(canvas: Image.Image, *, at: tuple[int, int], radius: int) -> Image.Image:
    halo = Image.new("RGBA", canvas.size)
    _disc(ImageDraw.Draw(halo), *at, radius, (*AMBER, 70))
    canvas.alpha_composite(halo.filter(ImageFilter.GaussianBlur(radius / 2)))
    return canvas


def plain(width: int, height: int, color: Color) -> Image.Image:
    return Image.new("RGBA", (width, height), (*color, 255))


def _disc(pen: ImageDraw.ImageDraw, x: float, y: float, radius: float, fill: tuple[int, ...]) -> None:
    _oval(pen, x, y, radius, radius, fill)


def _oval(
    pen: ImageDraw.ImageDraw, x: float, y: float, across: float, along: float, fill: tuple[int, ...]
) -> None:
    pen.ellipse((x - across, y - along, x + across, y + along), fill=fill)


def _mixed(color: Color, other: Color, share: float) -> Color:
    red, green, blue = (
        round(mine * (1 - share) + theirs * share) for mine, theirs in zip(color, other, strict=True)
    )
    return red, green, blue


def _varied(color: Color, luck: random.Random) -> Color:
    return _mixed(color, luck.choice((WHITE, INK)), luck.uniform(0, 0.28))
