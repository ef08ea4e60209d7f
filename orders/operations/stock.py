"""The only Python that moves the units of orders between the counters of a variant."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Literal

from django.db.models import F

from catalog.models import Stock
from deals.models import Rule
from livestream import broadcasts
from orders.models import Order, OrderLine
from orders.operations.refusals import OutOfStock

Counters = Literal["available", "set_aside", "reserved", "sold"]
# Where units come from and go back to: the shelf, or what is set aside for winners.
Home = Literal["home"]
Units = Mapping[tuple[int, Counters], int]


def units_of(orders: Iterable[Order]) -> Units:
    """How many units of which variant these orders hold together, by the home they came from."""
    units: Counter[tuple[int, Counters]] = Counter()
    lines = OrderLine.objects.filter(order__in=[order.pk for order in orders])
    for variant_id, quantity, rule in lines.values_list("variant_id", "quantity", "rule"):
        units[variant_id, "set_aside" if rule == Rule.AWARD else "available"] += quantity
    return units


def units_held_by(orders: Iterable[Order]) -> Units:
    """The same of orders that wait for their money: those of first come, first paid hold nothing."""
    return units_of([order for order in orders if order.holds_units])


def move_units(units: Units, *, source: Counters | Home, target: Counters | Home) -> None:
    """All of them or, with the caller's transaction, none.

    One conditional update for each variant, in variant order: two movers never wait for each other.
    """
    for variant_id, home in sorted(units):
        _move(
            variant_id,
            units[variant_id, home],
            source=home if source == "home" else source,
            target=home if target == "home" else target,
        )
    if "home" in (source, target):
        broadcasts.stock_changed({variant_id for variant_id, _ in units})


def write_off(units: Units) -> None:
    """They were sold, and are neither with a buyer nor with the shop: they are there no more."""
    for variant_id, home in sorted(units):
        gone = units[variant_id, home]
        sold = Stock.objects.filter(pk=variant_id, sold__gte=gone)
        if not sold.update(sold=F("sold") - gone, initial=F("initial") - gone):
            raise OutOfStock(variant_id, 0)


def _move(variant_id: int, units: int, *, source: Counters, target: Counters) -> None:
    enough = Stock.objects.filter(pk=variant_id, **{f"{source}__gte": units})
    if not enough.update(**{source: F(source) - units, target: F(target) + units}):
        raise OutOfStock(variant_id, Stock.objects.values_list(source, flat=True).get(pk=variant_id))
