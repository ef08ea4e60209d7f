"""Reads that know both the goods and who is on air."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

from django.core.cache import caches
from django.db.models import Exists, OuterRef, QuerySet

from accounts.models import Regency
from catalog import queries as catalog
from catalog.models import Category, Product, Shop, Variant
from deals.models import FlashDeal, Rule
from deals.queries import Price, price_for
from livestream import queries as live
from livestream.models import LiveSession, ShowcaseItem

PER_PAGE = 24
SHOWN_LIVE = 10
MOST_OF_A_KIND = 4
MINUTES = 60


def categories() -> list[Category]:
    """Kept for a while; staff change them once in a blue moon."""
    kept = caches["spare"].get_or_set(
        "storefront:categories", lambda: list(catalog.categories()), 5 * MINUTES
    )
    return cast(list[Category], kept)


def regencies_with_shops() -> list[Regency]:
    """Where goods come from, for the filter."""
    kept = caches["spare"].get_or_set("storefront:regencies", _regencies_with_shops, 5 * MINUTES)
    return cast(list[Regency], kept)


@dataclass(frozen=True)
class LiveNow:
    """Who is on air: how many, and the newest of them."""

    count: int
    cards: list[live.Watched]


def live_now() -> LiveNow:
    on_air = live.sessions_on_air()
    cards = live.with_viewers(on_air[:SHOWN_LIVE])
    return LiveNow(count=len(cards) if len(cards) < SHOWN_LIVE else on_air.count(), cards=cards)


def session_showing(product: Product) -> LiveSession | None:
    """The broadcast in which the product is shown at this moment."""
    on_air = LiveSession.objects.public().on_air().filter(shop=product.shop_id)
    on_air = on_air.filter(showcase__product=product, showcase__is_hidden=False)
    return on_air.order_by("-went_live_at").first()


@dataclass(frozen=True)
class PriceShown:
    """What the chosen variant costs anybody now, and how long still."""

    price: Price
    was: int | None  # what may stand struck through
    clock_ms: int
    clock_runs: bool


def price_shown(variant: Variant, session: LiveSession | None) -> PriceShown:
    """Only a session on air makes prices: without one the list is all there is, and nobody is asked."""
    if session is None:
        return PriceShown(Price(variant.price, variant.price, Rule.LIST), None, 0, False)
    price = price_for(None, variant)
    return PriceShown(price, _struck_beside(price), session.clock_ms(), session.clock_runs)


def _struck_beside(price: Price) -> int | None:
    if price.rule != Rule.FLASH or price.deal_id is None:
        return None
    return FlashDeal.objects.values_list("struck_price", flat=True).get(pk=price.deal_id)


def sessions_of_shop(shop: Shop) -> list[live.Watched]:
    """On air first, then planned, then the newest replays."""
    lists = (live.sessions_on_air(), live.sessions_upcoming(), live.sessions_to_replay())
    return live.with_viewers(
        session for sessions in lists for session in sessions.filter(shop=shop)[:MOST_OF_A_KIND]
    )


def more_of_shop(product: Product) -> list[Product]:
    """What else its shop has on the shelf."""
    others = catalog.products_of_shop(product.shop).exclude(pk=product.pk).filter(available__gt=0)
    return list(others[:6])


def with_air(products: QuerySet[Product]) -> QuerySet[Any]:
    """With `is_live`: whether a broadcast shows the product at this moment."""
    shown = ShowcaseItem.objects.shown().filter(
        product=OuterRef("pk"),
        session__went_live_at__isnull=False,
        session__ended_at__isnull=True,
        session__is_rehearsal=False,
    )
    return products.annotate(is_live=Exists(shown))


# ---- search ----------------------------------------------------------------------------------------


@dataclass
class Found:
    """One page of a search. `is_near` says that nothing matched, and these are only spelled alike."""

    products: list[Product]
    shops: list[Shop]
    has_more: bool = False
    is_near: bool = False


def search(wanted: dict[str, Any], *, page: int) -> Found:
    """At most three queries, and one more when nothing matched. `wanted` is a cleaned SearchForm."""
    text = wanted["q"] if catalog.words_of(wanted["q"]) else ""
    products = _narrowed(with_air(catalog.for_cards(Product.objects.on_sale())), wanted)
    if not text:
        return _page(_sorted(products.order_by("-created_at", "-pk"), wanted["sort"]), page, shops=[])
    shops = list(catalog.shops_matching(text)[:4])
    matching = catalog.products_matching(products, text=text, shops=[shop.pk for shop in shops])
    found = _page(_sorted(matching, wanted["sort"]), page, shops=shops)
    if found.products or page > 1:
        return found
    near = catalog.products_nearly_matching(products, text=text, most=PER_PAGE)
    return Found(products=near, shops=shops, is_near=bool(near))


def _narrowed(products: QuerySet[Any], wanted: dict[str, Any]) -> QuerySet[Any]:
    if wanted["category"]:
        products = products.filter(category__slug=wanted["category"])
    if wanted["regency"]:
        products = products.filter(shop__regency=wanted["regency"])
    if wanted["price_min"] is not None:
        products = products.filter(price_to__gte=wanted["price_min"])
    if wanted["price_max"] is not None:
        products = products.filter(price_from__lte=wanted["price_max"])
    if wanted["live"]:
        products = products.filter(is_live=True)
    return products


def _sorted(products: QuerySet[Any], sort: str) -> QuerySet[Any]:
    orders = {
        "new": ("-created_at", "-pk"),
        "cheap": ("price_from", "-pk"),
        "dear": ("-price_from", "-pk"),
    }
    return products.order_by(*orders[sort]) if sort in orders else products


def _page(products: QuerySet[Product], page: int, *, shops: list[Shop]) -> Found:
    """One row more than is shown tells whether there is a next page, without counting."""
    start = (page - 1) * PER_PAGE
    rows = list(products[start : start + PER_PAGE + 1])
    return Found(products=rows[:PER_PAGE], shops=shops, has_more=len(rows) > PER_PAGE)


def _regencies_with_shops() -> list[Regency]:
    shops = Shop.objects.filter(suspended_at__isnull=True)
    return list(Regency.objects.filter(pk__in=shops.values("regency")).order_by("name"))
