"""Reads of affiliates, by subject."""

from affiliates.queries.books import (
    Reconciliation,
    amount_due,
    commissions_with_amounts,
    reconciliation,
)
from affiliates.queries.deciding import (
    Goods,
    earns_a_guest,
    goods_to_decide,
    parts_of_creators,
    people_at,
    session_with_creators,
    touches_of,
)
from affiliates.queries.desk import (
    Overview,
    Standing,
    clicks_by_day,
    commissions_of,
    estimated_lines,
    link_by_code,
    links_of,
    missed_sales,
    overdue_commissions,
    overview,
)
from affiliates.queries.explaining import explain, trace_of, traced
from affiliates.queries.offers import is_offered, offers, products_with_rates, shop_rate
from affiliates.queries.selling import examples, goods_at_rate, goods_of, sales_by_creator
from affiliates.queries.targets import Target, find_target, link_to, terms_of

__all__ = [
    "Goods",
    "Overview",
    "Reconciliation",
    "Standing",
    "Target",
    "amount_due",
    "clicks_by_day",
    "commissions_of",
    "commissions_with_amounts",
    "earns_a_guest",
    "estimated_lines",
    "examples",
    "explain",
    "find_target",
    "goods_at_rate",
    "goods_of",
    "goods_to_decide",
    "is_offered",
    "link_by_code",
    "link_to",
    "links_of",
    "missed_sales",
    "offers",
    "overdue_commissions",
    "overview",
    "parts_of_creators",
    "people_at",
    "products_with_rates",
    "reconciliation",
    "sales_by_creator",
    "session_with_creators",
    "shop_rate",
    "terms_of",
    "touches_of",
    "trace_of",
    "traced",
]
