"""A photo is refused, and leaves nothing behind."""

import io
import struct
import sys
import time
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from pytest_django.fixtures import Settings

from kit.pictures import (
    Damaged,
    Disguised,
    NotAPicture,
    OddShape,
    PictureRefused,
    TooLarge,
    TooManyPixels,
    TooSmall,
    accept,
    intake,
)


@pytest.fixture(autouse=True)
def nothing_left(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    settings.MEDIA_ROOT = tmp_path / "media"
    place = tmp_path / "temporary"
    place.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(place))
    yield
    assert list(place.iterdir()) == []
    assert not settings.MEDIA_ROOT.exists()


def refusal_of(content: bytes) -> type[PictureRefused]:
    with pytest.raises(PictureRefused) as refusal:
        accept(io.BytesIO(content))
    assert str(refusal.value) == str(type(refusal.value).sentence)
    return type(refusal.value)


def photo(fmt: str = "JPEG", size: tuple[int, int] = (400, 300), **options: object) -> bytes:
    file = io.BytesIO()
    grain = np.random.default_rng(3).integers(0, 255, (size[1], size[0], 3), "uint8")
    Image.fromarray(grain).save(file, fmt, **options)
    return file.getvalue()


def png_bomb(width: int, height: int) -> bytes:
    """One bit per pixel, all of them black: a few kilobytes that want gigabytes."""
    row = bytes(1 + (width + 7) // 8)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        (
            chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)),
            chunk(b"IDAT", zlib.compress(row * height, 9)),
            chunk(b"IEND", b""),
        )
    )


def chunk(kind: bytes, content: bytes) -> bytes:
    crc = zlib.crc32(kind + content)
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", crc)


def archive() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        packed.writestr("run.sh", "rm -rf /")
    return file.getvalue()


@pytest.mark.parametrize(
    "content",
    [b"", b"halo, ini bukan foto\n" * 50, b"%PDF-1.7\n", b"GIF89a" + bytes(900), b"<svg/>", b"BM"],
)
def test_what_is_not_a_picture(content):
    assert refusal_of(content) is NotAPicture


def test_a_format_we_do_not_take():
    assert refusal_of(photo("TIFF")) is NotAPicture


def test_a_bomb_before_anything_is_decoded(monkeypatch):
    monkeypatch.setattr("subprocess.run", None)
    bomb = png_bomb(20_000, 20_000)
    assert len(bomb) < 100_000

    started = time.perf_counter()
    assert refusal_of(bomb) is TooManyPixels
    assert time.perf_counter() - started < 0.1


def test_a_bomb_that_hides_its_size_from_the_door(monkeypatch):
    monkeypatch.setattr("kit.pictures.headers.claimed_size", lambda content: (400, 400))

    assert refusal_of(png_bomb(16_000, 16_000)) is TooManyPixels
    assert refusal_of(png_bomb(5_100, 5_100)) is TooManyPixels


@pytest.mark.parametrize("fmt", ["JPEG", "WEBP", "PNG"])
def test_one_pixel_row_more_than_we_take(fmt):
    options = {"quality": 5} if fmt != "PNG" else {}
    file = io.BytesIO()
    Image.new("L", (5_000, 5_001)).convert("RGB").save(file, fmt, **options)

    assert refusal_of(file.getvalue()) is TooManyPixels


def test_two_hundred_megabytes_are_not_even_read():
    class Endless(io.RawIOBase):
        read_bytes = 0

        def seek(self, *_):
            return 0

        def read(self, size=-1):
            assert 0 < size <= intake.MOST_BYTES + 1
            self.read_bytes += size
            return b"\xff\xd8\xff" + bytes(size - 3)

    with pytest.raises(TooLarge):
        accept(Endless())


@pytest.mark.parametrize("fmt", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("kept", [0.04, 0.5, 0.97])
def test_a_file_cut_short(fmt, kept):
    whole = photo(fmt)

    assert refusal_of(whole[: int(len(whole) * kept)]) is Damaged


def test_a_file_with_a_hole_in_it():
    whole = bytearray(photo("PNG"))
    middle = len(whole) // 2
    whole[middle : middle + 4000] = bytes(4000)

    assert refusal_of(bytes(whole)) is Damaged


@pytest.mark.parametrize(
    "extra",
    [
        b"<html><body onload=alert(1)>",
        b"<SCRIPT>alert(1)</SCRIPT>",
        b"<?php system($_GET['c']); ?>",
        b"<!DOCTYPE html>",
        b'<svg onload="alert(1)">',
        archive(),
    ],
)
@pytest.mark.parametrize("fmt", ["JPEG", "PNG", "WEBP"])
def test_a_photo_that_is_also_something_else(fmt, extra):
    assert refusal_of(photo(fmt) + extra) is Disguised


def test_a_page_inside_a_photos_comment():
    assert refusal_of(photo(comment=b"<script >alert(1)</script>")) is Disguised


@pytest.mark.parametrize(
    ("size", "refusal"),
    [
        ((199, 300), TooSmall),
        ((300, 199), TooSmall),
        ((1_300, 300), OddShape),
        ((200, 900), OddShape),
    ],
)
def test_a_shape_we_cannot_show(size, refusal):
    assert refusal_of(photo(size=size)) is refusal


def test_a_photo_that_takes_too_long(monkeypatch):
    monkeypatch.setattr(intake, "MOST_SECONDS", 0.01)

    assert refusal_of(photo()) is Damaged


def test_a_photo_whose_process_dies(monkeypatch):
    monkeypatch.setattr(intake, "CHILD", [sys.executable, "-c", "import os; os.abort()"])

    assert refusal_of(photo()) is Damaged
