"""What the people who run a show must know while it runs, never older than a few seconds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Prefetch, Q, Sum
from django.utils import timezone

from insights.queries.orders import GOODS, kept, orders_on_air
from kit.pictures import Picture
from livestream import queries as live
from livestream.models import LiveSession, ProductTap, RoomEvent
from livestream.room import presence
from orders.models import Order, OrderLine

A_MINUTE = timedelta(minutes=1)
NEWEST_ORDERS = 5


@dataclass(frozen=True)
class PinnedNow:
    product_id: int
    name: str
    photo: Picture | None
    left: int
    taps: int


@dataclass(frozen=True)
class NewOrder:
    buyer_name: str
    product_name: str
    units: int
    goods: int  # rupiah
    placed_at: datetime
    is_kept: bool


@dataclass(frozen=True)
class Board:
    viewers: int
    chat_a_minute: int
    taps: int
    orders: int  # placed, and not given up
    waiting: int  # of these not yet paid
    goods: int  # rupiah of kept orders, without shipping
    pinned: PinnedNow | None
    newest: Sequence[NewOrder]
    at: datetime


def board_of(session: LiveSession) -> Board:
    now = timezone.now()
    totals = _totals(session)
    return Board(
        viewers=presence.count_viewers([session.pk])[session.pk],
        chat_a_minute=_said_since(session, now - A_MINUTE),
        taps=ProductTap.objects.filter(session=session).count(),
        orders=totals["waiting"] + totals["kept"],
        waiting=totals["waiting"],
        goods=totals["goods"] or 0,
        pinned=_pinned_now(session),
        newest=_newest(session),
        at=now,
    )


def _totals(session: LiveSession) -> dict[str, int]:
    return orders_on_air(session).aggregate(
        waiting=Count("pk", filter=Q(state=Order.State.PENDING)),
        kept=Count("pk", filter=kept()),
        goods=Sum(GOODS, filter=kept()),
    )


def _said_since(session: LiveSession, moment: datetime) -> int:
    said = RoomEvent.objects.filter(session=session, kind=RoomEvent.Kind.CHAT, created_at__gte=moment)
    return said.count()


def _pinned_now(session: LiveSession) -> PinnedNow | None:
    shown = live.pinned_in(session)
    if shown is None:
        return None
    return PinnedNow(
        product_id=shown.product.pk,
        name=shown.product.name,
        photo=shown.photo,
        left=shown.available,
        taps=ProductTap.objects.filter(session=session, product=shown.product).count(),
    )


def _newest(session: LiveSession) -> list[NewOrder]:
    lines = OrderLine.objects.order_by("pk")
    orders = orders_on_air(session).filter(kept() | Q(state=Order.State.PENDING))
    newest = orders.select_related("buyer").prefetch_related(Prefetch("lines", lines))
    return [_told(order) for order in newest.order_by("-placed_at", "-pk")[:NEWEST_ORDERS]]


def _told(order: Order) -> NewOrder:
    lines = list(order.lines.all())
    return NewOrder(
        buyer_name=order.buyer.chat_name,
        product_name=lines[0].product_name,
        units=sum(line.quantity for line in lines),
        goods=order.total - order.shipping_fee,
        placed_at=order.placed_at,
        is_kept=order.state != Order.State.PENDING,
    )
