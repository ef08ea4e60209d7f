"""Words on labels: fitted to their place, straight or on an arc."""

from functools import lru_cache
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from demo.art.palette import Color

FONTS = Path(__file__).parent / "fonts"
FACES = ("swash", "sign", "round", "brush", "fat")


@lru_cache(maxsize=256)
def font(face: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONTS / f"label-{face}.ttf", size)


def fitted(text: str, *, face: str, width: float, height: float) -> ImageFont.FreeTypeFont:
    """The largest letters with which the text stays inside the place."""
    probe = font(face, 100)
    left, top, right, bottom = _bounds(probe, text)
    scale = min(width / max(1, right - left), height / max(1, bottom - top))
    return font(face, max(6, int(100 * scale)))


def write(
    image: Image.Image,
    text: str,
    *,
    box: tuple[float, float, float, float],
    face: str,
    color: Color,
    edge: tuple[Color, float] | None = None,
) -> None:
    """Centre the text in the box (left, top, right, bottom), as large as it fits."""
    left, top, right, bottom = box
    letters = fitted(text, face=face, width=right - left, height=bottom - top)
    ink = _bounds(letters, text)
    x = (left + right - ink[0] - ink[2]) / 2
    y = (top + bottom - ink[1] - ink[3]) / 2
    pen = ImageDraw.Draw(image)
    if edge:
        stroke, share = edge
        pen.multiline_text(
            (x, y),
            text,
            font=letters,
            fill=stroke,
            align="center",
            spacing=0,
            stroke_width=max(1, int(letters.size * share)),
            stroke_fill=stroke,
        )
    pen.multiline_text((x, y), text, font=letters, fill=color, align="center", spacing=0)


def write_arc(
    image: Image.Image,
    text: str,
    *,
    center: tuple[float, float],
    radius: float,
    size: int,
    face: str,
    color: Color,
    is_below: bool = False,
) -> None:
    """Letters along a circle, over its top or along its bottom."""
    letters = font(face, size)
    gap = size * 0.06
    total = sum(letters.getlength(letter) + gap for letter in text)
    turn = -total / radius / 2
    for letter in text:
        step = (letters.getlength(letter) + gap) / radius
        _stamp(image, letter, letters, center, radius, turn + step / 2, color, is_below=is_below)
        turn += step


def _stamp(
    image: Image.Image,
    letter: str,
    letters: ImageFont.FreeTypeFont,
    center: tuple[float, float],
    radius: float,
    turn: float,
    color: Color,
    *,
    is_below: bool,
) -> None:
    side = int(letters.size * 2)
    stamp = Image.new("L", (side, side))
    ImageDraw.Draw(stamp).text((side / 2, side / 2), letter, font=letters, fill=255, anchor="mm")
    degrees = np.degrees(turn)
    turned = stamp.rotate(degrees if is_below else -degrees, Image.Resampling.BICUBIC)
    away = 1 if is_below else -1
    x = center[0] + radius * np.sin(turn) - side / 2
    y = center[1] + away * radius * np.cos(turn) - side / 2
    image.paste(color, (round(x), round(y)), turned)


def in_lines(text: str, most: int = 9) -> str:
    """Broken into lines of about `most` letters, as a label would."""
    lines: list[str] = []
    for word in text.split():
        if lines and len(lines[-1]) + len(word) < most:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return "\n".join(lines)


def _bounds(letters: ImageFont.FreeTypeFont, text: str) -> tuple[float, float, float, float]:
    pen = ImageDraw.Draw(Image.new("L", (1, 1)))
    return pen.multiline_textbbox((0, 0), text, font=letters, align="center", spacing=0)
