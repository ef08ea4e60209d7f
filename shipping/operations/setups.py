"""How a shop sends, and what its own delivery costs where."""

from __future__ import annotations

from typing import Any

from catalog.models import Shop
from shipping.models import Setup, Tariff

MOST_TARIFFS = 200


class TooManyTariffs(Exception):
    """Nobody keeps so many in mind."""


def save_setup(shop: Shop, *, fields: dict[str, Any]) -> Setup:
    """`fields` is the cleaned content of a SetupForm."""
    setup, _ = Setup.objects.update_or_create(shop=shop, defaults=fields)
    return setup


def set_tariff(shop: Shop, *, area: str, place: str, fee: int, is_per_kilogram: bool) -> Tariff:
    """One for each area: a new one takes the place of the old."""
    if shop.tariffs.exclude(area=area).count() >= MOST_TARIFFS:
        raise TooManyTariffs
    tariff, _ = Tariff.objects.update_or_create(
        shop=shop, area=area, defaults={"place": place, "fee": fee, "is_per_kilogram": is_per_kilogram}
    )
    return tariff


def drop_tariff(tariff: Tariff) -> None:
    tariff.delete()
