"""Every write of affiliates, by subject."""

from affiliates.operations.clicks import purge_clicks, record_click
from affiliates.operations.commissions import (
    hold_commission,
    mature_commission,
    refund_commission,
    reserve_commission,
    reverse_commission,
    void_commission,
)
from affiliates.operations.deciding import decide_attribution
from affiliates.operations.forgetting import forget_person
from affiliates.operations.joining import HandleTaken, join
from affiliates.operations.links import NotOffered, make_link
from affiliates.operations.rates import RateChanged, end_rate, set_rate
from affiliates.operations.settling import settle, settle_all

__all__ = [
    "HandleTaken",
    "NotOffered",
    "RateChanged",
    "decide_attribution",
    "end_rate",
    "forget_person",
    "hold_commission",
    "join",
    "make_link",
    "mature_commission",
    "purge_clicks",
    "record_click",
    "refund_commission",
    "reserve_commission",
    "reverse_commission",
    "set_rate",
    "settle",
    "settle_all",
    "void_commission",
]
