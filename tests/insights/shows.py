"""Shows with real orders: placed, paid, called off and given back by the market's own steps."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from catalog.models import Variant
from livestream.models import LiveSession, PinInterval, ProductTap
from livestream.room import seats
from orders.models import Order
from tests.factories import make_session_on_air
from tests.orders.helpers import order_in

LASTED = timedelta(hours=1)


def a_show(variant: Variant, **fields: Any) -> LiveSession:
    """On air for an hour and still running; media and clock agree."""
    began = timezone.now() - LASTED
    fields = {"went_live_at": began, "media_ms": LASTED // timedelta(milliseconds=1), **fields}
    return make_session_on_air(shop=variant.shop, products=[variant.product], **fields)


def end(session: LiveSession) -> LiveSession:
    """Over now, and recorded."""
    session.ended_at = timezone.now()
    session.recorded_ms = session.media_ms
    session.save()
    return session


def sell(
    session: LiveSession, variant: Variant, state: str = "confirmed", *, ms: int, **fields: Any
) -> Order:
    """An order that was placed at this moment of the show and came to this state by the real steps."""
    order = order_in(state, variant, session_id=session.pk, session_ms=ms, **fields)
    assert session.went_live_at
    return _placed_at(order, session.went_live_at + timedelta(milliseconds=ms))


def sell_from_the_replay(session: LiveSession, variant: Variant, state: str = "confirmed") -> Order:
    order = order_in(state, variant, session_id=session.pk, session_ms=session.media_ms)
    assert session.ended_at
    return _placed_at(order, session.ended_at + timedelta(minutes=5))


def pin(session: LiveSession, variant: Variant, from_ms: int, to_ms: int | None) -> PinInterval:
    return PinInterval.objects.create(session=session, product=variant.product, from_ms=from_ms, to_ms=to_ms)


def tap(session: LiveSession, variant: Variant, person: int, *, ms: int) -> ProductTap:
    seat = seats.mark(session.pk, seats.of_person(person))
    return ProductTap.objects.create(session=session, product=variant.product, seat=seat, at_ms=ms)


def _placed_at(order: Order, moment: datetime) -> Order:
    Order.objects.filter(pk=order.pk).update(placed_at=moment)
    order.refresh_from_db()
    return order
