"""The only Python that moves units between the counters of a variant."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Literal

from django.db.models import F

from catalog.models import Stock
from livestream import broadcasts
from orders.models import Order, OrderLine
from orders.operations.refusals import OutOfStock

Counters = Literal["available", "reserved", "sold"]


def units_of(orders: Iterable[Order]) -> Mapping[int, int]:
    """How many units of which variant these orders hold together."""
    units: Counter[int] = Counter()
    lines = OrderLine.objects.filter(order__in=[order.pk for order in orders])
    for variant_id, quantity in lines.values_list("variant_id", "quantity"):
        units[variant_id] += quantity
    return units


def move_units(units: Mapping[int, int], *, source: Counters, target: Counters) -> None:
    """All of them or, with the caller's transaction, none.

    One conditional update for each variant, in variant order: two movers never wait for each other.
    """
    for variant_id in sorted(units):
        moved = units[variant_id]
        enough = Stock.objects.filter(pk=variant_id, **{f"{source}__gte": moved})
        if not enough.update(**{source: F(source) - moved, target: F(target) + moved}):
            raise OutOfStock(variant_id, Stock.objects.values_list(source, flat=True).get(pk=variant_id))
    if "available" in (source, target):
        broadcasts.stock_changed(units)
