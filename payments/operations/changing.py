"""Paying in another way, when the first one failed and the goods still wait."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from deals.models import Rule
from orders.models import Order, OrderLine
from payments.models import Charge, ChargePart
from payments.operations.charges import NotPayable, join_charge
from payments.queries import Offer, offers_for_all, part_of

AT_LEAST = timedelta(minutes=5)  # who changes shortly before the end gets so long


class MethodTaken(Exception):
    """Not one of those that these orders can be paid by now."""


def ways_left(order: Order) -> list[Offer]:
    """How the order could be paid instead; empty while its payment may still come, or its time is over."""
    orders = _waiting(order)
    return _offers(orders) if orders else []


@transaction.atomic
def pay_otherwise(order: Order, *, method: str) -> list[Order]:
    """Take the place of a payment that failed; those that it was for, and that still wait, stay together.

    Raises NotPayable, MethodTaken. Money that comes for the old one all the same counts, or goes back.
    """
    part = part_of(order)
    if part is None:
        raise NotPayable
    ids = part.charge.parts.values("order")
    list(Order.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk"))
    orders = _waiting(order)
    if not orders:
        raise NotPayable
    if method not in [offer.method for offer in _offers(orders)]:
        raise MethodTaken
    now = timezone.now()
    replaced = ChargePart.objects.filter(charge=part.charge_id, order__in=orders, replaced_at__isnull=True)
    replaced.update(replaced_at=now)
    for waiting in orders:
        waiting.method, waiting.pay_by = method, _ends(waiting, method, now)
        waiting.save(update_fields=["method", "pay_by"])
    if len(orders) > 1:
        join_charge(orders)
    return orders


def _waiting(order: Order) -> list[Order]:
    """The orders of its failed payment that can still be paid, this one among them; else none."""
    part = part_of(order)
    if part is None or order.is_cod or part.charge.state not in (Charge.State.FAILED, Charge.State.EXPIRED):
        return []
    orders = Order.objects.filter(charge_parts__charge=part.charge_id, charge_parts__replaced_at__isnull=True)
    waiting = orders.filter(state=Order.State.PENDING, pay_by__gt=timezone.now()).select_related("shop")
    found = list(waiting.order_by("pk"))
    return found if order in found else []


def _offers(orders: Sequence[Order]) -> list[Offer]:
    """Cash at the door is another kind of order: nobody changes to it."""
    offers = offers_for_all([order.shop for order in orders], orders[0].buyer_id)
    return [offer for offer in offers if offer.method != Order.Method.COD]


def _ends(order: Order, method: str, now: datetime) -> datetime:
    """As long as if it had been chosen at first; a little more shortly before the end, but not for ever.

    A winner's right has a time of its own.
    """
    assert order.pay_by is not None
    if OrderLine.objects.filter(order=order, rule=Rule.AWARD).exists():
        return order.pay_by
    patience = timedelta(seconds=settings.HOLD_SECONDS.get(method, settings.RESERVATION_SECONDS))
    begun = order.placed_at
    return max(order.pay_by, begun + patience, min(now + AT_LEAST, begun + 2 * patience))
