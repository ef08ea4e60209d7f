"""The one price rule. The database holds it, so that what is shown and what is charged cannot differ."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.utils import timezone

from accounts.models import User
from catalog.models import Variant
from deals.models import Rule

PRICES = "SELECT * FROM deals_prices(%s, %s::bigint[], %s::int[], %s)"


@dataclass(frozen=True)
class Price:
    """What one unit costs a buyer at a moment, and why."""

    amount: int  # rupiah
    list_price: int
    rule: Rule
    deal_id: int | None = None  # the flash deal or the award, by the rule
    ends_ms: int | None = None  # when a flash deal is over, by its session's commerce clock
    per_buyer_left: int | None = None  # how many this buyer may still have at this price

    @property
    def is_reduced(self) -> bool:
        return self.amount < self.list_price


def price_for(
    buyer: User | None,
    variant: Variant,
    now: datetime | None = None,
    *,
    quantity: int = 1,
) -> Price:
    """An award before a flash deal before the list.

    A variant has one flash deal at a time, of the session that its shop has on air; it holds wherever the
    buyer comes from.
    """
    return prices_for(buyer, {variant.pk: quantity}, now)[variant.pk]


def prices_for(
    buyer: User | None,
    basket: Mapping[int, int],
    now: datetime | None = None,
) -> dict[int, Price]:
    """The price of each variant when bought in these numbers, in one query."""
    asked = [buyer.pk if buyer else None, list(basket), list(basket.values()), now or timezone.now()]
    with connection.cursor() as cursor:
        cursor.execute(PRICES, asked)
        return {
            variant_id: Price(price, list_price, Rule(rule), deal_id, ends_ms, left)
            for variant_id, _, list_price, price, rule, deal_id, ends_ms, left in cursor.fetchall()
        }
