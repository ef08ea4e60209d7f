"""The demo market's art is drawn."""

import subprocess
import sys
import time

import numpy as np
import pytest
from PIL import Image

from demo.art import (
    KINDS,
    PALETTES,
    Artwork,
    Label,
    draw_artwork,
    draw_portrait,
    draw_poster,
    draw_product,
    draw_shop_banner,
)
from demo.art.emblems import EMBLEMS
from demo.art.gallery import keep_artworks
from demo.art.lettering import FACES, fitted, font
from demo.art.patterns import PATTERNS, cloth
from demo.art.stage import finish
from demo.art.surfaces import SURFACES, surface
from kit.pictures import WIDTHS, storage

CHILI = PALETTES["chili"]


def difference(one: Image.Image, other: Image.Image) -> float:
    pair = [np.asarray(image.convert("RGB"), np.float32) for image in (one, other)]
    return float(np.abs(pair[0] - pair[1]).mean())


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_a_picture_with_contrast(kind):
    picture = draw_product(kind, 3, CHILI)

    pixels = np.asarray(picture, np.float32)
    assert picture.size == (960, 960)
    assert picture.mode == "RGB"
    assert 35 < pixels.mean() < 215
    assert pixels.std() > 30


def test_one_bulb_lights_the_stall_warm_near_it_and_blue_away_from_it():
    lit = np.asarray(finish(Image.new("RGB", (960, 960), (120, 120, 120)), seed=1), np.float32)

    near, away = lit[300:420, 300:420].mean(axis=(0, 1)), lit[-80:, -80:].mean(axis=(0, 1))
    assert near.mean() > 1.4 * away.mean()
    assert near[0] > near[2]
    assert away[0] < away[2]


def test_the_same_seed_draws_the_same_pixels():
    first = draw_product("pouch", 5, CHILI)

    assert first.tobytes() == draw_product("pouch", 5, CHILI).tobytes()


def test_the_same_seed_draws_the_same_pixels_in_another_process():
    script = (
        "import hashlib; from demo.art import *;"
        "print(hashlib.sha256(draw_product('jar', 4, PALETTES['sea']).tobytes()).hexdigest())"
    )
    runs = [
        subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
        for _ in range(2)
    ]

    assert runs[0] == runs[1]


def test_seed_and_palette_each_change_the_picture():
    picture = draw_product("scarf", 2, CHILI)

    assert difference(picture, draw_product("scarf", 9, CHILI)) > 8
    assert difference(picture, draw_product("scarf", 2, PALETTES["sea"])) > 8


def test_the_label_is_on_the_packet():
    plain, named = (
        draw_product("pouch", 2, CHILI, label=Label("Siger", name)) for name in ("Keripik", "Kemplang")
    )

    changed = np.abs(np.asarray(plain, np.float32) - np.asarray(named, np.float32)).mean(axis=2) > 40
    rows, columns = np.nonzero(changed)
    assert changed.sum() > 3_000
    assert rows.min() > 120
    assert rows.max() < 840
    assert columns.min() > 200
    assert columns.max() < 760


def test_a_picture_can_have_another_size():
    assert draw_product("cup", 1, CHILI, (320, 320)).size == (320, 320)


@pytest.mark.parametrize("pattern", PATTERNS)
def test_cloth_repeats_without_a_seam(pattern):
    side = 160
    pixels = np.asarray(
        cloth(pattern, size=(2 * side, 2 * side), repeat=side, seed=1, palette=CHILI), np.float32
    )

    assert (pixels[:side, :side] == pixels[side:, side:]).all()
    inside = np.abs(np.diff(pixels[:, :side], axis=1)).mean(axis=(0, 2)).max()
    seam = np.abs(pixels[:, side] - pixels[:, side - 1]).mean()
    assert seam <= 1.6 * inside


@pytest.mark.parametrize("name", SURFACES)
def test_every_surface_has_texture(name):
    assert surface(name, 1, CHILI).std() > 6


def test_letters_stay_inside_their_place():
    for face in FACES:
        letters = fitted("Keripik\nSingkong", face=face, width=200, height=90)
        widest = max(letters.getlength(line) for line in ("Keripik", "Singkong"))
        assert widest <= 204


def test_fonts_know_every_letter_the_content_uses():
    from demo.content import SHOPS

    words = {letter for shop in SHOPS for product in shop.products for letter in product.artwork.name}
    words |= {letter for shop in SHOPS for letter in shop.name + shop.products[0].artwork.brand}
    for face in (*FACES, "small"):
        missing = font(face, 40).getmask("\uffff").getbbox()
        for letter in words - {" "}:
            mask = font(face, 40).getmask(letter)
            assert mask.getbbox() is not None, (face, letter)
            assert missing is None or mask.tobytes() != font(face, 40).getmask("\uffff").tobytes()


def test_emblems_are_not_empty():
    from demo.art.emblems import emblem

    for name in EMBLEMS:
        image = Image.new("RGB", (120, 120), (255, 255, 255))
        emblem(image, name, middle=(60, 60), size=50, palette=CHILI)
        assert difference(image, Image.new("RGB", (120, 120), (255, 255, 255))) > 10, name


def test_signs_keepers_and_posters_have_the_sizes_pages_ask_for():
    product = draw_product("jar", 1, CHILI, (480, 480))

    assert draw_shop_banner("Dabu Tikala", 1, CHILI).size == (1280, 480)
    assert draw_portrait(1, CHILI).size == (480, 480)
    assert draw_poster("Sambal malam ini", "Dabu Tikala", 1, CHILI, product).size == (540, 960)
    assert draw_poster("Tanpa gambar", "Dabu Tikala", 1, CHILI).size == (540, 960)


def test_a_product_is_drawn_in_the_time_a_first_start_can_spare():
    draw_product("pouch", 1, CHILI)

    started = time.process_time()
    for kind in ("pouch", "jar", "scarf", "basket"):
        draw_product(kind, 1, CHILI)

    assert (time.process_time() - started) / 4 < 0.9


def test_the_gallery_keeps_every_picture_in_order(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    artworks = [Artwork("cup", 1, "sea"), Artwork("bowl", 2, "chili"), Artwork("cap", 3, "coffee")]

    pictures = list(keep_artworks(artworks, workers=2))

    assert len({picture.key for picture in pictures}) == 3
    for artwork, picture in zip(artworks, pictures, strict=True):
        assert picture.widths == WIDTHS
        assert len(storage.paths(picture.key)) == 10
        kept = Image.open(storage.rendition_path(picture.key, 320, "webp"))
        assert difference(kept, draw_artwork(artwork).resize((320, 320))) < 6
