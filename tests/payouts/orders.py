"""Orders whose money has really moved, made the way the market makes them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from affiliates.models import Affiliate, CommissionRate
from affiliates.operations import mature_commission, reserve_commission
from catalog.models import Shop, Variant
from ledger.models import AccountKind
from ledger.queries import balance
from orders import operations as orders
from orders.models import Order
from payments.models import Refund
from payments.operations.refunds import _decide_lines
from payouts import operations
from tests.factories import make_user, make_variant
from tests.orders.helpers import place
from tests.payments.conftest import post_paid

DAY = timedelta(days=1)


def paid_order(
    variant: Variant | None = None, *, credited_to: Affiliate | None = None, **fields: Any
) -> Order:
    """Confirmed, its money in escrow, its commission reserved."""
    variant = variant or make_variant(price=50_000)
    if credited_to:
        rate, _ = CommissionRate.objects.get_or_create(shop=variant.shop, rate_bp=1_000)
        fact = {"affiliate": credited_to.pk, "rate_id": rate.pk, "rate_bp": rate.rate_bp, "trace": []}
        fields["attribution"] = {variant.pk: fact}
    order = place(variant, **fields)
    pay(order)
    return order


@transaction.atomic
def pay(order: Order) -> None:
    post_paid(order)
    orders.mark_paid(order.pk)
    order.refresh_from_db()
    reserve_commission(order)


def receive(order: Order) -> datetime:
    """It arrives and its settlement is planned; when it arrived."""
    orders.pack_order(order)
    orders.ship_order(order, courier="JNE", waybill="JNE0001")
    orders.receive_order(order)
    mature_commission(order)
    operations.plan_settlements()
    order.refresh_from_db()
    assert order.received_at
    return order.received_at


def settled_order(**fields: Any) -> Order:
    order = paid_order(**fields)
    operations.settle_due(receive(order) + 7 * DAY)
    return order


def make_affiliate(handle: str = "ayo") -> Affiliate:
    return Affiliate.objects.create(user=make_user(), handle=handle)


def owed_to(shop: Shop | int) -> int:
    return balance(AccountKind.SELLER_PAYABLE, shop if isinstance(shop, int) else shop.pk)


def escrow() -> int:
    return balance(AccountKind.ESCROW)


def give_back_units(order: Order, units: dict[int, int], *, shipping: int = 0, key: str = "units") -> Refund:
    """Decided, and not sent yet."""
    (refund,) = _decide_lines(order, units, reason="rusak", key=key, shipping=shipping)
    return refund
