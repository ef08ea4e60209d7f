"""Which charge an order is paid by."""

from __future__ import annotations

from django.db.models import QuerySet

from kit.notices import waiting_ids
from orders.models import Order
from payments.models import ChargePart, GatewayNotice, Purpose


def part_of(order: Order) -> ChargePart | None:
    """What is paid ahead for the order: its price, or a deposit where the rest is paid at the door."""
    ahead = Purpose.DEPOSIT if order.is_cod else Purpose.PRICE
    return parts_of(order).filter(purpose=ahead, replaced_at__isnull=True).first()


def deposit_part(order: Order) -> ChargePart | None:
    return parts_of(order).filter(purpose=Purpose.DEPOSIT).first()


def parts_of(order: Order) -> QuerySet[ChargePart]:
    return ChargePart.objects.filter(order=order).select_related("charge", "order")


def waiting_notice_ids() -> list[int]:
    return waiting_ids(GatewayNotice)
