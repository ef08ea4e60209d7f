"""From any photo to plain sRGB pixels, and from those to the files pages use."""

import base64
import hashlib
import io
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from PIL import Image, ImageCms

from kit.pictures.picture import FORMATS, WIDTHS, Picture
from kit.pictures.refusals import OddShape, TooManyPixels, TooSmall

MOST_PIXELS = 25_000_000
SHORTEST_SIDE = 200
LONGEST_RATIO = 4
Options = Mapping[str, Mapping[str, Any]]
CAREFUL: Options = {
    "avif": {"quality": 50, "speed": 8, "max_threads": 1},
    "webp": {"quality": 72, "method": 4},
}
# A quarter of the time for a tenth more bytes: for many pictures at once.
QUICK: Options = {
    "avif": {"quality": 50, "speed": 9, "max_threads": 1},
    "webp": {"quality": 72, "method": 2},
}
ORIENTATION = 0x0112
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
LYING = frozenset({5, 6, 7, 8})
PAPER = (255, 255, 255)
SRGB = ImageCms.createProfile("sRGB")


def check_size(width: int, height: int) -> None:
    """Refuse, before decoding, what is too much or too little to work with."""
    if width * height > MOST_PIXELS:
        raise TooManyPixels
    if min(width, height) < SHORTEST_SIDE:
        raise TooSmall
    if max(width, height) > LONGEST_RATIO * min(width, height):
        raise OddShape


def normalise(image: Image.Image) -> Image.Image:
    """Upright, sRGB, opaque, no wider than the widest rendition, with no metadata.

    It shrinks first: what follows then costs little, whatever came in.
    """
    orientation = image.getexif().get(ORIENTATION, 1)
    profile = image.info.get("icc_profile")
    shrunk = _shrink(image, is_lying=orientation in LYING)
    plain = _flatten(_to_srgb(shrunk, profile))
    if orientation in TURNS:
        plain = plain.transpose(TURNS[orientation])
    plain.info.clear()
    return plain


def write_renditions(
    base: Image.Image, directory: Path, *, widths: Iterable[int], options: Options = CAREFUL
) -> Picture:
    """Write every size in every format as `<width>.<format>` and describe the picture."""
    picture = describe(base, widths=widths)
    for width in picture.widths:
        rendition = (
            base
            if width == base.width
            else base.resize((width, _scaled(base.height, width, base.width)), Image.Resampling.LANCZOS)
        )
        for fmt in FORMATS:
            rendition.save(directory / f"{width}.{fmt}", **options[fmt])
    return picture


def describe(base: Image.Image, *, widths: Iterable[int]) -> Picture:
    return Picture(
        key=_key(base),
        width=base.width,
        height=base.height,
        color=_dominant_color(base),
        lqip=_placeholder(base),
        widths=tuple(width for width in sorted(widths) if width <= base.width),
    )


def _shrink(image: Image.Image, *, is_lying: bool) -> Image.Image:
    across, along = (image.height, image.width) if is_lying else image.size
    width = max(step for step in WIDTHS if step <= across)
    size = (width, _scaled(along, width, across))
    target = (size[1], size[0]) if is_lying else size
    # A JPEG decodes straight to a half or a quarter: less time, less memory.
    image.draft("RGB", (target[0] * 2, target[1] * 2))
    image.load()
    return _resizable(image).resize(target, Image.Resampling.LANCZOS, reducing_gap=2.0)


def _resizable(image: Image.Image) -> Image.Image:
    """The same picture in a mode that can be averaged: no palette, no 16 bits, no bitmap."""
    if image.mode.startswith("I"):
        return image.point(lambda value: value * (1 / 256)).convert("L")
    if image.mode == "P":
        return image.convert("RGBA" if "transparency" in image.info else "RGB")
    if image.mode in ("1", "PA", "La", "RGBa"):
        return image.convert("RGBA" if "a" in image.mode.lower() else "L")
    if "transparency" in image.info:
        return image.convert("RGBA")
    return image


def _to_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    if not profile:
        return image
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        if image.mode in ("RGB", "CMYK", "L"):
            return ImageCms.profileToProfile(image, source, SRGB, outputMode="RGB") or image
        if image.mode == "RGBA":
            return ImageCms.profileToProfile(image, source, SRGB, outputMode="RGBA") or image
    except (ImageCms.PyCMSError, OSError):
        # A profile that does not fit its picture says nothing: take the colours as sRGB.
        return image
    return image


def _flatten(image: Image.Image) -> Image.Image:
    """White paper under whatever is transparent."""
    if image.mode not in ("RGBA", "LA"):
        return image.convert("RGB")
    paper = Image.new("RGB", image.size, PAPER)
    paper.paste(image.convert("RGB"), mask=image.getchannel("A"))
    return paper


def _scaled(length: int, width: int, of_width: int) -> int:
    return max(1, round(length * width / of_width))


def _key(base: Image.Image) -> str:
    pixels = hashlib.sha256(f"{base.width}x{base.height}:".encode())
    pixels.update(base.tobytes())
    return pixels.hexdigest()[:32]


def _dominant_color(base: Image.Image) -> str:
    few = base.resize((48, 48), Image.Resampling.BOX).quantize(6)
    counts = few.histogram()
    most_common = 3 * counts.index(max(counts))
    return "#" + bytes((few.getpalette() or [])[most_common : most_common + 3]).hex()


def _placeholder(base: Image.Image) -> str:
    tiny = base.resize((16, _scaled(base.height, 16, base.width)), Image.Resampling.BOX)
    file = io.BytesIO()
    tiny.save(file, "WEBP", quality=20, method=6)
    return "data:image/webp;base64," + base64.b64encode(file.getvalue()).decode()
