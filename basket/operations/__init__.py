"""Every write to baskets, and the one button that buys what lies in them."""

from basket.operations.items import Full, Kept, change, forget_buyer, put, remove, take_over
from basket.operations.purchase import (
    BasketMoved,
    CannotBeJoined,
    NotPlaced,
    Portion,
    TooManyShops,
    Wish,
    check_out,
    made_before,
)

__all__ = [
    "BasketMoved",
    "CannotBeJoined",
    "Full",
    "Kept",
    "NotPlaced",
    "Portion",
    "TooManyShops",
    "Wish",
    "change",
    "check_out",
    "forget_buyer",
    "made_before",
    "put",
    "remove",
    "take_over",
]
