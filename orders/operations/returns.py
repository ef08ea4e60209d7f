"""Units that came back to the shop."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F

from orders.models import OrderLine
from orders.operations.stock import move_units


@transaction.atomic
def take_back(line: OrderLine, *, units: int, to_shelf: int) -> None:
    """Count them as returned; those that can be sold again go on the shelf, the others are gone for good.

    The database refuses more than were bought. The order's row is locked by whoever calls.
    """
    OrderLine.objects.filter(pk=line.pk).update(returned_quantity=F("returned_quantity") + units)
    if to_shelf:
        move_units({(line.variant_id, "available"): to_shelf}, source="sold", target="home")
