"""What earns commission, and how much."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, TypedDict, cast

from django.db.models import (
    BigIntegerField,
    F,
    IntegerField,
    Min,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
)
from django.db.models.functions import Cast, Coalesce

from affiliates.models import CommissionRate
from catalog.models import Product, ProductPhoto, Shop, Variant

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations


class Terms(TypedDict):
    """What the market adds to a product when it is looked at for commission."""

    own_rate_bp: int | None
    rate_bp: int | None
    price: int
    earns: int | None


if TYPE_CHECKING:
    OfferedProduct = WithAnnotations[Product, Terms]


def is_offered(*, shop: Shop, product: Product | None, at: datetime) -> bool:
    """A product at its own or the shop's rate; a shop or session when anything of the shop pays."""
    rates = CommissionRate.objects.valid(at).filter(shop=shop)
    if product:
        rates = rates.filter(Q(product=product) | Q(product__isnull=True))
    return rates.exists()


def products_with_rates(at: datetime) -> QuerySet[OfferedProduct]:
    """Products on sale, each with `own_rate_bp`, `rate_bp`, its lowest `price` and what a sale `earns`."""
    rates = CommissionRate.objects.valid(at).filter(shop=OuterRef("shop")).values("rate_bp")
    prices = Variant.objects.filter(product=OuterRef("pk"), withdrawn_at__isnull=True).order_by()
    lowest = prices.values("product").annotate(least=Min("price")).values("least")
    priced = (
        Product.objects.on_sale()
        .annotate(
            own_rate_bp=Subquery(rates.filter(product=OuterRef("pk"))[:1]),
            rate_bp=Coalesce(
                F("own_rate_bp"),
                Subquery(rates.filter(product__isnull=True)[:1]),
                output_field=IntegerField(),
            ),
            price=Subquery(lowest, output_field=BigIntegerField()),
        )
        .filter(price__isnull=False)
        .annotate(earns=Cast(F("price"), BigIntegerField()) * F("rate_bp") / 10_000)
    )
    return cast("QuerySet[OfferedProduct]", priced)


def offers(at: datetime, *, words: str = "", least_bp: int = 0) -> QuerySet[OfferedProduct]:
    """Products that pay commission, the best paid sale first."""
    products = products_with_rates(at).filter(rate_bp__gte=max(least_bp, 1))
    for word in words.split()[:6]:
        products = products.filter(Q(name__icontains=word) | Q(shop__name__icontains=word))
    photos = ProductPhoto.objects.order_by("position", "pk")
    return (
        products.select_related("shop__regency")
        .prefetch_related(Prefetch("photos", photos))
        .order_by("-earns", "pk")
    )


def shop_rate(shop: Shop, at: datetime) -> CommissionRate | None:
    return CommissionRate.objects.valid(at).filter(shop=shop, product__isnull=True).first()
