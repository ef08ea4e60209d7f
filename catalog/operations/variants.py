"""Variants: sizes, tastes and colours with their codes and prices."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone

from audit.models import Act
from audit.operations import record
from catalog.models import Product, Stock, Variant

MEASURES = frozenset({"cost", "weight", "length", "width", "height"})


class SkuTaken(Exception):
    """Another variant of the shop has this SKU."""


class LiveCodeTaken(Exception):
    """Another variant of the shop has this live code."""


@transaction.atomic
def add_variant(
    product: Product,
    *,
    name: str,
    sku: str,
    live_code: str,
    price: int,
    available: int,
    **measures: int | None,
) -> Variant:
    """`measures` are what a piece cost, weight, length, width and height, as far as they are known."""
    last = product.variants.aggregate(last=Max("position"))["last"]
    variant = Variant(
        product=product,
        shop_id=product.shop_id,
        name=name,
        sku=sku,
        live_code=live_code,
        price=price,
        position=0 if last is None else last + 1,
        **_known(measures),
    )
    _save_unless_taken(variant)
    Stock.objects.create(variant=variant, initial=available, available=available)
    return variant


@transaction.atomic
def edit_variant(
    variant: Variant, *, name: str, sku: str, live_code: str, price: int, **measures: int | None
) -> None:
    """Change names, codes, price and measures. The stock is not touched here."""
    listed = Variant.objects.select_for_update(no_key=True).values_list("price", flat=True).get(pk=variant.pk)
    if listed != price:
        before, after = {"harga": listed}, {"harga": price}
        record(Act.PRICE, about=str(variant), shop_id=variant.shop_id, before=before, after=after)
    variant.name, variant.sku, variant.live_code, variant.price = name, sku, live_code, price
    for measure, value in _known(measures).items():
        setattr(variant, measure, value)
    _save_unless_taken(variant, update_fields=["name", "sku", "live_code", "price", *measures])


def _known(measures: dict[str, int | None]) -> dict[str, int | None]:
    if strange := measures.keys() - MEASURES:
        raise TypeError(f"no measures of a variant: {sorted(strange)}")
    return measures


def withdraw_variant(variant: Variant) -> None:
    Variant.objects.filter(pk=variant.pk, withdrawn_at__isnull=True).update(withdrawn_at=timezone.now())


def restore_variant(variant: Variant) -> None:
    Variant.objects.filter(pk=variant.pk).update(withdrawn_at=None)


def _save_unless_taken(variant: Variant, *, update_fields: list[str] | None = None) -> None:
    try:
        with transaction.atomic():
            variant.save(update_fields=update_fields)
    except IntegrityError as clash:
        if "catalog_a_sku_names_one_variant" in str(clash):
            raise SkuTaken from clash
        if "catalog_a_live_code_names_one_variant" in str(clash):
            raise LiveCodeTaken from clash
        raise
