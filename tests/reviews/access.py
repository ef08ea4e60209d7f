"""Who may call the addresses of reviews. The desk asks for a permission besides
(tests/reviews/test_pages.py), so that to staff without it the desk is not there."""

from __future__ import annotations

from typing import Any

from orders.models import Order
from reviews.models import Review
from tests.access.rules import BUYER, EVERYONE, MEMBERS, SHOP, Access

BOTH = frozenset({"GET", "POST"})
POST = frozenset({"POST"})
NOBODY: frozenset[str] = frozenset()


def _line(world: Any) -> dict[str, Any]:
    Order.objects.filter(pk=world.order.pk).update(state="received")
    return {"line_id": world.order.lines.get().pk}


def _review(world: Any) -> dict[str, Any]:
    review, _ = Review.objects.get_or_create(
        line=world.order.lines.get(),
        defaults={
            "author": world.buyer,
            "product": world.product,
            "shop": world.shop,
            "stars": 4,
            "text": "Renyah",
        },
    )
    return {"pk": review.pk}


ACCESS = {
    "reviews:write": Access(frozenset({BUYER}), BOTH, kwargs=_line),
    "reviews:review": Access(EVERYONE, kwargs=_review),
    "reviews:answer": Access(SHOP, POST, kwargs=_review),
    # Nobody reports their own words.
    "reviews:report": Access(MEMBERS - {BUYER}, BOTH, kwargs=_review),
    "reviews:of_product": Access(EVERYONE, kwargs=lambda world: {"pk": world.product.pk}),
    "reviews:of_shop": Access(EVERYONE, kwargs=lambda world: {"slug": world.shop.slug}),
    "reviews:desk": Access(NOBODY),
    "reviews:hide": Access(NOBODY, POST, kwargs=_review),
    "reviews:keep": Access(NOBODY, POST, kwargs=_review),
}
