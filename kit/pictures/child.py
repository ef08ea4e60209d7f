"""The process that decodes one stranger's photo, with little to lose.

Standard input is the photo, the working directory takes the renditions, standard output answers
with one JSON object. It has no secrets in its environment and the kernel holds its limits.
"""

import contextlib
import dataclasses
import json
import resource
import sys
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

from PIL import Image, UnidentifiedImageError

from kit.pictures.picture import WIDTHS
from kit.pictures.refusals import Damaged, NotAPicture, PictureRefused, TooManyPixels
from kit.pictures.renditions import MOST_PIXELS, PAPER, check_size, normalise, write_renditions

MEGABYTE = 1024 * 1024
LARGE_ENOUGH = 2400  # pixels along the longer side, for reading a code
LIMITS = (
    (resource.RLIMIT_AS, 1024 * MEGABYTE),
    (resource.RLIMIT_CPU, 20),
    (resource.RLIMIT_FSIZE, 16 * MEGABYTE),
    (resource.RLIMIT_NOFILE, 32),
    (resource.RLIMIT_CORE, 0),
)


def main() -> None:
    _accept_limits()
    try:
        answer = TASKS[" ".join(sys.argv[1:])](sys.stdin.buffer)
    except PictureRefused as refusal:
        answer = {"refused": type(refusal).__name__}
    json.dump(answer, sys.stdout)


def _render(photo: BinaryIO) -> dict[str, Any]:
    base = _decode(photo, normalise)
    return dataclasses.asdict(write_renditions(base, Path.cwd(), widths=WIDTHS))


def _read_codes(photo: BinaryIO) -> dict[str, Any]:
    """A small code on a large photo needs more pixels than pages show."""
    import zxingcpp  # only here: the other task does without it

    grey = _decode(photo, _for_reading)
    found = zxingcpp.read_barcodes(grey, formats=zxingcpp.BarcodeFormat.QRCode)
    return {"codes": [code.text for code in found]}


def _for_reading(image: Image.Image) -> Image.Image:
    image.draft("L", (LARGE_ENOUGH, LARGE_ENOUGH))
    image.load()
    flat = Image.new("RGB", image.size, PAPER)
    colours = image.convert("RGBA")
    flat.paste(colours, mask=colours.getchannel("A"))
    flat.thumbnail((LARGE_ENOUGH, LARGE_ENOUGH))
    return flat.convert("L")


TASKS: dict[str, Callable[[BinaryIO], dict[str, Any]]] = {"": _render, "codes": _read_codes}


def _accept_limits() -> None:
    for limit, most in LIMITS:
        # macOS knows no limit on address space; the others hold there too.
        with contextlib.suppress(ValueError):
            resource.setrlimit(limit, (most, most))


def _decode(file: BinaryIO, make: Callable[[Image.Image], Image.Image]) -> Image.Image:
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    try:
        with Image.open(file, formats=("JPEG", "PNG", "WEBP")) as image:
            check_size(*image.size)
            return make(image)
    except PictureRefused:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
        raise TooManyPixels from bomb
    except UnidentifiedImageError as unknown:
        raise NotAPicture from unknown
    except Exception as failure:
        # A decoder may raise anything on a broken file.
        raise Damaged from failure


if __name__ == "__main__":
    main()
