"""Who may call the addresses of shops and goods."""

from __future__ import annotations

from typing import Any

from catalog.models import ProductPhoto
from tests.access.rules import EVERYONE, MEMBERS, SELLER, SELLERS, Access
from tests.factories import make_photo

FORM = frozenset({"GET", "POST"})
POST = frozenset({"POST"})
OWNER = frozenset({SELLER})


def _product(world: Any) -> dict[str, Any]:
    return {"pk": world.product.pk}


def _variant(world: Any) -> dict[str, Any]:
    return {"pk": world.variant.pk}


def _photo(world: Any) -> dict[str, Any]:
    photo = ProductPhoto.objects.filter(product=world.product).first()
    return {"pk": (photo or make_photo(world.product)).pk}


ACCESS = {
    # Shoppers.
    "catalog:product": Access(
        EVERYONE, kwargs=lambda world: {"slug": world.product.slug, "pk": world.product.pk}
    ),
    "catalog:price_history": Access(
        EVERYONE, kwargs=lambda world: {"slug": world.product.slug, "pk": world.product.pk}
    ),
    "catalog:shop": Access(EVERYONE, kwargs=lambda world: {"slug": world.shop.slug}),
    "catalog:shop_qr": Access(EVERYONE, kwargs=lambda world: {"slug": world.shop.slug}),
    "catalog:search": Access(EVERYONE),
    # Sellers; who has no shop is led to open one.
    "catalog:seller_home": Access(MEMBERS),
    "catalog:shop_open": Access(MEMBERS, FORM),
    "catalog:slug_check": Access(MEMBERS),
    "catalog:shop_edit": Access(SELLERS, FORM),
    "catalog:product_list": Access(SELLERS),
    "catalog:product_new": Access(SELLERS, FORM),
    "catalog:product_edit": Access(OWNER, FORM, kwargs=_product),
    "catalog:product_withdraw": Access(OWNER, POST, kwargs=_product),
    "catalog:product_restore": Access(OWNER, POST, kwargs=_product),
    "catalog:photo_add": Access(OWNER, POST, kwargs=_product),
    "catalog:photo_move": Access(OWNER, POST, kwargs=_photo, fields=lambda world: {"place": 0}),
    "catalog:photo_remove": Access(OWNER, FORM, kwargs=_photo),
    "catalog:variant_new": Access(OWNER, FORM, kwargs=_product),
    "catalog:variant_edit": Access(OWNER, FORM, kwargs=_variant),
    "catalog:variant_withdraw": Access(OWNER, POST, kwargs=_variant),
    "catalog:variant_restore": Access(OWNER, POST, kwargs=_variant),
    "catalog:stock": Access(OWNER, FORM, kwargs=_variant, fields=lambda world: {"available": 9}),
    "catalog:restock": Access(OWNER, POST, kwargs=_variant, fields=lambda world: {"units": 3}),
}
