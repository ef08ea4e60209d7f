"""One way in for photos: strangers' files through a capped process, our own images directly."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile
from typing import Any, BinaryIO, Protocol

import structlog
from PIL import Image

from kit.pictures import headers, refusals, storage
from kit.pictures.picture import FORMATS, WIDTHS, Picture
from kit.pictures.renditions import check_size, describe, normalise, write_renditions

MOST_BYTES = 10 * 1000 * 1000
MOST_SECONDS = 30
CHILD = [sys.executable, "-P", "-m", "kit.pictures.child"]
ROOT = Path(__file__).resolve().parents[2]
# Decoders at work at once in this process: ten uploads wait in line instead of filling memory.
SLOTS = threading.BoundedSemaphore(2)

log = structlog.get_logger(__name__)


class Upload(Protocol):
    """What comes in: an open file or Django's `UploadedFile`."""

    def seek(self, offset: int, /) -> object: ...
    def read(self, size: int, /) -> bytes: ...


def accept(upload: Upload) -> Picture:
    """Check, clean and keep one uploaded photo, or raise a `PictureRefused` and keep nothing."""
    return accept_into(upload, keep_renditions)


def accept_into(upload: Upload, keep: Callable[[Picture, Path], None]) -> Picture:
    """The same, kept by whoever knows where."""
    with TemporaryFile() as photo, TemporaryDirectory(prefix="picture-") as workshop:
        _take_in(upload, photo)
        answer = _work_apart(photo, Path(workshop))
        picture = Picture(**{**answer, "widths": tuple(answer["widths"])})
        keep(picture, Path(workshop))
    return picture


def work_on(upload: Upload, *, task: str) -> dict[str, Any]:
    """What the apart process finds out about a photo that is not kept."""
    with TemporaryFile() as photo, TemporaryDirectory(prefix="picture-") as workshop:
        _take_in(upload, photo)
        return _work_apart(photo, Path(workshop), task)


def encode_image(image: Image.Image, *, widths: Iterable[int] = WIDTHS) -> Picture:
    """Keep an image of our own making, in the same files as an uploaded photo."""
    check_size(*image.size)
    base = normalise(image)
    picture = describe(base, widths=widths)
    if not _is_kept(picture):
        with TemporaryDirectory(prefix="picture-") as workshop:
            write_renditions(base, Path(workshop), widths=picture.widths)
            keep_renditions(picture, Path(workshop))
    return picture


def keep_renditions(picture: Picture, workshop: Path) -> None:
    """Keep what `write_renditions` wrote into the workshop."""
    for width in picture.widths:
        for fmt in FORMATS:
            storage.keep(workshop / f"{width}.{fmt}", key=picture.key, width=width, fmt=fmt)


def _take_in(upload: Upload, photo: BinaryIO) -> None:
    _copy_bounded(upload, photo)
    _refuse_by_header(photo)


def _copy_bounded(upload: Upload, photo: BinaryIO) -> None:
    upload.seek(0)
    content = upload.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise refusals.TooLarge
    photo.write(content)
    photo.flush()


def _refuse_by_header(photo: BinaryIO) -> None:
    """Turn away bombs and disguises at the door, before a process is started for them."""
    photo.seek(0)
    content = photo.read()
    if not headers.is_known(content[:16]):
        raise refusals.NotAPicture
    size = headers.claimed_size(content)
    if size is None:
        raise refusals.Damaged
    check_size(*size)
    if headers.carries_something_else(photo, content):
        raise refusals.Disguised


def _work_apart(photo: BinaryIO, workshop: Path, *task: str) -> dict[str, Any]:
    photo.seek(0)
    try:
        with SLOTS:
            child = subprocess.run(
                [*CHILD, *task],
                stdin=photo,
                capture_output=True,
                cwd=workshop,
                env={"PYTHONPATH": str(ROOT), "PATH": os.defpath},
                timeout=MOST_SECONDS,
            )
    except subprocess.TimeoutExpired as slow:
        raise refusals.Damaged from slow
    if child.returncode != 0:
        log.warning("picture_child_failed", code=child.returncode, stderr=child.stderr[-2000:])
        raise refusals.Damaged
    return _read_answer(child.stdout)


def _read_answer(stdout: bytes) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(stdout)
    if "refused" in answer:
        raise getattr(refusals, answer["refused"])
    return answer


def _is_kept(picture: Picture) -> bool:
    return all(
        storage.rendition_path(picture.key, width, fmt).exists()
        for width in picture.widths
        for fmt in FORMATS
    )
