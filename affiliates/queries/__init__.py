"""Reads of affiliates, by subject."""

from affiliates.queries.books import (
    Reconciliation,
    amount_due,
    commissions_with_amounts,
    overdue_commissions,
    reconciliation,
)
from affiliates.queries.deciding import Goods, goods_to_decide, session_of_creator, touches_of
from affiliates.queries.offers import is_offered, offers, products_with_rates, shop_rate

__all__ = [
    "Goods",
    "Reconciliation",
    "amount_due",
    "commissions_with_amounts",
    "goods_to_decide",
    "is_offered",
    "offers",
    "overdue_commissions",
    "products_with_rates",
    "reconciliation",
    "session_of_creator",
    "shop_rate",
    "touches_of",
]
