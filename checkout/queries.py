"""Reads for the buy sheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.validators import slug_re

from accounts.models import Address, User
from catalog.models import Variant
from checkout.ways import Ways
from deals.operations.keeps import Answer
from deals.queries import Price, prices_for
from deals.queries.keeps import names_of
from deals.queries.mine import units_won
from deals.queries.turns import units_held
from kit.numbers import whole_number
from livestream.models import LiveSession
from orders.models import Order
from orders.queries import Quote, quote


@dataclass(frozen=True)
class Offer:
    """What the sheet says about money: what one piece of each choice costs, and the sum."""

    choices: list[tuple[Variant, Price]]
    chosen: Variant
    price: Price  # of one piece of the chosen
    quantity: int
    quote: Quote

    @property
    def each(self) -> int:
        """What each of the chosen pieces costs in this number."""
        return self.quote.prices[0]

    @property
    def is_beyond_the_limit(self) -> bool:
        """Whether fewer pieces would have a better price."""
        return self.each > self.price.amount


def offer(
    buyer: User | None,
    variants: Sequence[Variant],
    *,
    chosen: Variant,
    quantity: int,
    session: LiveSession | None = None,
    ways: Ways | None = None,
) -> Offer:
    prices = prices_for(buyer, {variant.pk: 1 for variant in variants})
    return Offer(
        choices=[(variant, prices[variant.pk]) for variant in variants],
        chosen=chosen,
        price=prices[chosen.pk],
        quantity=quantity,
        quote=quote(
            buyer,
            shop_id=chosen.shop_id,
            basket={chosen.pk: quantity},
            session_id=session.pk if session else None,
            address=ways.destination if ways else None,
            shipping_quote=ways.chosen_id if ways else None,
        ),
    )


def variants_beside(variant_id: int) -> list[Variant]:
    """All variants on sale of the product that this one belongs to; empty when it is not on sale."""
    return list(
        Variant.objects.on_sale()
        .filter(product__variants=variant_id)
        .select_related("product", "shop", "stock")
        .order_by("position", "pk")
    )


def with_what_was_won(buyer: User, variants: list[Variant]) -> list[Variant]:
    """The same, in which units that are kept for this buyer count as being there."""
    ids = [variant.pk for variant in variants]
    won, held = units_won(buyer, ids), units_held(buyer, ids)
    for variant in variants:
        variant.stock.available += won.get(variant.pk, 0) + held.get(variant.pk, 0)
    return variants


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


def options_of(answer: Answer) -> dict[str, object]:
    """What a wish in the chat may mean, with whether there is enough; what cannot be had is left out."""
    variants = names_of([option.choice.variant_id for option in answer.options])
    rows = [(variants[option.choice.variant_id], option.quantity) for option in answer.options]
    possible = [(variant, quantity) for variant, quantity in rows if variant.stock.available >= quantity]
    return {"answer": answer, "rows": possible, "is_short": bool(rows and not possible)}
