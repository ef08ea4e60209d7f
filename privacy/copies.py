"""A copy of all that the market keeps about one person, for that person."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from affiliates.models import Affiliate, Commission
from basket.models import BasketItem
from catalog.models import Shop
from inbox.models import Notice
from livestream.models import RoomEvent
from orders.models import Order
from payouts.models import Payout
from returns.models import Return
from reviews.models import Review

Content = dict[str, Any]


def copy_of(user: User) -> Content:
    """In plain words and moments with their zone, so that another program can read it."""
    return {
        "made_at": timezone.now(),
        "person": _of(user, "email", "name", "phone", "language", "joined_at", "last_login"),
        "addresses": _each(
            user.addresses.select_related("regency").order_by("pk"),
            *("recipient", "phone", "street", "village", "district", "regency", "postal_code", "landmark"),
        ),
        "orders": [_order(order) for order in _orders(user)],
        "basket": _each(
            BasketItem.objects.filter(buyer=user).order_by("pk"), "variant_id", "quantity", "put_at"
        ),
        "returns": _each(
            Return.objects.of_buyer(user).order_by("pk"),
            "code",
            "order",
            "reason",
            "text",
            "state",
            "asked_at",
        ),
        "reviews": _each(Review.objects.filter(author=user).order_by("pk"), "stars", "text", "created_at"),
        "follows": _each(user.follows.select_related("shop").order_by("pk"), "shop", "created_at"),
        "reminders": _each(user.reminders.order_by("pk"), "session", "created_at"),
        "chat": _each(
            RoomEvent.objects.filter(sender=user).order_by("pk"), "session_id", "text", "created_at"
        ),
        "notices": _each(Notice.objects.of(user).order_by("pk"), "kind", "title", "text", "created_at"),
        "bank_accounts": _each(
            user.bank_accounts.order_by("pk"),
            "bank_name",
            "last_digits",
            "holder",
            "created_at",
            "replaced_at",
        ),
        "payouts": _each(
            Payout.objects.filter(user=user).order_by("pk"), "reference", "amount", "state", "made_at"
        ),
        "shop": [_shop(shop) for shop in Shop.objects.filter(owner=user)],
        "affiliate": [_creator(creator) for creator in Affiliate.objects.filter(user=user)],
    }


def _orders(user: User) -> QuerySet[Order]:
    orders = Order.objects.of_buyer(user).select_related("shop").prefetch_related("lines")
    return orders.order_by("pk")


def _order(order: Order) -> Content:
    names = ("number", "shop", "state", "method", "subtotal", "discount", "shipping_fee", "total", "address")
    lines = ("product_name", "variant_name", "price", "quantity", "discount", "returned_quantity")
    moments = ("placed_at", "paid_at", "shipped_at", "received_at", "closed_at")
    return {**_of(order, *names, *moments), "lines": _each(order.lines.all(), *lines)}


def _shop(shop: Shop) -> Content:
    products = _each(shop.products.order_by("pk"), "name", "description", "created_at")
    return {**_of(shop, "name", "slug", "story", "nib", "created_at"), "products": products}


def _creator(creator: Affiliate) -> Content:
    earned = Commission.objects.filter(affiliate=creator).order_by("pk")
    return {
        **_of(creator, "handle", "joined_at"),
        "commissions": _each(earned, "base", "rate_bp", "gross", "reserved_at"),
    }


def _each(rows: Iterable[Any], *names: str) -> list[Content]:
    return [_of(row, *names) for row in rows]


def _of(row: Any, *names: str) -> Content:
    found = {name: getattr(row, name) for name in names}
    return {name: str(value) if hasattr(value, "_meta") else value for name, value in found.items()}
