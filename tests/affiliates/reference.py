"""A second, plain opinion about commission: events in, books out. No database, no SQL, no shortcuts."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from fractions import Fraction
from math import floor


@dataclass(frozen=True)
class Sale:
    id: int
    affiliate: int
    shop: int
    price: int
    quantity: int
    rate_bp: int

    @property
    def base(self) -> int:
        return self.price * self.quantity


@dataclass
class Books:
    """What every account must hold after any history of events, told in any order and any number of times."""

    sales: dict[int, Sale]
    events: dict[int, dict[str, tuple[str, int]]] = field(default_factory=lambda: defaultdict(dict))
    matured: set[int] = field(default_factory=set)
    posted: dict[int, int] = field(default_factory=dict)

    def tell(self, sale: int, source: str, kind: str, amount: int) -> None:
        self.events[sale].setdefault(source, (kind, amount))

    def due(self, id: int) -> int:
        sale, told = self.sales[id], self.events[id].values()
        if any(kind == "void" for kind, _ in told):
            return 0
        units = min(sale.quantity, sum(amount for kind, amount in told if kind == "return"))
        gone = floor(Fraction(sale.base * units, sale.quantity))
        gone += sum(amount for kind, amount in told if kind == "refund")
        return floor(Fraction(max(0, sale.base - gone) * sale.rate_bp, 10_000))

    def settle(self) -> int:
        """How many postings it takes."""
        count = 0
        for id in self.sales:
            is_ripe = id in self.matured or id in self.posted or (self.events[id] and self.due(id) == 0)
            if is_ripe and self.posted.get(id) != self.due(id):
                self.posted[id] = self.due(id)
                count += 1
        return count

    def earned(self, affiliate: int) -> int:
        return sum(amount for id, amount in self.posted.items() if self.sales[id].affiliate == affiliate)

    def reserved(self, shop: int) -> int:
        return sum(
            self.due(id) - self.posted.get(id, 0) for id, sale in self.sales.items() if sale.shop == shop
        )

    def escrow(self) -> int:
        return sum(sale.base - self.due(id) for id, sale in self.sales.items())
