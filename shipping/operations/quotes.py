"""What sending a basket costs: each way that is open gets a quote that an order may name."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace
from datetime import datetime, timedelta

import structlog
from django.core.cache import caches
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from catalog.models import Shop, Variant
from shipping import queries
from shipping.couriers import CourierProblem, Item, Rate, biteship
from shipping.models import Quote, Setup, Tariff, Way
from shipping.weights import chargeable_grams, items_of, kilograms

VALID = timedelta(minutes=30)
OFFERED_AGAIN = timedelta(minutes=20)  # before they run out: whoever sees one must have time to order
RATES_KEPT_SECONDS = 900
log = structlog.get_logger(__name__)


def offer_ways(
    buyer: User,
    *,
    shop: Shop,
    variants: Iterable[Variant],
    basket: Mapping[int, int],
    area: str,
    postal_code: str,
) -> list[Quote]:
    """Every open way to this place, by fee, with the shop's own door last; empty where it asks its flat fee.

    May ask the aggregator, so never inside a transaction.
    """
    known = queries.quotes_for(buyer, shop_id=shop.pk, basket=basket, area=area, postal_code=postal_code)
    if fresh := list(known.filter(valid_until__gt=timezone.now() + OFFERED_AGAIN)):
        return sorted(fresh, key=lambda quote: quote.way == Way.PICKUP)
    items = items_of(variants, basket)
    setup, tariff = queries.setup_of(shop.pk), queries.tariff_for(shop.pk, area)
    rates = [*_own(setup, tariff, items), *_of_couriers(setup, postal_code, items)]
    now = timezone.now()
    template = {
        "shop": shop,
        "buyer": buyer,
        "variants": sorted(basket),
        "quantities": [basket[pk] for pk in sorted(basket)],
        "area": area,
        "postal_code": postal_code,
        "grams": chargeable_grams(items),
    }
    ranked = sorted(rates, key=lambda offer: (offer[0] == Way.PICKUP, offer[1].fee, offer[1].label))
    return Quote.objects.bulk_create([_quote(template, way, rate, now) for way, rate in ranked])


def forget_old_quotes(now: datetime | None = None) -> int:
    """Those that nobody can use any more and that no order names; how many."""
    long_ago = (now or timezone.now()) - timedelta(days=1)
    count, _by_model = Quote.objects.filter(valid_until__lt=long_ago, orders__isnull=True).delete()
    return count


def _quote(template: dict[str, object], way: Way, rate: Rate, now: datetime) -> Quote:
    return Quote(**template, way=way, **asdict(rate), created_at=now, valid_until=now + VALID)


def _own(setup: Setup | None, tariff: Tariff | None, items: list[Item]) -> list[tuple[Way, Rate]]:
    """By the shop itself: to the door by its table, and at its own door."""
    ways = []
    if tariff:
        each = tariff.fee if tariff.is_per_kilogram else 0
        fee = tariff.fee * (kilograms(chargeable_grams(items)) if tariff.is_per_kilogram else 1)
        goods = sum(item.value * item.quantity for item in items)
        if setup and setup.free_from is not None and goods >= setup.free_from:
            fee = each = 0
        ways.append((Way.SELLER, Rate("", "", _("Diantar penjual"), fee, "", each)))
    if setup and setup.offers_pickup:
        ways.append((Way.PICKUP, Rate("", "", _("Ambil di tempat"), 0, "")))
    return ways


def _of_couriers(setup: Setup | None, postal_code: str, items: list[Item]) -> list[tuple[Way, Rate]]:
    if setup is None or not setup.couriers or not postal_code or not biteship.is_configured():
        return []
    try:
        rates = _remembered_rates(setup, postal_code, items)
    except CourierProblem as problem:  # the shop's other ways stay open
        log.warning("courier_rates_missing", shop=setup.shop_id, problem=str(problem))
        return []
    weight = kilograms(chargeable_grams(items))
    return [(Way.COURIER, replace(rate, per_kilogram=rate.fee // weight)) for rate in rates]


def _remembered_rates(setup: Setup, destination: str, items: list[Item]) -> list[Rate]:
    """Asked once in a quarter of an hour: the sheet is drawn anew with every change of the choice."""
    asked = [setup.postal_code, destination, sorted(setup.couriers), [asdict(item) for item in items]]
    key = "shipping:rates:" + hashlib.sha256(json.dumps(asked).encode()).hexdigest()
    known: list[Rate] | None = caches["spare"].get(key)
    if known is None:
        known = biteship.Biteship().rates(
            origin=setup.postal_code, destination=destination, couriers=setup.couriers, items=items
        )
        caches["spare"].set(key, known, RATES_KEPT_SECONDS)
    return known
