"""Reads of reviews."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from django.core.cache import caches
from django.db.models import Count, Q, QuerySet

from accounts.models import User
from catalog.models import Product, Shop
from orders.models import Order, OrderLine
from reviews.models import MOST_STARS, Report, Review

KEPT_S = 300  # a rating; every write forgets it sooner


@dataclass(frozen=True)
class Rating:
    """How many gave how many stars, five stars first."""

    counts: tuple[int, ...] = (0,) * MOST_STARS

    @property
    def total(self) -> int:
        return sum(self.counts)

    @property
    def average(self) -> float:
        points = sum(
            stars * count for stars, count in zip(range(MOST_STARS, 0, -1), self.counts, strict=True)
        )
        return points / self.total if self.total else 0.0

    @property
    def bars(self) -> list[tuple[int, int]]:
        """For each number of stars, how many gave it."""
        return list(zip(range(MOST_STARS, 0, -1), self.counts, strict=True))


def rating_of_product(product: Product) -> Rating:
    return _kept(f"reviews:product:{product.pk}", Q(product=product))


def rating_of_shop(shop: Shop) -> Rating:
    return _kept(f"reviews:shop:{shop.pk}", Q(shop=shop))


def rating_keys(review: Review) -> list[str]:
    return [f"reviews:product:{review.product_id}", f"reviews:shop:{review.shop_id}"]


def _kept(key: str, which: Q) -> Rating:
    return cast(Rating, caches["spare"].get_or_set(key, lambda: _rating(which), KEPT_S))


def _rating(which: Q) -> Rating:
    rows = Review.objects.shown().filter(which).order_by().values_list("stars").annotate(count=Count("pk"))
    found = dict(rows)
    return Rating(tuple(found.get(stars, 0) for stars in range(MOST_STARS, 0, -1)))


def reviews_of_product(product: Product, stars: int | None = None) -> QuerySet[Review]:
    """The newest first."""
    shown = _whole(Review.objects.shown().filter(product=product))
    return (shown.filter(stars=stars) if stars else shown).order_by("-pk")


def reviews_of_shop(shop: Shop) -> QuerySet[Review]:
    return _whole(Review.objects.shown().filter(shop=shop)).order_by("-pk")


def reviews_shown() -> QuerySet[Review]:
    return _whole(Review.objects.shown())


def _whole(reviews: QuerySet[Review]) -> QuerySet[Review]:
    return reviews.select_related("author", "product", "shop", "line").prefetch_related("photos")


def lines_to_review(user: User) -> QuerySet[OrderLine]:
    """What this person has received: each line may be reviewed once."""
    received = OrderLine.objects.filter(order__buyer=user, order__state=Order.State.RECEIVED)
    return received.select_related("order__session", "variant__product__shop")


def reviews_of_order(order: Order) -> dict[int, Review]:
    """By line."""
    return {review.line_id: review for review in Review.objects.filter(line__order=order)}


def reports_open() -> QuerySet[Report]:
    """The oldest first."""
    waiting = Report.objects.filter(closed_at__isnull=True, review__hidden_at__isnull=True)
    return waiting.select_related("review__author", "review__product", "reporter").order_by("pk")


def is_moderator(user: User) -> bool:
    """Staff who may hide reviews."""
    return user.is_staff and user.has_perm("reviews.change_review")
