"""Stars on pages of products, shops and orders."""

from __future__ import annotations

from typing import Any

from django import template

from catalog.models import Product, Shop
from kit.money import is_english
from orders.models import Order
from reviews.models import MOST_STARS, ReviewPhoto
from reviews.queries import Rating, rating_of_product, rating_of_shop, reviews_of_order

register = template.Library()
LARGE = 960


@register.simple_tag
def product_rating(product: Product) -> Rating:
    return rating_of_product(product)


@register.simple_tag
def shop_rating(shop: Shop) -> Rating:
    return rating_of_shop(shop)


@register.inclusion_tag("reviews/_of_order.html")
def reviews_of(order: Order) -> dict[str, Any]:
    """What the buyer may write, or has written, about each line of a received order."""
    if order.state != Order.State.RECEIVED:
        return {"rows": []}
    written = reviews_of_order(order)
    return {"rows": [(line, written.get(line.pk)) for line in order.lines.all()]}


@register.simple_tag
def rating_words(rating: Rating) -> str:
    return star_words(rating.average)


@register.filter
def star_words(stars: float) -> str:
    """`4,9` or `5`; as it is read aloud."""
    tenths = round(float(stars) * 10)
    whole, tenth = divmod(tenths, 10)
    return f"{whole}{'.' if is_english() else ','}{tenth}" if tenth else str(whole)


@register.filter
def star_marks(stars: float) -> list[bool]:
    """Five marks; half a star and more is a whole one."""
    return [stars >= place - 0.5 for place in range(1, MOST_STARS + 1)]


@register.simple_tag
def review_photo(photo: ReviewPhoto) -> str:
    """The photo in its largest size."""
    return photo.picture.url(LARGE)
