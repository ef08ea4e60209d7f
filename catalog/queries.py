"""Reads of the catalogue."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchRank, TrigramWordSimilarity
from django.db import connection, transaction
from django.db.models import F, Max, Min, OuterRef, Prefetch, Q, QuerySet, Subquery, Sum
from django.utils import timezone
from django.utils.text import slugify

from accounts.models import User
from catalog.models import (
    PRODUCT_WORDS,
    Category,
    Duty,
    Member,
    PriceSpell,
    Product,
    ProductPhoto,
    Role,
    Shop,
    Stock,
    Variant,
)

MOST_WORDS = 8
LOW_STOCK = 5
# How alike a name and a mistyped word must be, from 0 to 1.
LIKENESS = "0.45"
NOT_WORD = re.compile(r"[^\w]+")
PRICES_KEPT = timedelta(days=30)
# A price that nobody paid, and that was gone sooner than this, was a slip of the pen.
SLIP = timedelta(hours=1)


def categories() -> QuerySet[Category]:
    return Category.objects.order_by("position", "pk")


# ---- shops -----------------------------------------------------------------------------------------


def shop_of(owner: User) -> Shop | None:
    return Shop.objects.filter(owner=owner).select_related("regency").first()


def duties_in(shop: Shop, user: User) -> frozenset[Duty]:
    if shop.owner_id == user.pk:
        return frozenset(Duty)
    part = Member.objects.standing().filter(shop=shop, user=user).first()
    return frozenset(Role(part.role).duties) if part else frozenset()


@dataclass(frozen=True)
class Work:
    """The shop that somebody works at now, and what they do there."""

    shop: Shop | None
    duties: frozenset[Duty] = frozenset()

    @property
    def may(self) -> dict[str, bool]:
        return {str(duty): duty in self.duties for duty in Duty}


def work_of(user: User) -> Work:
    part = Member.objects.standing().filter(user=user, shop=OuterRef("pk"))
    shops = Shop.objects.at_desk(user).annotate(role=Subquery(part.values("role")[:1]))
    shop = shops.select_related("regency").first()
    if shop is None:
        return Work(None)
    if shop.owner_id == user.pk:
        return Work(shop, frozenset(Duty))
    return Work(shop, frozenset(Role(shop.role).duties))  # type: ignore[attr-defined]  # annotated above


def shops_worked_in(user: User) -> QuerySet[Shop]:
    """To choose from: the own one first."""
    return Shop.objects.run_by(user).annotate(is_own=Q(owner=user)).order_by("-is_own", "name", "pk")


def members_of(shop: Shop) -> QuerySet[Member]:
    """Who works there, and who is invited, the newest first."""
    members = Member.objects.filter(shop=shop)
    return (members.standing() | members.invited()).select_related("user").order_by("-created_at", "-pk")


def parts_of(user: User) -> QuerySet[Member]:
    return Member.objects.standing().filter(user=user).select_related("shop").order_by("-accepted_at", "-pk")


def shops_open() -> QuerySet[Shop]:
    return Shop.objects.filter(suspended_at__isnull=True).select_related("regency")


def free_slug(name: str) -> str:
    """An address for a shop of this name that nobody has yet."""
    wished = slugify(name)[:50].strip("-") or "lapak"
    taken = set(Shop.objects.filter(slug__startswith=wished).values_list("slug", flat=True))
    return next(slug for slug in _numbered(wished) if slug not in taken)


def is_slug_free(slug: str) -> bool:
    return not Shop.objects.filter(slug=slug).exists()


def _numbered(wished: str) -> Iterable[str]:
    yield wished
    number = 2
    while True:
        yield f"{wished}-{number}"
        number += 1


# ---- products --------------------------------------------------------------------------------------


def for_cards(products: QuerySet[Product]) -> QuerySet[Any]:
    """With what a card shows: `price_from`, `price_to`, `available` and `cover`.

    Two queries for any number of products. Products without a variant on sale drop out.
    """
    return with_prices(products).filter(price_from__isnull=False)


def with_prices(products: QuerySet[Product]) -> QuerySet[Any]:
    sold = Variant.objects.filter(product=OuterRef("pk"), withdrawn_at__isnull=True)
    by_product = sold.order_by().values("product")
    return (
        products.select_related("shop__regency")
        .annotate(
            price_from=Subquery(by_product.annotate(least=Min("price")).values("least")),
            price_to=Subquery(by_product.annotate(most=Max("price")).values("most")),
            available=Subquery(by_product.annotate(units=Sum("stock__available")).values("units")),
        )
        .prefetch_related(first_photo())
    )


def first_photo() -> Prefetch[str]:
    return Prefetch("photos", ProductPhoto.objects.order_by("position", "pk")[:1], to_attr="first_photos")


def newest_products() -> QuerySet[Any]:
    """What can be bought now, the newest first."""
    return for_cards(Product.objects.on_sale()).filter(available__gt=0).order_by("-created_at", "-pk")


def products_of_shop(shop: Shop) -> QuerySet[Any]:
    return for_cards(Product.objects.on_sale().filter(shop=shop)).order_by("-created_at", "-pk")


def products_for_seller(user: User) -> QuerySet[Product]:
    """All of the seller's own; withdrawn ones stand last."""
    own = with_prices(Product.objects.filter(shop__in=Shop.objects.at_desk(user, Duty.GOODS)))
    return own.order_by(F("withdrawn_at").asc(nulls_first=True), "-created_at", "-pk")


def product_page(pk: int) -> Product | None:
    """One product with all that its page says."""
    return (
        Product.objects.on_sale()
        .filter(pk=pk)
        .select_related("shop__regency", "category")
        .prefetch_related(
            _goods(),
            Prefetch("photos", ProductPhoto.objects.order_by("position", "pk")),
        )
        .first()
    )


def _goods() -> Prefetch[str]:
    on_sale = Variant.objects.filter(withdrawn_at__isnull=True).select_related("stock")
    return Prefetch("variants", on_sale.order_by("position", "pk"), to_attr="goods")


def variants_of(product: Product) -> QuerySet[Variant]:
    """All variants, withdrawn ones too, for their seller."""
    return product.variants.select_related("stock").order_by("position", "pk")


def variants_of_seller(user: User) -> QuerySet[Variant]:
    return Variant.objects.filter(shop__in=Shop.objects.run_by(user, Duty.GOODS)).select_related(
        "stock", "product"
    )


def photos_of_seller(user: User) -> QuerySet[ProductPhoto]:
    shops = Shop.objects.run_by(user, Duty.GOODS)
    return ProductPhoto.objects.filter(product__shop__in=shops).select_related("product")


def variants_running_low(shop: Shop) -> QuerySet[Variant]:
    """What will soon be gone, the scarcest first."""
    on_sale = Variant.objects.on_sale().filter(shop=shop, stock__available__lte=LOW_STOCK)
    return on_sale.select_related("stock", "product").order_by("stock__available", "pk")


def stock_of(variant_ids: Iterable[int]) -> dict[int, int]:
    """How many of each variant can be bought at this moment."""
    return dict(Stock.objects.filter(variant__in=list(variant_ids)).values_list("variant", "available"))


# ---- prices of the past ----------------------------------------------------------------------------


def price_history(variant_ids: Iterable[int], now: datetime | None = None) -> dict[int, list[PriceSpell]]:
    """The list prices of each variant in the last 30 days, the oldest first; slips do not count."""
    now = now or timezone.now()
    since = now - PRICES_KEPT
    recent = PriceSpell.objects.filter(Q(until_at__isnull=True) | Q(until_at__gt=since))
    history: dict[int, list[PriceSpell]] = defaultdict(list)
    for spell in recent.filter(variant__in=list(variant_ids)).order_by("from_at", "pk"):
        if _counts(spell):
            history[spell.variant_id].append(spell)
    return history


def lowest_price(history: Sequence[PriceSpell]) -> int | None:
    return min((spell.price for spell in history), default=None)


def struck_price(history: Sequence[PriceSpell], now: datetime | None = None) -> int | None:
    """What may stand struck through beside a lower price: the lowest list price of the last 30 days.

    Only when somebody really paid it in that time; a price that was only written down is no reduction.
    """
    since = ((now or timezone.now()) - PRICES_KEPT).date()
    lowest = lowest_price(history)
    paid_on = (spell.last_charged_on for spell in history if spell.price == lowest)
    return lowest if any(day is not None and day >= since for day in paid_on) else None


def daily_prices(history: Sequence[PriceSpell], now: datetime | None = None) -> list[tuple[date, int]]:
    """The lowest list price of each of the last 30 days on which there was one."""
    today = timezone.localdate(now)
    days = [today - timedelta(days=back) for back in range(PRICES_KEPT.days - 1, -1, -1)]
    lowest = ((day, lowest_price([spell for spell in history if _stood_on(spell, day)])) for day in days)
    return [(day, price) for day, price in lowest if price is not None]


def _stood_on(spell: PriceSpell, day: date) -> bool:
    until = timezone.localdate(spell.until_at) if spell.until_at else day
    return timezone.localdate(spell.from_at) <= day <= until


def _counts(spell: PriceSpell) -> bool:
    """Whether buyers could really have met this price."""
    if spell.until_at is None or spell.last_charged_on is not None:
        return True
    return spell.until_at - spell.from_at >= SLIP


# ---- codes -----------------------------------------------------------------------------------------


def free_live_code(shop: Shop) -> str:
    """The first of A1, A2, … A999, B1, … that no variant of the shop has."""
    taken = set(Variant.objects.filter(shop=shop).values_list("live_code", flat=True))
    codes = (f"{letter}{number}" for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ" for number in range(1, 1000))
    return next(code for code in codes if code not in taken)


def free_sku(product: Product) -> str:
    """P12-1, P12-2, … after the product's number."""
    taken = set(Variant.objects.filter(shop=product.shop_id).values_list("sku", flat=True))
    return next(sku for number in range(1, len(taken) + 2) if (sku := f"P{product.pk}-{number}") not in taken)


# ---- search ----------------------------------------------------------------------------------------


def words_of(text: str) -> list[str]:
    return [word for word in NOT_WORD.split(text.casefold()) if word][:MOST_WORDS]


def products_matching(
    products: QuerySet[Product], *, text: str, shops: Iterable[int] = ()
) -> QuerySet[Product]:
    """Products that hold every word, at least its beginning, and all products of the shops given.

    The best match first.
    """
    query = SearchQuery(
        " & ".join(f"{word}:*" for word in words_of(text)), search_type="raw", config="simple"
    )
    return (
        products.annotate(words=PRODUCT_WORDS, rank=SearchRank(PRODUCT_WORDS, query))
        .filter(Q(words=query) | Q(shop__in=list(shops)))
        .order_by("-rank", "-created_at", "-pk")
    )


def products_nearly_matching(products: QuerySet[Product], *, text: str, most: int) -> list[Product]:
    """Products whose names are spelled much like the text, the most alike first."""
    wanted = " ".join(words_of(text))
    alike = (
        products.filter(name__trigram_word_similar=wanted)
        .annotate(likeness=TrigramWordSimilarity(wanted, "name"))
        .order_by("-likeness", "-created_at", "-pk")
    )
    with transaction.atomic(), connection.cursor() as cursor:
        # Only so does the index know how alike is alike enough.
        cursor.execute("SET LOCAL pg_trgm.word_similarity_threshold = %s", [LIKENESS])
        return list(alike[:most])


def shops_matching(text: str) -> QuerySet[Shop]:
    """Shops named like the text."""
    wanted = " ".join(words_of(text))
    return (
        shops_open()
        .filter(name__trigram_word_similar=wanted)
        .annotate(likeness=TrigramWordSimilarity(wanted, "name"))
        .order_by("-likeness", "pk")
    )
