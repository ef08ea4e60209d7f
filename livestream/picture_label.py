"""The label that a host may have drawn into the picture: the room's QR code with its link below.

Drawn for a picture 360 pixels wide: two pixels to a module of the code, which makes about a fifth of the
width and survives the coding.
"""

from __future__ import annotations

import io
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

import segno
from django.conf import settings
from PIL import Image, ImageDraw, ImageFont

FONT = Path(settings.STATICFILES_DIRS[0]) / "fonts" / "papan-800.woff2"
_MODULE, _QUIET = 2, 4
_LARGEST, _SMALLEST = 12, 8  # of the letters, in pixels
_LINE = 13
_WIDEST = 86
_EDGE = 3


@lru_cache(maxsize=64)
def picture_label(*, link: str, address: str) -> bytes:
    """A PNG: `link` is what the code leads to, `address` what people read and type."""
    code = _code(link)
    lines = [(line, _font(line)) for line in _lines(address)]
    width = max(code.width, *(int(font.getlength(line)) + 2 * _EDGE for line, font in lines))
    label = Image.new("L", (width, code.height + _LINE * len(lines)), 255)
    label.paste(code, ((width - code.width) // 2, 0))
    pen = ImageDraw.Draw(label)
    for number, (line, font) in enumerate(lines):
        middle = (width / 2, code.height + _LINE * (number + 0.5) - _EDGE)
        pen.text(middle, line, fill=0, font=font, anchor="mm")
    drawn = io.BytesIO()
    label.save(drawn, "PNG", optimize=True)
    return drawn.getvalue()


def _code(link: str) -> Image.Image:
    drawn = io.BytesIO()
    segno.make_qr(link, error="l").save(drawn, kind="png", scale=_MODULE, border=_QUIET)
    with Image.open(drawn) as code:
        return code.convert("L")


def _lines(address: str) -> list[str]:
    """The host, and below it the path: together they would be too wide."""
    parts = urlsplit(address)
    return [parts.netloc, parts.path.rstrip("/")]


def _font(line: str) -> ImageFont.FreeTypeFont:
    """As large as the line may be; the label grows for a host that is longer than the code is wide."""
    fonts = (ImageFont.truetype(str(FONT), size) for size in range(_LARGEST, _SMALLEST, -1))
    fitting = (font for font in fonts if font.getlength(line) <= _WIDEST)
    return next(fitting, ImageFont.truetype(str(FONT), _SMALLEST))
