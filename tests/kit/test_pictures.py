"""A photo is taken in."""

import io
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageCms
from pytest_django.fixtures import Settings

from kit.pictures import FORMATS, WIDTHS, Picture, accept, encode_image, storage

RED, GREEN, BLUE, WHITE = (220, 30, 30), (30, 160, 60), (40, 60, 200), (255, 255, 255)
NEAR = 14


@pytest.fixture(autouse=True)
def media(settings: Settings, tmp_path: Path) -> Path:
    root = tmp_path / "media"
    settings.MEDIA_ROOT = root
    settings.MEDIA_URL = "/media/"
    return root


def file_of(image: Image.Image, fmt: str = "JPEG", **options: object) -> io.BytesIO:
    file = io.BytesIO()
    image.save(file, fmt, **options)
    return file


def flag(width: int = 400, height: int = 300, mode: str = "RGB") -> Image.Image:
    """Red on the left, blue on the right."""
    image = Image.new("RGB", (width, height), RED)
    image.paste(BLUE, (width // 2, 0, width, height))
    return image.convert(mode)


def noise(width: int, height: int) -> Image.Image:
    grain = np.random.default_rng(7).integers(0, 255, (height // 8, width // 8, 3), "uint8")
    return Image.fromarray(grain).resize((width, height), Image.Resampling.BICUBIC)


def kept(picture: Picture, width: int | None = None, fmt: str = "webp") -> Image.Image:
    path = storage.rendition_path(picture.key, width or max(picture.widths), fmt)
    return Image.open(path, formats=(fmt.upper(),))


def pixel(picture: Picture, x: float, y: float) -> tuple[int, ...]:
    image = kept(picture).convert("RGB")
    color = image.getpixel((int(x * image.width), int(y * image.height)))
    assert isinstance(color, tuple)
    return tuple(int(part) for part in color)


def is_near(color: tuple[int, ...], wanted: tuple[int, ...]) -> bool:
    return max(abs(a - b) for a, b in zip(color, wanted, strict=True)) <= NEAR


def test_keeps_every_width_in_both_formats(media):
    picture = accept(file_of(noise(1200, 900)))

    names = sorted(path.name for path in media.rglob("*") if path.is_file())
    assert names == sorted(f"{picture.key}-{width}.{fmt}" for width in WIDTHS for fmt in FORMATS)
    for width in WIDTHS:
        for fmt in FORMATS:
            assert kept(picture, width, fmt).size == (width, width * 3 // 4)


def test_describes_the_picture(media):
    picture = accept(file_of(flag(1000, 500)))

    assert (picture.width, picture.height, picture.widths) == (960, 480, WIDTHS)
    assert len(picture.key) == 32
    assert picture.lqip.startswith("data:image/webp;base64,")
    assert len(picture.lqip) < 320
    assert is_near(tuple(bytes.fromhex(picture.color[1:])), RED) or is_near(
        tuple(bytes.fromhex(picture.color[1:])), BLUE
    )
    assert (media / "pictures" / picture.key[:2]).is_dir()


def test_makes_nothing_wider_than_the_original(media):
    picture = accept(file_of(flag(500, 400)))

    assert picture.widths == (160, 320, 480)
    assert len(storage.paths(picture.key)) == 6


def test_takes_djangos_uploaded_file(media):
    upload = SimpleUploadedFile("../../evil.php", file_of(flag()).getvalue(), "text/html")

    picture = accept(upload)

    assert len(storage.paths(picture.key)) == 4


@pytest.mark.parametrize("fmt", ["JPEG", "PNG", "WEBP"])
def test_takes_each_format(media, fmt):
    picture = accept(file_of(flag(), fmt))

    assert is_near(pixel(picture, 0.25, 0.5), RED)
    assert is_near(pixel(picture, 0.75, 0.5), BLUE)


def test_the_same_pixels_have_the_same_key(media):
    first = accept(file_of(flag(), "PNG"))
    again = accept(file_of(flag(), "PNG", compress_level=1))
    other = accept(file_of(flag(404), "PNG"))

    assert first == again
    assert other.key != first.key


@pytest.mark.parametrize(
    ("orientation", "red_at"),
    [(1, (0.2, 0.5)), (2, (0.8, 0.5)), (3, (0.8, 0.5)), (6, (0.5, 0.2)), (8, (0.5, 0.8))],
)
def test_stands_upright_whatever_exif_says(media, orientation, red_at):
    exif = Image.Exif()
    exif[0x0112] = orientation

    picture = accept(file_of(flag(640, 480), exif=exif))

    assert (picture.width, picture.height) == ((480, 640) if orientation > 4 else (640, 480))
    assert is_near(pixel(picture, *red_at), RED)


def test_gives_away_neither_place_nor_camera(media):
    exif = Image.Exif()
    exif[0x010F] = "KAMERA-RAHASIA"
    exif.get_ifd(0x8825)[2] = (6.0, 12.0, 31.0)

    picture = accept(file_of(flag(), exif=exif, comment=b"ALAMAT-RAHASIA"))

    for path in storage.paths(picture.key):
        content = path.read_bytes()
        assert not any(mark in content for mark in (b"RAHASIA", b"Exif", b"EXIF", b"ICC"))
        assert not Image.open(path).getexif()


def test_colours_become_srgb_and_the_profile_goes(media):
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    # A profile whose red primary is blue and whose blue is red.
    swapped = srgb.replace(b"rXYZ", b"????", 1).replace(b"bXYZ", b"rXYZ", 1).replace(b"????", b"bXYZ", 1)

    picture = accept(file_of(flag(), icc_profile=swapped))

    assert is_near(pixel(picture, 0.25, 0.5), (30, 30, 220))
    assert "icc_profile" not in kept(picture, fmt="avif").info


def test_a_profile_that_does_not_fit_is_dropped(media):
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()

    for profile in (lab, b"no profile at all"):
        assert is_near(pixel(accept(file_of(flag(), icc_profile=profile)), 0.25, 0.5), RED)


def test_a_print_ready_cmyk_jpeg_keeps_its_colours(media):
    picture = accept(file_of(flag(mode="CMYK"), quality=95))

    assert is_near(pixel(picture, 0.25, 0.5), RED)


@pytest.mark.parametrize(("mode", "grey"), [("L", (128, 128, 128)), ("1", WHITE), ("LA", (128, 128, 128))])
def test_takes_grey_pictures(media, mode, grey):
    shade = Image.new("L", (300, 300), 128 if mode != "1" else 255).convert(mode)

    assert is_near(pixel(accept(file_of(shade, "PNG")), 0.5, 0.5), grey)


def test_sixteen_bits_become_eight_without_burning_out(media):
    deep = Image.fromarray(np.full((300, 300), 128 * 257, "uint16"))

    assert is_near(pixel(accept(file_of(deep, "PNG")), 0.5, 0.5), (128, 128, 128))


@pytest.mark.parametrize("mode", ["RGBA", "P"])
def test_puts_white_paper_under_what_is_transparent(media, mode):
    image = Image.new("RGBA", (400, 300), (0, 0, 0, 0))
    image.paste((*GREEN, 255), (200, 0, 400, 300))

    picture = accept(file_of(image.convert(mode), "PNG"))

    assert is_near(pixel(picture, 0.25, 0.5), WHITE)
    assert is_near(pixel(picture, 0.75, 0.5), GREEN)


def test_a_palette_picture_keeps_its_colours(media):
    picture = accept(file_of(flag().quantize(8), "PNG"))

    assert is_near(pixel(picture, 0.75, 0.5), BLUE)


@pytest.mark.parametrize("fmt", ["WEBP", "PNG"])
def test_the_first_frame_stands_for_an_animation(media, fmt):
    frames = [Image.new("RGB", (300, 300), color) for color in (GREEN, RED, BLUE)]

    picture = accept(file_of(frames[0], fmt, save_all=True, append_images=frames[1:]))

    assert is_near(pixel(picture, 0.5, 0.5), GREEN)
    assert getattr(kept(picture), "n_frames", 1) == 1


@pytest.mark.parametrize("make", [lambda: noise(1200, 900), lambda: flag(500, 400)])
def test_our_own_image_is_kept_like_an_upload(media, make):
    image = make()

    assert encode_image(image) == accept(file_of(image, "PNG"))


def test_our_own_image_can_be_kept_in_fewer_sizes(media):
    picture = encode_image(noise(960, 960), widths=(320, 960))

    assert picture.widths == (320, 960)
    assert len(storage.paths(picture.key)) == 4


def test_the_address_is_the_smallest_that_is_wide_enough(media):
    picture = Picture("ab" * 16, 640, 480, "#000000", "", (160, 320, 640))

    assert picture.url(320, "avif") == f"/media/pictures/ab/{'ab' * 16}-320.avif"
    assert picture.url(400).endswith("-640.webp")
    assert picture.url(960).endswith("-640.webp")
    assert picture.srcset("avif").split(", ")[0] == f"{picture.url(160, 'avif')} 160w"


@pytest.mark.parametrize("key", ["", "../../etc/passwd", "AB" * 16, "a" * 33])
def test_only_keys_lead_to_files(media, key):
    with pytest.raises(ValueError, match="not a picture key"):
        storage.paths(key)


@pytest.fixture(autouse=True)
def workshop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Temporary files go where this test can see them, and are gone when it ends."""
    place = tmp_path / "temporary"
    place.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(place))
    yield
    assert list(place.iterdir()) == []
