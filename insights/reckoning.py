"""Who gets the credit for a tap or a sale: plain reckoning, without a database.

Every tap and every sold line belongs to exactly one stretch in which its product was pinned, or to
none; so the stretches and the rest always add up to the whole.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Stretch:
    """A product was pinned from one moment of the show to another."""

    product_id: int
    from_ms: int
    to_ms: int


@dataclass(frozen=True, slots=True)
class Taps:
    """So many people opened the buy sheet of a product for the first time."""

    product_id: int
    at_ms: int
    people: int = 1


@dataclass(frozen=True, slots=True)
class Sale:
    """One line of an order that was placed during the show."""

    product_id: int
    at_ms: int
    order_id: int
    units: int
    goods: int  # rupiah after discounts, without shipping
    is_kept: bool  # paid or COD, and not called off


@dataclass(slots=True)
class Outcome:
    """What came of something. Orders are counted however they went, units and money only where kept."""

    taps: int = 0
    units: int = 0
    goods: int = 0
    _orders: set[int] = field(default_factory=set)
    _kept: set[int] = field(default_factory=set)

    @property
    def orders(self) -> int:
        return len(self._orders)

    @property
    def kept_orders(self) -> int:
        return len(self._kept)

    @property
    def is_empty(self) -> bool:
        return not (self.taps or self._orders)

    def add_taps(self, taps: Taps) -> None:
        self.taps += taps.people

    def add_sale(self, sale: Sale) -> None:
        self._orders.add(sale.order_id)
        if sale.is_kept:
            self._kept.add(sale.order_id)
            self.units += sale.units
            self.goods += sale.goods


def whole(taps: Iterable[Taps], sales: Iterable[Sale]) -> Outcome:
    outcome = Outcome()
    for tap in taps:
        outcome.add_taps(tap)
    for sale in sales:
        outcome.add_sale(sale)
    return outcome


def by_product(taps: Iterable[Taps], sales: Iterable[Sale]) -> dict[int, Outcome]:
    outcomes: dict[int, Outcome] = defaultdict(Outcome)
    for tap in taps:
        outcomes[tap.product_id].add_taps(tap)
    for sale in sales:
        outcomes[sale.product_id].add_sale(sale)
    return dict(outcomes)


def by_stretch(
    stretches: Sequence[Stretch], taps: Iterable[Taps], sales: Iterable[Sale]
) -> tuple[list[Outcome], Outcome]:
    """One outcome for each stretch, and the rest: bought while something else was pinned, or nothing."""
    outcomes, rest = [Outcome() for _ in stretches], Outcome()
    places = _Places(stretches)
    for tap in taps:
        place = places.of(tap.product_id, tap.at_ms)
        (rest if place is None else outcomes[place]).add_taps(tap)
    for sale in sales:
        place = places.of(sale.product_id, sale.at_ms)
        (rest if place is None else outcomes[place]).add_sale(sale)
    return outcomes, rest


class _Places:
    """Finds the stretch of a product at a moment; where two meet, the later one."""

    def __init__(self, stretches: Sequence[Stretch]) -> None:
        self._stretches = stretches
        self._of_product: dict[int, list[int]] = defaultdict(list)
        for place in sorted(range(len(stretches)), key=lambda place: stretches[place].from_ms):
            self._of_product[stretches[place].product_id].append(place)

    def of(self, product_id: int, at_ms: int) -> int | None:
        places = self._of_product.get(product_id, [])
        after = bisect_right(places, at_ms, key=lambda place: self._stretches[place].from_ms)
        if not after:
            return None
        place = places[after - 1]
        return place if at_ms <= self._stretches[place].to_ms else None
