"""What tests of orders and payments share."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db.models import F, Sum
from django.utils import timezone

from catalog.models import Stock, Variant
from orders import operations
from orders.models import Order, OrderLine
from tests import factories

ADDRESS = {
    "recipient": "Sari",
    "phone": "+628123456789",
    "street": "Jl. Contoh 1",
    "village": "",
    "district": "Kasihan",
    "regency": "Kabupaten Bantul",
    "province": "DI Yogyakarta",
    "postal_code": "55181",
    "landmark": "",
}
HOLDING = {
    "reserved": {"pending"},
    "sold": {"confirmed", "packed", "shipped", "received"},
}


def place(variant: Variant | None = None, quantity: int = 1, **fields: Any) -> Order:
    """An order of one variant, as a stranger places it."""
    variant = variant or factories.make_variant()
    fields = {
        "buyer": fields.get("buyer") or factories.make_user(),
        "shop_id": variant.shop_id,
        "basket": {variant.pk: quantity},
        "method": Order.Method.QRIS,
        "address": ADDRESS,
        "idempotency_key": uuid.uuid4(),
        **fields,
    }
    return operations.place_order(**fields)


def counters(variant: Variant) -> dict[str, int]:
    names = ("available", "reserved", "sold")
    return dict(Stock.objects.values(*names).get(pk=variant.pk))


def let_time_run_out(*orders: Order) -> None:
    overdue = timezone.now() - timedelta(seconds=1)
    Order.objects.filter(pk__in=[order.pk for order in orders]).update(pay_by=overdue)


def order_in(state: str, variant: Variant | None = None, **fields: Any) -> Order:
    """An order that has come to `state` by the real steps."""
    order = place(variant, **fields)
    for step in PATHS[state]:
        step(order)
        order.refresh_from_db()
    assert order.state == state
    return order


def _expire(order: Order) -> None:
    let_time_run_out(order)
    operations.expire_unpaid(10)


def _pay(order: Order) -> None:
    operations.mark_paid(order.pk)


def _ship(order: Order) -> None:
    operations.ship_order(order, courier="JNE", waybill="JNE0001")


def _cancel(order: Order) -> None:
    operations.cancel_order(order, reason="Berubah pikiran")


PATHS: Mapping[str, list[Any]] = {
    "pending": [],
    "confirmed": [_pay],
    "packed": [_pay, operations.pack_order],
    "shipped": [_pay, operations.pack_order, _ship],
    "received": [_pay, operations.pack_order, _ship, operations.receive_order],
    "cancelled": [_cancel],
    "expired": [_expire],
    "refund_due": [_pay, _cancel],
    "refunded": [_pay, _cancel, operations.record_refund],
}


def assert_stock_adds_up() -> None:
    """Every counter equals what the orders say, and nothing was sold twice."""
    for stock in Stock.objects.all():
        lines = OrderLine.objects.filter(variant=stock.variant_id)
        for name, states in HOLDING.items():
            holding = lines.filter(order__state__in=states)
            if name == "reserved":
                holding = holding.filter(order__holds_units=True)
            held = holding.aggregate(units=Sum("quantity"))["units"] or 0
            assert getattr(stock, name) == held, f"{name} of {stock}"
    broken = Stock.objects.exclude(initial=F("available") + F("set_aside") + F("reserved") + F("sold"))
    assert not broken.exists()
