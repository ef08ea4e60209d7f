"""What lies in a basket, as it stands in this moment."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Prefetch, Q

from accounts.models import User
from basket.models import BasketItem
from basket.operations.items import Kept, kept
from catalog.models import Shop, Variant
from catalog.queries import first_photo
from deals.models import Rule
from deals.queries import Price, prices_for
from deals.queries.mine import units_won
from kit.pictures import Picture


@dataclass(frozen=True)
class Line:
    """One thing in the basket beside what became of it since."""

    variant: Variant
    kept: Kept
    price: Price
    available: int  # to this buyer
    is_sold: bool  # not withdrawn, and its shop not closed
    is_own: bool

    @property
    def state(self) -> str:
        if not self.is_sold:
            return "gone"
        if self.is_own:
            return "own"
        if not self.available:
            return "sold_out"
        return "fewer" if self.available < self.kept.quantity else "ready"

    @property
    def is_ready(self) -> bool:
        return self.state == "ready"

    @property
    def price_was(self) -> int | None:
        """What its buyer saw, when it costs something else now."""
        return self.kept.price_seen if self.kept.price_seen != self.price.amount else None

    @property
    def is_dearer(self) -> bool:
        return self.price.amount > self.kept.price_seen

    @property
    def amount(self) -> int:
        return self.price.amount * self.kept.quantity

    @property
    def photo(self) -> Picture | None:
        return self.variant.product.cover


@dataclass(frozen=True)
class Group:
    """What is of one shop."""

    shop: Shop
    lines: list[Line]

    @property
    def ready(self) -> list[Line]:
        return [line for line in self.lines if line.is_ready]

    @property
    def amount(self) -> int:
        return sum(line.amount for line in self.ready)


def items_of(user: User) -> list[Kept]:
    return [kept(item) for item in BasketItem.objects.filter(buyer=user).order_by("put_at", "pk")]


def kinds_in(user: User) -> int:
    """How many kinds of things are in there: what the badge says."""
    return BasketItem.objects.filter(buyer=user).count()


def variants_asked_for(variant_id: int | None, product_id: int | None) -> list[Variant]:
    """That variant, or all that there are of that product; only what is on sale."""
    wanted = Q(pk=variant_id) if variant_id else Q(product=product_id, stock__available__gt=0)
    found = Variant.objects.on_sale().filter(wanted).select_related("product")
    return list(found.order_by("position", "pk")) if variant_id or product_id else []


def groups_of(items: Sequence[Kept], buyer: User | None) -> list[Group]:
    """By shop, the shop of what was put in last on top; a handful of queries for any number."""
    lines = _lines(items, buyer)
    newest = {line.variant.shop_id: place for place, line in enumerate(lines)}
    lines.sort(key=lambda line: -newest[line.variant.shop_id])
    by_shop = groupby(lines, key=lambda line: line.variant.shop_id)
    found = [list(group) for _, group in by_shop]
    return [Group(group[0].variant.shop, group) for group in found]


def _lines(items: Sequence[Kept], buyer: User | None) -> list[Line]:
    variants = _variants(item.variant_id for item in items)
    known = [item for item in items if item.variant_id in variants]
    prices = prices_for(buyer, {item.variant_id: item.quantity for item in known}) if known else {}
    won = units_won(buyer, variants) if buyer else {}
    return [_line(item, variants[item.variant_id], prices, won, buyer) for item in known]


def _line(
    item: Kept, variant: Variant, prices: dict[int, Price], won: dict[int, int], buyer: User | None
) -> Line:
    price = prices.get(variant.pk) or Price(variant.price, variant.price, Rule.LIST)
    is_won = price.rule == Rule.AWARD
    shop, product = variant.shop, variant.product
    return Line(
        variant=variant,
        kept=item,
        price=price,
        available=won.get(variant.pk, 0) if is_won else variant.stock.available,
        is_sold=not (variant.withdrawn_at or product.withdrawn_at or shop.suspended_at),
        is_own=buyer is not None and shop.owner_id == buyer.pk,
    )


def _variants(ids: Iterable[int]) -> dict[int, Variant]:
    """Also those that are withdrawn: nothing disappears from a basket by itself."""
    found = Variant.objects.filter(pk__in=list(ids)).select_related("product", "shop__regency", "stock")
    photos = first_photo()
    return {
        variant.pk: variant
        for variant in found.prefetch_related(
            Prefetch(f"product__{photos.prefetch_through}", photos.queryset, to_attr=photos.to_attr)
        )
    }
