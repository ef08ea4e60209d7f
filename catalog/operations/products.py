"""Products: what they are called, and whether they are sold."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from catalog.models import Product, Shop
from catalog.operations.photos import MOST_PHOTOS, TooManyPhotos, keep_photos
from catalog.operations.variants import add_variant
from catalog.queries import free_live_code, free_sku
from kit.pictures.intake import Upload
from kit.pictures.rows import accept_some


def create_product(
    shop: Shop,
    *,
    fields: dict[str, Any],
    price: int,
    available: int,
    uploads: Sequence[Upload] = (),
) -> Product:
    """A new product with its photos and its first variant, which has no name until there is a second.

    `fields` is the cleaned content of a ProductForm. When a photo is refused there is no product either.
    """
    if len(uploads) > MOST_PHOTOS:
        raise TooManyPhotos
    pictures = accept_some(uploads)
    with transaction.atomic():
        product = Product.objects.create(shop=shop, slug=product_slug(fields["name"]), **fields)
        keep_photos(product, pictures=pictures)
        add_variant(
            product,
            name="",
            sku=free_sku(product),
            live_code=free_live_code(shop),
            price=price,
            available=available,
        )
    return product


def edit_product(product: Product, *, fields: dict[str, Any]) -> None:
    """Change the words. Prices and stock are not touched here."""
    for name, value in fields.items():
        setattr(product, name, value)
    product.slug = product_slug(product.name)
    product.save(update_fields=[*fields, "slug"])


def withdraw_product(product: Product) -> None:
    """Sell it no more; running orders are kept."""
    Product.objects.filter(pk=product.pk, withdrawn_at__isnull=True).update(withdrawn_at=timezone.now())


def restore_product(product: Product) -> None:
    Product.objects.filter(pk=product.pk).update(withdrawn_at=None)


def product_slug(name: str) -> str:
    return slugify(name)[:90].strip("-") or "produk"
