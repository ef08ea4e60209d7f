"""Reads for the buy sheet."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.validators import slug_re

from accounts.models import Address, User
from catalog.models import Variant
from kit.numbers import whole_number
from livestream.models import LiveSession
from orders.models import Order


@dataclass(frozen=True)
class Quote:
    """What an order would cost now, in rupiah."""

    subtotal: int
    shipping_fee: int

    @property
    def total(self) -> int:
        return self.subtotal + self.shipping_fee


def quote(variant: Variant, quantity: int) -> Quote:
    return Quote(variant.price * quantity, variant.shop.shipping_fee)


def variants_beside(variant_id: int) -> list[Variant]:
    """All variants on sale of the product that this one belongs to; empty when it is not on sale."""
    return list(
        Variant.objects.on_sale()
        .filter(product__variants=variant_id)
        .select_related("product", "shop", "stock")
        .order_by("position", "pk")
    )


def variant_chosen(variant_id: int, wanted: str) -> list[Variant]:
    """The wanted variant, when it is on sale beside the one whose sheet this is; else nothing."""
    pk = whole_number(wanted)
    if pk is None:
        return []
    beside = Variant.objects.on_sale().filter(pk=pk, product__variants=variant_id)
    return list(beside.select_related("product", "shop"))


def address_chosen(user: User, wanted: str) -> list[Address]:
    """The person's own address of that number; else nothing."""
    pk = whole_number(wanted)
    return list(user.addresses.filter(pk=pk).select_related("regency")) if pk is not None else []


def addresses_of(user: User) -> list[Address]:
    """The last used first."""
    return list(user.addresses.select_related("regency").order_by("-used_at", "-pk")[:4])


def last_method(user: User) -> str:
    """How this person paid last time; QRIS for a first purchase."""
    last = Order.objects.of_buyer(user).order_by("-placed_at", "-pk").values_list("method", flat=True).first()
    return last or Order.Method.QRIS


def session_showing(code: str, product_id: int) -> LiveSession | None:
    """The session of that code, when the product is really shown in it."""
    if not slug_re.match(code):
        return None
    return LiveSession.objects.filter(code=code, showcase__product=product_id).first()
