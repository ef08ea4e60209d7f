"""What couriers charge by: the weight, or the room that a parcel takes, whichever is more."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from catalog.models import Variant
from shipping.couriers import Item

CUBIC_CM_PER_KG = 6000  # couriers' rule for parcels by road


def items_of(variants: Iterable[Variant], basket: Mapping[int, int]) -> list[Item]:
    """The basket as couriers see it; the variants come with their products."""
    return [
        Item(
            name=str(variant)[:100],
            quantity=basket[variant.pk],
            grams=variant.grams,
            value=variant.price,
            length=variant.length or 0,
            width=variant.width or 0,
            height=variant.height or 0,
        )
        for variant in variants
    ]


def chargeable_grams(items: Iterable[Item]) -> int:
    """Of all pieces together; room is counted piece by piece, as if nothing could be nested."""
    return sum(item.quantity * max(item.grams, volumetric_grams(item)) for item in items)


def volumetric_grams(item: Item) -> int:
    return -(-item.length * item.width * item.height * 1000 // CUBIC_CM_PER_KG)


def kilograms(grams: int) -> int:
    """Begun kilograms, one at least."""
    return max(1, -(-grams // 1000))
