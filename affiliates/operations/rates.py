"""What shops pay for a sale. A rate is never edited: a change ends it and begins the next."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from affiliates.models import CommissionRate
from catalog.models import Product, Shop


class RateChanged(Exception):
    """The moment lies before the last change."""


@transaction.atomic
def set_rate(shop: Shop, *, product: Product | None, rate_bp: int, at: datetime) -> CommissionRate:
    """From `at` on the shop, or one product of it, pays this rate. The same rate again changes nothing."""
    current = _current(shop, product)
    if current and current.rate_bp == rate_bp:
        return current
    if current:
        _end(current, at)
    return CommissionRate.objects.create(shop=shop, product=product, rate_bp=rate_bp, valid_from=at)


@transaction.atomic
def end_rate(shop: Shop, *, product: Product | None, at: datetime) -> None:
    """From `at` on nothing is offered: for a product, the shop's rate takes over."""
    current = _current(shop, product)
    if current:
        _end(current, at)


def _current(shop: Shop, product: Product | None) -> CommissionRate | None:
    """The rate without an end, with the shop locked so that two changes come one after the other."""
    Shop.objects.select_for_update(no_key=True).get(pk=shop.pk)
    return CommissionRate.objects.filter(shop=shop, product=product, valid_to__isnull=True).first()


def _end(current: CommissionRate, at: datetime) -> None:
    if at < current.valid_from:
        raise RateChanged
    current.valid_to = at
    current.save(update_fields=["valid_to"])
