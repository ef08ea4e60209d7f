"""What orders were promised beside their units: prices of deals, awards, vouchers."""

from __future__ import annotations

from collections.abc import Iterable

from deals.models import Rule
from deals.operations import Held
from orders.models import Order, OrderLine


def promised_to(orders: Iterable[Order]) -> list[Held]:
    """Of those orders that were promised anything."""
    orders = list(orders)
    reduced = OrderLine.objects.filter(order__in=[order.pk for order in orders]).exclude(rule=Rule.LIST)
    lines: dict[int, list[OrderLine]] = {}
    for line in reduced:
        lines.setdefault(line.order_id, []).append(line)
    return [
        _held(order, lines.get(order.pk, []))
        for order in orders
        if order.voucher_claim_id or order.pk in lines
    ]


def _held(order: Order, lines: list[OrderLine]) -> Held:
    return Held(
        order_id=order.pk,
        buyer_id=order.buyer_id,
        claim_id=order.voucher_claim_id,
        discount=order.discount,
        awards=[line.deal_id for line in lines if line.rule == Rule.AWARD and line.deal_id],
        flash={line.deal_id: line.quantity for line in lines if line.rule == Rule.FLASH and line.deal_id},
    )
