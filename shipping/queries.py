"""Reads of ways of sending, tariffs and parcels."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from accounts.models import User
from catalog.models import Duty, Shop
from kit.notices import waiting_ids
from shipping.models import CourierNotice, Parcel, Quote, Setup, Tariff
from shipping.states import FINAL

ASK_AGAIN = timedelta(minutes=30)


def setup_of(shop_id: int) -> Setup | None:
    return Setup.objects.filter(shop=shop_id).first()


def tariffs_of_seller(user: User) -> QuerySet[Tariff]:
    return Tariff.objects.filter(shop__in=Shop.objects.at_desk(user, Duty.SHOP)).order_by("area")


def tariff_for(shop_id: int, area: str) -> Tariff | None:
    """The one of the smallest area that holds this destination."""
    codes = ["", area[:2], area[:5], area[:8]]
    fitting = Tariff.objects.filter(shop=shop_id, area__in=codes)
    return max(fitting, key=lambda tariff: len(tariff.area), default=None)


def quotes_for(
    buyer: User, *, shop_id: int, basket: Mapping[int, int], area: str, postal_code: str
) -> QuerySet[Quote]:
    """What was offered for this basket to this place, the cheapest first."""
    variants = sorted(basket)
    quotes = Quote.objects.filter(
        buyer=buyer, shop=shop_id, variants=variants, area=area, postal_code=postal_code
    )
    return quotes.filter(quantities=[basket[pk] for pk in variants]).order_by("fee", "label", "pk")


def waiting_notice_ids() -> list[int]:
    return waiting_ids(CourierNotice)


def parcels_to_ask_about(most: int) -> QuerySet[Parcel]:
    """Those that a courier carries and that nobody told of lately: a webhook may have been lost."""
    long_ago = timezone.now() - ASK_AGAIN
    followed = Parcel.objects.exclude(aggregator_id="").exclude(state__in=FINAL)
    quiet = followed.filter(Q(asked_at__isnull=True) | Q(asked_at__lte=long_ago))
    return quiet.order_by(F("asked_at").asc(nulls_first=True), "pk")[:most]
