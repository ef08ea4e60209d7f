"""What a seller does to the stock. What buyers do to it is in `orders`."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F

from audit.models import Act
from audit.operations import record
from catalog.models import Stock, Variant


class StockMoved(Exception):
    """Someone bought while the seller was counting; `available` is what there is now."""

    def __init__(self, available: int) -> None:
        super().__init__(available)
        self.available = available


class NotEnoughLeft(Exception):
    """Fewer units can be bought than should be set aside; `available` is what there is."""

    def __init__(self, available: int) -> None:
        super().__init__(available)
        self.available = available


@transaction.atomic
def restock(variant: Variant, *, units: int) -> None:
    """Add fresh goods to the shelf; right whatever is bought meanwhile."""
    record(Act.STOCK, about=str(variant), shop_id=variant.shop_id, after={"tambah": units})
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
    before, after = {"tersedia": stock.available}, {"tersedia": available}
    record(Act.STOCK, about=str(variant), shop_id=variant.shop_id, before=before, after=after)
    stock.initial += available - stock.available
    stock.available = available
    stock.save(update_fields=["initial", "available"])


def set_aside(variant_id: int, *, units: int) -> None:
    """Keep so many units from being bought by anybody but a winner, or change nothing."""
    enough = Stock.objects.filter(variant=variant_id, available__gte=units)
    if not enough.update(available=F("available") - units, set_aside=F("set_aside") + units):
        raise NotEnoughLeft(Stock.objects.values_list("available", flat=True).get(variant=variant_id))


def put_back(variant_id: int, *, units: int) -> None:
    """Let everybody buy units again that were set aside."""
    Stock.objects.filter(variant=variant_id).update(
        available=F("available") + units, set_aside=F("set_aside") - units
    )
