"""What a shop sees of the creators who sell for it, and of what they would cost."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

from django.db.models import Count, F, QuerySet, Sum

from affiliates.arithmetic import commission
from affiliates.models import CommissionRate
from affiliates.queries.desk import commission_rows
from affiliates.queries.offers import products_with_rates
from catalog.models import Product, Shop, Variant

if TYPE_CHECKING:
    from affiliates.queries.offers import OfferedProduct

MOST_EXAMPLES = 5
MOST_CREATORS = 50


@dataclass(frozen=True)
class Example:
    """What one sale would pay whom."""

    name: str
    price: int
    creator: int
    shop: int


def examples(shop: Shop, *, product: Product | None, rate_bp: int, at: datetime) -> list[Example]:
    """The product, or the shop's cheapest and dearest ones that have no rate of their own."""
    products = products_with_rates(at).filter(shop=shop)
    products = products.filter(pk=product.pk) if product else products.filter(own_rate_bp__isnull=True)
    found = list(products.order_by("price", "pk").values_list("name", "price"))
    if len(found) > MOST_EXAMPLES:
        found = [
            found[round(place * (len(found) - 1) / (MOST_EXAMPLES - 1))] for place in range(MOST_EXAMPLES)
        ]
    return [
        Example(name, price, (earns := commission(price, rate_bp)), price - earns) for name, price in found
    ]


def goods_of(shop: Shop, at: datetime) -> QuerySet[OfferedProduct]:
    """The shop's products with what each pays, those with a rate of their own first."""
    products = products_with_rates(at).filter(shop=shop).prefetch_related("photos")
    return products.order_by(F("own_rate_bp").desc(nulls_last=True), "name", "pk")


def goods_at_rate(shop: Shop, product: Product | None, at: datetime) -> QuerySet[Variant]:
    """What is sold at the product's rate, or at the shop's: without those that have a rate of their own."""
    variants = Variant.objects.on_sale().filter(shop=shop).select_related("product__shop")
    if product:
        return variants.filter(product=product)
    own = CommissionRate.objects.valid(at).filter(shop=shop, product__isnull=False)
    return variants.exclude(product__in=own.values("product"))


def sales_by_creator(shop: Shop) -> QuerySet[Any, dict[str, Any]]:
    """What each creator sold for the shop: orders, goods in rupiah, commission after returns."""
    rows = commission_rows().filter(shop=shop).values("affiliate__handle")
    summed = rows.annotate(orders=Count("line__order", distinct=True), sold=Sum("base"), paid=Sum("due"))
    return cast(
        "QuerySet[Any, dict[str, Any]]", summed.order_by("-sold", "affiliate__handle")[:MOST_CREATORS]
    )
