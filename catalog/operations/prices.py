"""Remembering which prices were really paid."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q
from django.utils import timezone

from catalog.models import PriceSpell


def note_charged(prices: Iterable[tuple[int, int]], *, placed_at: datetime) -> None:
    """Somebody paid these list prices, as (variant, price); written at most once a day for each price."""
    today = timezone.now().date()
    unnoted = Q(last_charged_on__isnull=True) | Q(last_charged_on__lt=today)
    for variant_id, price in sorted(prices):
        spells = PriceSpell.objects.filter(variant=variant_id, price=price, from_at__lte=placed_at)
        newest = spells.order_by("-from_at").values("pk")[:1]
        PriceSpell.objects.filter(unnoted, pk__in=newest).update(last_charged_on=today)
