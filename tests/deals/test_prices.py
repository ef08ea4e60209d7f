"""The price of a variant …"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from deals.models import Award, FlashDeal, FlashTake, Rule
from deals.operations import grant_award
from deals.queries import Price, price_for, prices_for
from livestream.models import LiveSession
from tests.deals.helpers import let_time_pass, make_flash_deal, session_showing
from tests.factories import make_user, make_variant

pytestmark = pytest.mark.django_db


def win(deal: FlashDeal, **fields: Any) -> Award:
    fields = {
        "variant": deal.variant,
        "session": deal.session,
        "price": 22_000,
        "source_kind": Award.Source.AUCTION,
        "source_id": 1,
        "expires_at": timezone.now() + timedelta(minutes=10),
        **fields,
    }
    return grant_award(fields.pop("buyer"), **fields)


def test_is_the_lists_without_any_deal():
    variant = make_variant(price=25_000)

    assert price_for(make_user(), variant) == Price(25_000, 25_000, Rule.LIST)


def test_is_the_flash_deals_while_it_runs():
    deal = make_flash_deal(price=20_000)

    for buyer in (make_user(), None):
        price = price_for(buyer, deal.variant)
        assert price == Price(20_000, 25_000, Rule.FLASH, deal.pk, deal.ends_ms, 2)
        assert price.is_reduced


def test_is_the_awards_before_the_flash_deals_for_who_won_it():
    deal, winner = make_flash_deal(), make_user()
    award = win(deal, buyer=winner)

    assert price_for(winner, deal.variant) == Price(22_000, 25_000, Rule.AWARD, award.pk, None, 1)
    assert price_for(make_user(), deal.variant).rule == Rule.FLASH


@pytest.mark.parametrize(
    "spoiled",
    [
        {"expires_at": timezone.now() - timedelta(seconds=1)},
        {"order_id": 7},
        {"quantity": 0},
    ],
    ids=["expired", "used", "too few"],
)
def test_is_not_the_awards_when_it_cannot_be_used(spoiled: dict[str, Any]):
    deal, winner = make_flash_deal(), make_user()
    award = win(deal, buyer=winner)
    if "quantity" in spoiled:
        assert price_for(winner, deal.variant, quantity=2).rule == Rule.FLASH
        return
    Award.objects.filter(pk=award.pk).update(**spoiled)

    assert price_for(winner, deal.variant).rule == Rule.FLASH


def test_begins_and_ends_with_the_commerce_clock_to_the_millisecond():
    deal = make_flash_deal()
    session, now = deal.session, timezone.now()
    clock = session.clock_ms(now)
    times = {"before": (clock + 1, clock + 60_001), "first": (clock, clock + 60_000)}
    times |= {"last": (clock - 60_000 + 1, clock + 1), "over": (clock - 60_000, clock)}

    rules = {}
    for name, (starts_ms, ends_ms) in times.items():
        FlashDeal.objects.filter(pk=deal.pk).update(starts_ms=starts_ms, ends_ms=ends_ms)
        rules[name] = price_for(None, deal.variant, now=now).rule

    assert rules == {"before": "list", "first": "flash", "last": "flash", "over": "list"}


def test_stands_still_with_the_clock():
    deal = make_flash_deal(ends_ms=300_000 + 60_000)
    session = deal.session
    frozen_at = timezone.now()
    LiveSession.objects.filter(pk=session.pk).update(interrupted_at=frozen_at)

    much_later = frozen_at + timedelta(hours=1)

    assert price_for(None, deal.variant, now=much_later).rule == Rule.FLASH
    LiveSession.objects.filter(pk=session.pk).update(interrupted_at=None, interrupted_ms=3_600_000)
    assert price_for(None, deal.variant, now=much_later).rule == Rule.FLASH
    assert price_for(None, deal.variant, now=much_later + timedelta(minutes=2)).rule == Rule.LIST


@pytest.mark.parametrize(
    "over",
    [
        lambda deal: FlashDeal.objects.filter(pk=deal.pk).update(closed_at=timezone.now()),
        lambda deal: FlashDeal.objects.filter(pk=deal.pk).update(taken=10),
        lambda deal: LiveSession.objects.filter(pk=deal.session_id).update(ended_at=timezone.now()),
        lambda deal: let_time_pass(deal.session, 300_001),
        lambda deal: type(deal.variant).objects.filter(pk=deal.variant_id).update(price=20_000),
    ],
    ids=["stopped", "sold out", "session over", "run out", "list is as cheap"],
)
def test_is_the_lists_again_once_the_deal_is(over: Any):
    deal = make_flash_deal()

    over(deal)

    assert price_for(None, deal.variant).rule == Rule.LIST


def test_is_the_flash_deals_only_as_often_as_one_buyer_may():
    deal, buyer = make_flash_deal(per_buyer=3), make_user()
    FlashTake.objects.create(deal=deal, buyer=buyer, units=2, most=3)

    assert price_for(buyer, deal.variant).per_buyer_left == 1
    assert price_for(buyer, deal.variant, quantity=2).rule == Rule.LIST
    assert price_for(make_user(), deal.variant, quantity=3).rule == Rule.FLASH
    assert price_for(make_user(), deal.variant, quantity=4).rule == Rule.LIST


def test_is_found_for_any_number_of_variants_in_one_query(django_assert_num_queries: Any):
    deal, plain, buyer = make_flash_deal(), make_variant(price=9_000), make_user()

    with django_assert_num_queries(1):
        prices = prices_for(buyer, {deal.variant_id: 1, plain.pk: 2, 987_654: 1})

    assert {pk: price.amount for pk, price in prices.items()} == {deal.variant_id: 20_000, plain.pk: 9_000}


def test_follows_the_same_clock_as_the_room():
    """The database tells the commerce clock as the model does, whatever happened to the session."""
    from django.db import connection

    variant = make_variant()
    session = session_showing(variant)
    now = timezone.now()
    for changed in (
        {},
        {"interrupted_ms": 1_234},
        {"interrupted_at": now - timedelta(seconds=3.0005)},
        {"interrupted_ms": 10**9},
        {"went_live_at": now + timedelta(seconds=1)},
        {"ended_at": now - timedelta(seconds=1), "interrupted_at": None},
    ):
        for name, value in changed.items():
            setattr(session, name, value)
        stood_since = session.ended_at or session.interrupted_at
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT livestream_clock_ms(%s, %s, %s, %s)",
                [session.went_live_at, stood_since, session.interrupted_ms, now],
            )
            assert cursor.fetchone()[0] == session.clock_ms(now)
