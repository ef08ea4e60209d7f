"""One button for several shops: an order for each, one payment for all, or nothing at all."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid5

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.models import Address, User
from accounts.operations import mark_address_used
from affiliates import operations as affiliates
from basket.models import BasketItem, Purchase
from catalog.models import Shop, Variant
from checkout.operations import MethodNotOffered, TooManyUnpaid, WayMissing
from deals.broadcasts import flash_left_changed
from deals.models import Rule
from livestream import broadcasts
from livestream.models import LiveSession
from orders import operations as orders
from orders.models import Order
from orders.queries import quote
from payments import operations as payments
from payments import queries as payment_queries
from payments.methods import is_by_gateway
from shipping.operations import offer_ways


@dataclass(frozen=True)
class Portion:
    """What is bought of one shop, and how it is sent."""

    shop: Shop
    variants: list[Variant]
    basket: dict[int, int]  # quantities by variant
    shown_total: int | None  # rupiah, as the page said
    quote: UUID | None = None
    session: LiveSession | None = None  # the newest of those it was put in from
    session_ms: int | None = None


@dataclass(frozen=True)
class Wish:
    portions: Sequence[Portion]
    address: Address
    method: str
    key: UUID
    content: str  # all that was chosen: tells a repeated request from another one that reuses its key
    visitor: UUID | None


class CannotBeJoined(Exception):
    """Shops that take the money themselves are each paid by themselves."""


class TooManyShops(Exception):
    """More orders at once than may wait for one buyer's money."""


class BasketMoved(Exception):
    """The page shows what is no longer in the basket: bought or taken out elsewhere."""


class NotPlaced(Exception):
    """One shop's order was refused, so that none was made."""

    def __init__(self, shop: Shop, refusal: orders.Refused) -> None:
        super().__init__(shop.pk, refusal)
        self.shop, self.refusal = shop, refusal


def check_out(buyer: User, *, wish: Wish) -> list[Order]:
    """Place all of it, once for each key, and empty the basket of it; or change nothing at all.

    Raises CannotBeJoined, TooManyShops, BasketMoved, NotPlaced, and WayMissing, MethodNotOffered and
    TooManyUnpaid of the counter. One payment stands for several orders; their payment page opens it.
    """
    if made := made_before(buyer, key=wish.key, content=wish.content):
        return made
    _refuse_company(wish)
    _refuse_by_standing(buyer, wish)
    _refuse_without_ways(buyer, wish)
    made = _place(
        buyer, wish, {portion.shop.pk: _attribution(buyer, wish, portion) for portion in wish.portions}
    )
    mark_address_used(wish.address)
    _tell_rooms(buyer, wish, made)
    return made


def made_before(buyer: User, *, key: UUID, content: str) -> list[Order]:
    """The orders of a purchase that was made under this key; none when there is none. Raises KeyReused."""
    known = Purchase.objects.filter(key=key).first()
    if known is None:
        return []
    if known.request_hash != _digest(buyer, content):
        raise orders.KeyReused
    return list(Order.objects.filter(pk__in=known.order_ids).select_related("shop").order_by("pk"))


def _digest(buyer: User, content: str) -> str:
    return hashlib.sha256(f"{buyer.pk} {content}".encode()).hexdigest()


# ---- what speaks against it ------------------------------------------------------------------------


def _refuse_company(wish: Wish) -> None:
    if len(wish.portions) > settings.MOST_UNPAID_ORDERS:
        raise TooManyShops
    if len(wish.portions) > 1 and not is_by_gateway(wish.method):
        raise CannotBeJoined


def _refuse_by_standing(buyer: User, wish: Wish) -> None:
    """Each order of the purchase counts among those that wait for this buyer's money."""
    others = len(wish.portions) - 1
    for portion in wish.portions:
        standing = payment_queries.standing(method=wish.method, shop_id=portion.shop.pk, buyer_id=buyer.pk)
        if not standing.is_offered:
            raise MethodNotOffered
        if standing.owes_too_much or standing.unpaid + others >= settings.MOST_UNPAID_ORDERS:
            raise TooManyUnpaid


def _refuse_without_ways(buyer: User, wish: Wish) -> None:
    """What travels with an earlier order, or is a gift, needs no way of its own."""
    for portion in wish.portions:
        if not portion.quote and portion.shop.offers_ways and _needs_a_way(buyer, wish, portion):
            raise WayMissing


def _needs_a_way(buyer: User, wish: Wish, portion: Portion) -> bool:
    address = wish.address.as_snapshot()
    session_id = portion.session.pk if portion.session else None
    terms = quote(
        buyer, shop_id=portion.shop.pk, basket=portion.basket, session_id=session_id, address=address
    )
    if not terms.subtotal or terms.rides:
        return False
    place = {"area": address["area"], "postal_code": address["postal_code"]}
    ways = offer_ways(buyer, shop=portion.shop, variants=portion.variants, basket=portion.basket, **place)
    return bool(ways)


# ---- doing it --------------------------------------------------------------------------------------


@transaction.atomic
def _place(buyer: User, wish: Wish, credited: Mapping[int, Mapping[int, dict[str, Any]]]) -> list[Order]:
    """Shop after shop in the order of their numbers, as everybody who moves stock of several shops does:
    so two baskets with crossing goods never wait for each other.
    """
    purchase, is_new = Purchase.objects.get_or_create(
        key=wish.key, defaults={"buyer": buyer, "request_hash": _digest(buyer, wish.content)}
    )
    if not is_new:  # the second tap waited here for the first
        return made_before(buyer, key=wish.key, content=wish.content)
    _take_out(buyer, wish)
    in_turn = sorted(wish.portions, key=lambda portion: portion.shop.pk)
    made = [_place_one(buyer, wish, portion, credited[portion.shop.pk]) for portion in in_turn]
    waiting = [order for order in made if order.state == Order.State.PENDING]
    if len(waiting) > 1:
        payments.join_charge(waiting)
    purchase.order_ids = [order.pk for order in made]
    purchase.save(update_fields=["order_ids"])
    return made


def _take_out(buyer: User, wish: Wish) -> None:
    """What is bought leaves the basket; a page that shows another basket buys nothing."""
    wanted = {pk: count for portion in wish.portions for pk, count in portion.basket.items()}
    own = BasketItem.objects.filter(buyer=buyer, variant__in=wanted)
    locked = own.select_for_update().order_by("pk")
    if {item.variant_id: item.quantity for item in locked} != wanted:
        raise BasketMoved
    own.delete()


def _place_one(buyer: User, wish: Wish, portion: Portion, attribution: Mapping[int, dict[str, Any]]) -> Order:
    try:
        return orders.place_order(
            buyer=buyer,
            shop_id=portion.shop.pk,
            basket=portion.basket,
            method=wish.method,
            address=wish.address.as_snapshot(),
            idempotency_key=uuid5(wish.key, str(portion.shop.pk)),
            session_id=portion.session.pk if portion.session else None,
            session_ms=portion.session_ms,
            attribution=attribution,
            expected_total=portion.shown_total,
            shipping_quote=portion.quote,
        )
    except orders.Refused as refusal:
        raise NotPlaced(portion.shop, refusal) from refusal


def _attribution(buyer: User, wish: Wish, portion: Portion) -> Mapping[int, dict[str, Any]]:
    return affiliates.decide_attribution(
        visitor=wish.visitor,
        buyer=buyer,
        shop_id=portion.shop.pk,
        variant_ids=list(portion.basket),
        session_id=portion.session.pk if portion.session else None,
        at=timezone.now(),
        delivery=wish.address.as_snapshot(),
    )


def _tell_rooms(buyer: User, wish: Wish, made: Sequence[Order]) -> None:
    if not all(order.is_new for order in made):  # a second tap must not shout again
        return
    broadcasts.stock_changed([pk for portion in wish.portions for pk in portion.basket])
    for order in made:
        flash = order.lines.filter(rule=Rule.FLASH, deal_id__isnull=False)
        flash_left_changed([line.deal_id for line in flash if line.deal_id])
    for portion in wish.portions:
        if portion.session and portion.session.is_on_air:
            broadcasts.sold(portion.session.pk, buyer.chat_name, portion.variants[0].product.name)
