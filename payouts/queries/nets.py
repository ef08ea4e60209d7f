"""What one piece would bring its shop, before it is listed at that price."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils import timezone

from affiliates.arithmetic import commission
from affiliates.models import CommissionRate
from catalog.models import Product, Shop, Variant
from fees import queries as fees
from fees.arithmetic import Breakdown, Goods, Rule, Sale, breakdown
from fees.forms import methods_of
from fees.models import Declaration

USUAL_METHOD = "qris"


@dataclass(frozen=True)
class Net:
    """One piece in an order of its own; the shipping that its buyer pays is handed on to the shop."""

    price: int
    shipping: int
    rate_bp: int  # of the creator's commission
    by_method: Sequence[tuple[str, Breakdown]]  # the usual way to pay first

    @property
    def money(self) -> Breakdown:
        return self.by_method[0][1]

    @property
    def of_goods(self) -> int:
        """Without the shipping, which the parcel costs."""
        return self.money.net - self.shipping

    @property
    def least(self) -> int:
        return min(money.net for _, money in self.by_method) - self.shipping

    @property
    def rows(self) -> list[tuple[str, int]]:
        return [(label, money.net - self.shipping) for label, money in self.by_method]


def least_net(variant: Variant, *, price: int, rate_bp: int | None = None) -> int:
    """What a piece brings in the dearest way to pay, sold through a creator; perhaps at another rate."""
    product = variant.product
    found = net_of_piece(product.shop, price=price, at=timezone.now(), product=product, rate_bp=rate_bp)
    return found.least


def net_of_piece(
    shop: Shop,
    *,
    price: int,
    at: datetime,
    product: Product | None = None,
    category_id: int = 0,
    rate_bp: int | None = None,
) -> Net:
    rate_bp = rate_of(shop, product, at) if rate_bp is None else rate_bp
    rules = fees.rules_of(fees.schedule_at(at))
    declared = fees.declared(shop.pk, at)
    sale = Sale(
        shop_id=shop.pk,
        goods=(Goods(product.category_id if product else category_id, price),),
        method="",
        at=at,
        shipping=shop.shipping_fee,
        commission=commission(price, rate_bp),
        is_micro=Declaration.Kind.MICRO in declared,
        is_exempt=Declaration.Kind.SMALL_TURNOVER in declared,
    )
    return Net(price, shop.shipping_fee, rate_bp, _by_method(rules, sale))


def rate_of(shop: Shop, product: Product | None, at: datetime) -> int:
    """What a creator gets of it: the product's own rate before the shop's."""
    rates = CommissionRate.objects.valid(at).filter(shop=shop)
    by_product: dict[int | None, int] = dict(rates.values_list("product_id", "rate_bp"))
    own = by_product.get(product.pk) if product else None
    return own if own is not None else by_product.get(None, 0)


def _by_method(rules: tuple[Rule, ...], sale: Sale) -> list[tuple[str, Breakdown]]:
    methods = sorted(methods_of(rules), key=lambda named: named[0] != USUAL_METHOD)
    return [(str(label), breakdown(rules, replace(sale, method=method))) for method, label in methods]
