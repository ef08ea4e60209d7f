"""The picture with which a planned session is passed on: for link previews, and upright for stories.

The file's name tells everything that is drawn, so that a change makes a new file and the old one goes.
"""

from __future__ import annotations

import hashlib
import io
import os
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile

import segno
from django.conf import settings
from django.utils import translation
from PIL import Image, ImageDraw, ImageFont

from kit import drawings, moments
from kit.drawings import AMBER, INK, LIME, NIGHT, PAPER, Color
from kit.pictures import Picture
from kit.pictures.storage import rendition_path
from livestream.models import LiveSession

WIDE, STORY = (1200, 630), (1080, 1920)
FONT = Path(settings.STATICFILES_DIRS[0]) / "fonts" / "papan-800.woff2"
# The pairs of static/css: whoever paints the stall paints its picture.
STRIPES: tuple[tuple[Color, Color], ...] = (
    ((211, 18, 43), (255, 255, 255)),
    ((11, 92, 173), (255, 138, 31)),
    ((47, 143, 43), (255, 255, 255)),
    ((255, 194, 26), (42, 66, 95)),
    ((183, 240, 60), (47, 143, 43)),
    ((255, 138, 31), (255, 213, 96)),
)
EDITION = 2  # of the drawing itself
MOST_PHOTOS = 3
PHOTO_WIDTH = 480
QUALITY = 86


@dataclass(frozen=True)
class Announcement:
    """All that is drawn."""

    code: str
    shop_name: str
    place: str
    awning: int
    title: str
    when: str
    address: str  # for the QR code of a story
    photos: Sequence[Picture]

    def digest(self, size: tuple[int, int]) -> str:
        keys = [photo.key for photo in self.photos]
        words = [self.shop_name, self.place, self.awning, self.title, self.when, self.address]
        return hashlib.sha256(repr([EDITION, size, words, keys]).encode()).hexdigest()[:16]


def announcement_of(session: LiveSession, *, address: str, photos: Sequence[Picture]) -> Announcement:
    shop = session.shop
    with translation.override("id"):
        when = moments.schedule(session.planned_at, seller_zone=shop.regency.time_zone)
    return Announcement(
        code=session.code,
        shop_name=shop.name,
        place=shop.regency.name,
        awning=shop.awning,
        title=session.title,
        when=when,
        address=address,
        photos=tuple(photos[:MOST_PHOTOS]),
    )


def picture_file(told: Announcement, size: tuple[int, int]) -> Path:
    """The finished JPEG; drawn when there is none yet, or something in it has changed."""
    folder = Path(settings.MEDIA_ROOT) / "share"
    shape = "story" if size == STORY else "wide"
    path = folder / f"{told.code}-{shape}-{told.digest(size)}.jpg"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        picture = draw_story(told) if size == STORY else draw_wide(told)
        _keep(picture, path)
        for old in folder.glob(f"{told.code}-{shape}-*.jpg"):
            if old != path:
                old.unlink(missing_ok=True)
    return path


def draw_wide(told: Announcement) -> Image.Image:
    width, height = WIDE
    canvas = _night(width, height, told, unit=50, roof=66)
    _photos(canvas, told, top=140, left=740, side=310, step=(28, 30))
    text_width = 640 if told.photos else 1080
    y = _lines(canvas, told.shop_name, at=(60, 128), width=text_width, height=42, color=AMBER, most=1)
    y = _lines(canvas, told.title, at=(60, y + 10), width=text_width, height=72, color=PAPER, most=3)
    _lines(canvas, told.when, at=(60, y + 18), width=text_width, height=36, color=LIME, most=2)
    _foot(canvas, left=60, bottom=height - 44, height=66)
    return canvas.convert("RGB")


def draw_story(told: Announcement) -> Image.Image:
    width, height = STORY
    canvas = _night(width, height, told, unit=90, roof=150)
    _photos(canvas, told, top=250, left=200, side=620, step=(60, 44))
    y = _lines(canvas, told.shop_name, at=(80, 1085), width=920, height=62, color=AMBER, most=1)
    y = _lines(canvas, told.title, at=(80, y + 18), width=920, height=104, color=PAPER, most=3)
    _lines(canvas, told.when, at=(80, y + 26), width=920, height=54, color=LIME, most=2)
    code = _qr(told.address, side=230)
    canvas.alpha_composite(code, (width - 80 - code.width, height - 100 - code.height))
    _foot(canvas, left=80, bottom=height - 110, height=110)
    return canvas.convert("RGB")


# ---- parts -----------------------------------------------------------------------------------------


def _night(width: int, height: int, told: Announcement, *, unit: int, roof: int) -> Image.Image:
    canvas = drawings.plain(width, height, NIGHT)
    canvas = drawings.glow(canvas, at=(round(width * 0.72), round(height * 0.45)), radius=height // 3)
    stripes = STRIPES[told.awning % len(STRIPES)]
    drawings.awning(canvas, top=0, width=width, unit=unit, height=roof, stripes=stripes)
    ImageDraw.Draw(canvas).rectangle((0, height - 14, width, height), fill=LIME)
    return canvas


def _photos(
    canvas: Image.Image, told: Announcement, *, top: int, left: int, side: int, step: tuple[int, int]
) -> None:
    """Up to three prints on top of each other, the first one in front."""
    prints = [photo for photo in (_print(each, side) for each in told.photos) if photo is not None]
    tilts = (-3, 5, -8)
    for place in reversed(range(len(prints))):
        tilted = prints[place].rotate(tilts[place], Image.Resampling.BICUBIC, expand=True)
        canvas.alpha_composite(tilted, (left + place * step[0], top + place * step[1]))


def _print(photo: Picture, side: int) -> Image.Image | None:
    """A product's photo on white paper; a file that is gone leaves no hole."""
    try:
        with Image.open(rendition_path(photo.key, _width_of(photo), "webp")) as opened:
            picture = opened.convert("RGB")
    except (OSError, ValueError):
        return None
    edge = min(picture.size)
    left, top = (picture.width - edge) // 2, (picture.height - edge) // 2
    square = picture.crop((left, top, left + edge, top + edge)).resize((side, side), Image.Resampling.LANCZOS)
    paper = Image.new("RGBA", (side + 28, side + 28))  # a clear margin keeps tilted edges smooth
    ImageDraw.Draw(paper).rectangle((2, 2, side + 25, side + 25), fill=(255, 255, 255, 255))
    paper.paste(square, (14, 14))
    return paper


def _width_of(photo: Picture) -> int:
    wide_enough = [width for width in photo.widths if width >= PHOTO_WIDTH]
    return min(wide_enough) if wide_enough else max(photo.widths)


def _lines(
    canvas: Image.Image, text: str, *, at: tuple[int, int], width: int, height: int, color: Color, most: int
) -> int:
    """Write in lines of at most this width; where the next thing may stand."""
    face = ImageFont.truetype(str(FONT), height)
    pen = ImageDraw.Draw(canvas)
    x, y = at
    for line in _wrapped(_drawable(text), face, width=width, most=most):
        pen.text((x, y), line, font=face, fill=color)
        y += round(height * 1.08)
    return y


def _wrapped(text: str, face: ImageFont.FreeTypeFont, *, width: int, most: int) -> list[str]:
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and face.getlength(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    shown = [_cut(line, face, width) for line in lines[:most]]
    if len(lines) > most:
        shown[-1] = _cut(f"{shown[-1]}…", face, width)
    return shown


def _cut(line: str, face: ImageFont.FreeTypeFont, width: int) -> str:
    if face.getlength(line) <= width:
        return line
    while line and face.getlength(f"{line}…") > width:
        line = line[:-1]
    return f"{line}…"


def _drawable(text: str) -> str:
    """What the sign painter has letters for: accents are left away, pictures and other scripts too."""
    plain = unicodedata.normalize("NFKD", text)
    known = "".join(each for each in plain if " " <= each <= "~" or each in "·×–—‘’“”…−")
    return " ".join(known.split())


def _foot(canvas: Image.Image, *, left: int, bottom: int, height: int) -> None:
    """Where it is: the market's own sign."""
    word = drawings.lettering("Pasar", FONT, height=round(height * 0.56), color=PAPER)
    sign = drawings.sign_board("Malam", FONT, height=round(height * 0.8))
    middle = bottom - height // 2
    canvas.alpha_composite(word, (left, middle - word.height // 2))
    canvas.alpha_composite(sign, (left + word.width + height // 6, middle - sign.height // 2))


def _qr(address: str, *, side: int) -> Image.Image:
    drawn = io.BytesIO()
    segno.make(address, error="m").save(drawn, kind="png", scale=8, border=3, dark=_hex(INK), light="#fff")
    with Image.open(drawn) as code:
        return code.convert("RGBA").resize((side, side), Image.Resampling.NEAREST)


def _hex(color: Color) -> str:
    return "#{:02x}{:02x}{:02x}".format(*color)


def _keep(picture: Image.Image, path: Path) -> None:
    """A reader sees all of it or nothing."""
    with NamedTemporaryFile(dir=path.parent, prefix=".", delete=False) as unfinished:
        picture.save(unfinished, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    os.chmod(unfinished.name, 0o644)
    os.replace(unfinished.name, path)
