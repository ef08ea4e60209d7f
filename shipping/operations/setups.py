"""How a shop sends, and what its own delivery costs where."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Q

from catalog.models import Shop
from shipping.models import Setup, Tariff

MOST_TARIFFS = 200


class TooManyTariffs(Exception):
    """Nobody keeps so many in mind."""


@transaction.atomic
def save_setup(shop: Shop, *, fields: dict[str, Any]) -> Setup:
    """`fields` is the cleaned content of a SetupForm."""
    setup, _ = Setup.objects.update_or_create(shop=shop, defaults=fields)
    _note_ways(shop.pk)
    return setup


@transaction.atomic
def set_tariff(shop: Shop, *, area: str, place: str, fee: int, is_per_kilogram: bool) -> Tariff:
    """One for each area: a new one takes the place of the old."""
    if shop.tariffs.exclude(area=area).count() >= MOST_TARIFFS:
        raise TooManyTariffs
    tariff, _ = Tariff.objects.update_or_create(
        shop=shop, area=area, defaults={"place": place, "fee": fee, "is_per_kilogram": is_per_kilogram}
    )
    _note_ways(shop.pk)
    return tariff


@transaction.atomic
def drop_tariff(tariff: Tariff) -> None:
    shop_id = tariff.shop_id
    tariff.delete()
    _note_ways(shop_id)


def _note_ways(shop_id: int) -> None:
    """On the shop's own row, which a checkout reads anyway."""
    offers = Q(offers_pickup=True) | ~Q(couriers=[])
    has_tariffs = Tariff.objects.filter(shop=shop_id).exists()
    has_offers = Setup.objects.filter(offers, shop=shop_id).exists()
    Shop.objects.filter(pk=shop_id).update(offers_ways=has_tariffs or has_offers)
