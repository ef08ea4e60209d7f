"""Photos of a product and their order."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from catalog.models import Product, ProductPhoto
from kit.pictures import Picture
from kit.pictures.intake import Upload
from kit.pictures.rows import accept_some, columns_of

MOST_PHOTOS = 8


class TooManyPhotos(Exception):
    """A product shows at most MOST_PHOTOS photos."""


def add_photos(product: Product, *, uploads: Sequence[Upload]) -> list[ProductPhoto]:
    """Take all of them in, or none."""
    if product.photos.count() + len(uploads) > MOST_PHOTOS:
        raise TooManyPhotos
    return keep_photos(product, pictures=accept_some(uploads))


@transaction.atomic
def keep_photos(product: Product, *, pictures: Sequence[Picture]) -> list[ProductPhoto]:
    """Hang pictures that were taken in behind those the product has."""
    kept = _lock_photos(product)
    if len(kept) + len(pictures) > MOST_PHOTOS:
        raise TooManyPhotos
    return ProductPhoto.objects.bulk_create(
        ProductPhoto(product=product, position=len(kept) + place, **columns_of(picture))
        for place, picture in enumerate(pictures)
    )


@transaction.atomic
def move_photo(photo: ProductPhoto, *, place: int) -> None:
    """Put a photo at a place counted from 0; the first is the one on cards."""
    others = [other for other in _lock_photos(photo.product) if other.pk != photo.pk]
    others.insert(max(0, place), photo)
    _renumber(others)


@transaction.atomic
def remove_photo(photo: ProductPhoto) -> None:
    """Take a photo off the product. Its files stay, because orders go on showing what was bought."""
    remaining = [other for other in _lock_photos(photo.product) if other.pk != photo.pk]
    photo.delete()
    _renumber(remaining)


def _lock_photos(product: Product) -> list[ProductPhoto]:
    """The product's row stands for the list, so that two uploads do not take the same place."""
    Product.objects.select_for_update(no_key=True).get(pk=product.pk)
    return list(ProductPhoto.objects.filter(product=product).order_by("position", "pk"))


def _renumber(photos: Sequence[ProductPhoto]) -> None:
    for place, photo in enumerate(photos):
        photo.position = place
    ProductPhoto.objects.bulk_update(photos, ["position"])
