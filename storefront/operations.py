"""What a seller does to goods that rooms may be showing at this moment: done, and told to the rooms."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from catalog import operations as catalog
from catalog.models import Product, Variant
from livestream import broadcasts


@transaction.atomic
def restock(variant: Variant, *, units: int) -> None:
    catalog.restock(variant, units=units)
    broadcasts.stock_changed([variant.pk])


@transaction.atomic
def set_stock(variant: Variant, *, available: int, seen: int | None) -> None:
    catalog.set_stock(variant, available=available, seen=seen)
    broadcasts.stock_changed([variant.pk])


@transaction.atomic
def add_variant(product: Product, *, fields: dict[str, Any]) -> Variant:
    variant = catalog.add_variant(product, **fields)
    broadcasts.stock_changed([variant.pk])
    return variant


@transaction.atomic
def edit_variant(variant: Variant, *, fields: dict[str, Any]) -> None:
    catalog.edit_variant(variant, **fields)
    broadcasts.price_changed([variant.pk])


@transaction.atomic
def withdraw_variant(variant: Variant) -> None:
    catalog.withdraw_variant(variant)
    broadcasts.stock_changed([variant.pk])


@transaction.atomic
def restore_variant(variant: Variant) -> None:
    catalog.restore_variant(variant)
    broadcasts.stock_changed([variant.pk])


@transaction.atomic
def withdraw_product(product: Product) -> None:
    catalog.withdraw_product(product)
    broadcasts.stock_changed(product.variants.values_list("pk", flat=True))


@transaction.atomic
def restore_product(product: Product) -> None:
    catalog.restore_product(product)
    broadcasts.stock_changed(product.variants.values_list("pk", flat=True))
