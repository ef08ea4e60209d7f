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
from pathlib import Path
from typing import BinaryIO

from PIL import Image, UnidentifiedImageError

from kit.pictures.picture import WIDTHS
from kit.pictures.refusals import Damaged, NotAPicture, PictureRefused, TooManyPixels
from kit.pictures.renditions import MOST_PIXELS, check_size, normalise, write_renditions

MEGABYTE = 1024 * 1024
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
        base = _decode(sys.stdin.buffer)
        answer = dataclasses.asdict(write_renditions(base, Path.cwd(), widths=WIDTHS))
    except PictureRefused as refusal:
        answer = {"refused": type(refusal).__name__}
    json.dump(answer, sys.stdout)


def _accept_limits() -> None:
    for limit, most in LIMITS:
        # macOS knows no limit on address space; the others hold there too.
        with contextlib.suppress(ValueError):
            resource.setrlimit(limit, (most, most))


def _decode(file: BinaryIO) -> Image.Image:
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    try:
        with Image.open(file, formats=("JPEG", "PNG", "WEBP")) as image:
            check_size(*image.size)
            return normalise(image)
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
