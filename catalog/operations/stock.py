"""What a seller does to the stock. What buyers do to it is in `orders`."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F

from catalog.models import Stock, Variant


class StockMoved(Exception):
    """Someone bought while the seller was counting; `available` is what there is now."""

    def __init__(self, available: int) -> None:
        super().__init__(available)
        self.available = available


def restock(variant: Variant, *, units: int) -> None:
    """Add fresh goods to the shelf; right whatever is bought meanwhile."""
    Stock.objects.filter(variant=variant).update(
        initial=F("initial") + units, available=F("available") + units
    )


@transaction.atomic
def set_stock(variant: Variant, *, available: int, seen: int | None = None) -> None:
    """Say how many can be bought from now on. What is reserved or sold stays as it is.

    `seen` is the number the seller looked at: when it is no longer true, nothing is changed.
    """
    stock = Stock.objects.select_for_update(no_key=True).get(variant=variant)
    if seen is not None and stock.available != seen:
        raise StockMoved(stock.available)
    stock.initial += available - stock.available
    stock.available = available
    stock.save(update_fields=["initial", "available"])
