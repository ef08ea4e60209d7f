"""Photos: taken in whole or not at all, and kept in order."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from PIL import Image

from catalog.models import ProductPhoto
from catalog.operations import MOST_PHOTOS, TooManyPhotos, add_photos, move_photo, remove_photo
from kit.pictures import NotAPicture, TooLarge, accept
from kit.pictures.intake import MOST_BYTES
from kit.uploads import BoundedUploadHandler
from tests.factories import make_photo, make_product

pytestmark = pytest.mark.django_db


def photo_file(color: str = "tomato", name: str = "foto.png") -> SimpleUploadedFile:
    content = io.BytesIO()
    Image.new("RGB", (400, 400), color).save(content, "PNG")
    return SimpleUploadedFile(name, content.getvalue(), "image/png")


def keys_of(product) -> list[str]:
    return list(product.photos.order_by("position").values_list("key", flat=True))


def files_kept(settings) -> list[Path]:
    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


def test_photos_hang_behind_those_there_are(settings):
    product = make_product()
    make_photo(product)

    add_photos(product, uploads=[photo_file("tomato"), photo_file("teal")])

    photos = list(product.photos.order_by("position"))
    assert [photo.position for photo in photos] == [0, 1, 2]
    assert all(Path(settings.MEDIA_ROOT, photo.picture.url(320)[7:]).exists() for photo in photos[1:])


def test_one_refused_photo_means_that_none_is_shown():
    product = make_product()

    with pytest.raises(NotAPicture):
        add_photos(product, uploads=[photo_file(), SimpleUploadedFile("foto.jpg", b"halo " * 99)])

    assert not product.photos.exists()


def test_a_refused_neighbour_does_not_delete_a_picture_that_is_shown(settings):
    product = make_product()
    add_photos(product, uploads=[photo_file("teal")])
    before = files_kept(settings)

    with pytest.raises(NotAPicture):
        add_photos(make_product(), uploads=[photo_file("teal"), SimpleUploadedFile("x.jpg", b"x" * 99)])

    assert files_kept(settings) == before


def test_a_product_shows_only_so_many(settings):
    product = make_product()
    for _ in range(MOST_PHOTOS):
        make_photo(product)

    with pytest.raises(TooManyPhotos):
        add_photos(product, uploads=[photo_file()])

    assert product.photos.count() == MOST_PHOTOS
    assert files_kept(settings) == []


@pytest.mark.parametrize(("place", "order"), [(0, "cab"), (1, "acb"), (2, "abc"), (99, "abc"), (-1, "cab")])
def test_a_photo_moves_to_a_place(place, order):
    product = make_product()
    photos = {letter: make_photo(product, key=letter * 32) for letter in "abc"}

    move_photo(photos["c"], place=place)

    assert "".join(key[0] for key in keys_of(product)) == order
    assert list(product.photos.order_by("position").values_list("position", flat=True)) == [0, 1, 2]


def test_the_rest_close_up_when_one_is_removed():
    product = make_product()
    first, *_ = [make_photo(product, key=letter * 32) for letter in "abc"]

    remove_photo(first)

    assert list(product.photos.order_by("position").values_list("key", "position")) == [
        ("b" * 32, 0),
        ("c" * 32, 1),
    ]
    assert ProductPhoto.objects.count() == 2


def test_only_the_beginning_of_a_huge_file_is_kept():
    """200 MB go by; what stays is just enough to see that it is too much."""
    bounded, keeping = BoundedUploadHandler(), TemporaryFileUploadHandler()
    chunk = b"x" * 65_536
    for handler in (bounded, keeping):
        handler.new_file("photos", "foto.jpg", "image/jpeg", None)

    for start in range(0, 200 * 1000 * 1000, len(chunk)):
        passed = bounded.receive_data_chunk(chunk, start)
        if passed is not None:
            keeping.receive_data_chunk(passed, start)
    kept = keeping.file_complete(200 * 1000 * 1000)

    assert kept is not None
    kept.seek(0, io.SEEK_END)
    assert MOST_BYTES < kept.tell() <= MOST_BYTES + 2 * len(chunk)
    with pytest.raises(TooLarge):
        accept(kept)
