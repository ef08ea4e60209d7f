"""Reads of orders."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from psycopg.types.json import Jsonb

from accounts.models import User
from catalog.models import Duty, Shop
from orders.models import FirstPaidBuyer, FirstPaidSession, LabelBatch, Order, OrderLine
from shipping.states import HANDED_OVER
from shipping.states import State as Station

State = Order.State
TERMS = """
    SELECT terms.subtotal, terms.discount, way.fee, terms.subtotal - terms.discount + way.fee,
        terms.prices, terms.list_prices, way.rides_on IS NOT NULL
    FROM (SELECT %s::bigint AS buyer, %s::bigint AS shop, %s::bigint[] AS variants, %s::int[] AS quantities,
        %s::timestamptz AS at) asked
    CROSS JOIN LATERAL orders_terms(asked.buyer, asked.shop, asked.variants, asked.quantities, asked.at) terms
    CROSS JOIN LATERAL orders_shipping(asked.buyer, asked.shop, %s, %s, asked.variants, asked.quantities, %s,
        asked.at, terms.shipping_fee, terms.subtotal) way
"""


@dataclass(frozen=True)
class Quote:
    """What an order would cost now, in rupiah: by the function that places it."""

    subtotal: int
    discount: int
    shipping_fee: int
    total: int
    prices: list[int]  # in the order of the variants' ids
    list_prices: list[int]
    rides: bool  # in the parcel of an earlier order of the show: the fee is for what it adds in weight


def quote(
    buyer: User | None,
    *,
    shop_id: int,
    basket: Mapping[int, int],
    session_id: int | None = None,
    address: Mapping[str, str] | None = None,
    shipping_quote: UUID | None = None,
) -> Quote:
    """For a basket of variants on sale; where it goes and how is asked when that is known already."""
    variants = sorted(basket)
    quantities = [basket[variant_id] for variant_id in variants]
    with connection.cursor() as cursor:
        basics = [buyer.pk if buyer else None, shop_id, variants, quantities, timezone.now()]
        asked: list[Any] = [*basics, session_id, Jsonb(dict(address)) if address else None, shipping_quote]
        cursor.execute(TERMS, asked)
        return Quote(*cursor.fetchone())


def orders_of_buyer(user: User) -> QuerySet[Order]:
    return _with_lines(Order.objects.of_buyer(user)).order_by("-placed_at", "-pk")


def orders_of_seller(user: User) -> QuerySet[Order]:
    return _with_lines(Order.objects.of_seller(user)).order_by("-placed_at", "-pk")


def orders_at_desk(user: User) -> QuerySet[Order]:
    """Of the shop that this person works at now."""
    shops = Shop.objects.at_desk(user, Duty.ORDERS)
    return _with_lines(Order.objects.filter(shop__in=shops)).order_by("-placed_at", "-pk")


def orders_matching(orders: QuerySet[Order], typed: str) -> QuerySet[Order]:
    """By number, waybill, recipient or goods."""
    by_goods = OrderLine.objects.filter(product_name__icontains=typed).values("order")
    return orders.filter(
        Q(number__icontains=typed)
        | Q(waybill__icontains=typed)
        | Q(address__recipient__icontains=typed)
        | Q(pk__in=by_goods)
    )


def orders_to_label(user: User, order_ids: Sequence[int]) -> list[Order]:
    """The seller's own of these, in this order."""
    found = orders_of_seller(user).select_related("shop__regency", "shop__shipping_setup", "quote")
    orders = found.in_bulk(list(order_ids))
    return [orders[pk] for pk in order_ids if pk in orders]


def _with_lines(orders: QuerySet[Order]) -> QuerySet[Order]:
    beside = orders.select_related("shop", "buyer", "session", "quote", "parcel", "rides_on")
    return beside.prefetch_related("lines__variant__product")


def counts_by_state(user: User) -> dict[str, int]:
    """How many orders the seller has in each state."""
    at_desk = Order.objects.filter(shop__in=Shop.objects.at_desk(user, Duty.ORDERS))
    rows = at_desk.order_by().values("state").annotate(count=Count("pk"))
    return {row["state"]: row["count"] for row in rows}


def deliveries_to_confirm() -> QuerySet[Order]:
    """Delivered so long ago that silence counts as receipt; or shipped, where no courier tells."""
    long_ago = timezone.now() - timedelta(seconds=settings.AUTO_RECEIVE_SECONDS)
    is_untold = Q(parcel__isnull=True) | Q(parcel__aggregator_id="")
    is_due = Q(parcel__delivered_at__lte=long_ago) | (is_untold & Q(shipped_at__lte=long_ago))
    due = Order.objects.filter(is_due, state=State.SHIPPED).select_related("parcel")
    return due.order_by("shipped_at", "pk")


def cash_in_box(order: Order) -> int:
    """Rupiah to be paid at the door for all that lies in one box with this order."""
    inside = Order.objects.filter(parcel=order.parcel_id, state=State.SHIPPED)
    return sum(each.due_at_door for each in inside)


def handed_over_unnoticed() -> QuerySet[Order]:
    """Packed, while their courier says that it has them."""
    return Order.objects.filter(state=State.PACKED, parcel__state__in=HANDED_OVER).order_by("pk")


def parcels_given_up() -> QuerySet[Order]:
    """Sent, and their courier says that they do not arrive.

    What was to be paid at the door and came back was most often refused there, which its shop says.
    """
    is_back = Q(parcel__state=Station.RETURNED) & ~Q(method=Order.Method.COD)
    lost = Order.objects.filter(is_back | Q(parcel__state=Station.LOST), state=State.SHIPPED)
    return lost.exclude(parcel__aggregator_id="").order_by("pk")


def labels_waiting() -> list[UUID]:
    """Batches that no worker has printed for half a minute."""
    a_while_ago = timezone.now() - timedelta(seconds=30)
    waiting = LabelBatch.objects.filter(printed_at__isnull=True, created_at__lte=a_while_ago)
    return list(waiting.order_by("created_at").values_list("pk", flat=True)[:20])


def is_first_paid(buyer: User | None, *, shop_id: int, session_id: int | None) -> bool:
    """Whether what this buyer orders here is theirs only when it is paid."""
    in_session = Q(pk=session_id) if session_id else Q(pk__in=[])
    return (
        FirstPaidSession.objects.filter(in_session).exists()
        or FirstPaidBuyer.objects.filter(shop=shop_id, buyer=buyer).exists()
    )
