"""What tests of baskets share."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from accounts.models import Address, User
from basket import operations
from basket.operations import Kept, Portion, Wish
from catalog.models import Variant
from orders.models import Order


def fill(buyer: User, *variants: Variant, quantity: int = 1, **fields: Any) -> None:
    for variant in variants:
        operations.put(buyer, Kept(variant.pk, quantity, variant.price, **fields))


def wish_for(address: Address, *portions: Portion, **fields: Any) -> Wish:
    content = repr([sorted(portion.basket.items()) for portion in portions])
    return Wish(
        **{
            "portions": portions,
            "address": address,
            "method": Order.Method.QRIS,
            "key": uuid4(),
            "content": content,
            "visitor": None,
            **fields,
        }
    )


def portion_of(*variants: Variant, quantity: int = 1, **fields: Any) -> Portion:
    shop = variants[0].shop
    total = sum(variant.price * quantity for variant in variants) + shop.shipping_fee
    basket = {variant.pk: quantity for variant in variants}
    return Portion(
        **{"shop": shop, "variants": list(variants), "basket": basket, "shown_total": total, **fields}
    )
