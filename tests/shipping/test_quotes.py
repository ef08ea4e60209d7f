"""What sending costs: by the shop's own table and by couriers, kept as quotes."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from shipping.couriers import Item
from shipping.models import Quote
from shipping.operations import drop_tariff, forget_old_quotes, offer_ways, save_setup, set_tariff
from shipping.queries import tariff_for
from shipping.weights import chargeable_grams, kilograms, volumetric_grams
from tests.factories import make_product, make_shop, make_user, make_variant

pytestmark = pytest.mark.django_db
KASIHAN = "34.02.16"


def ways(shop, *, area=KASIHAN, postal_code="55183", quantity=1, buyer=None, **fields):
    variant = make_variant(product=make_product(shop=shop, weight=800), **fields)
    return offer_ways(
        buyer or make_user(),
        shop=shop,
        variants=[variant],
        basket={variant.pk: quantity},
        area=area,
        postal_code=postal_code,
    )


def fees(quotes):
    return [(quote.way, quote.courier, quote.service, quote.fee) for quote in quotes]


def tariff(shop, area, fee, *, is_per_kilogram=False):
    return set_tariff(shop, area=area, place=area, fee=fee, is_per_kilogram=is_per_kilogram)


def test_a_shop_that_says_nothing_offers_nothing():
    assert ways(make_shop()) == []


def test_the_smallest_area_that_holds_the_destination_counts():
    shop = make_shop()
    for area, fee in (("", 40_000), ("34", 20_000), ("34.02", 12_000), (KASIHAN, 5_000)):
        tariff(shop, area, fee)

    places = (KASIHAN + ".2003", "34.02.01", "34.02", "34.71", "31.71.01")

    assert [tariff_for(shop.pk, place).fee for place in places] == [5_000, 12_000, 12_000, 20_000, 40_000]


def test_a_place_outside_the_table_is_not_delivered_to():
    shop = make_shop()
    tariff(shop, "34.02", 12_000)

    assert ways(shop, area="31.71.01") == []


def test_a_tariff_by_weight_counts_begun_kilograms():
    shop = make_shop()
    tariff(shop, "", 9_000, is_per_kilogram=True)

    assert ways(shop, quantity=2)[0].fee == 18_000  # 1,600 grams


def test_enough_goods_are_delivered_for_nothing():
    shop = make_shop()
    tariff(shop, "", 9_000)
    save_setup(shop, fields={"free_from": 50_000})

    assert ways(shop, price=25_000)[0].fee == 9_000
    assert ways(shop, price=25_000, quantity=2)[0].fee == 0


def test_the_shop_knows_whether_it_offers_ways():
    shop = make_shop()
    only = tariff(shop, "", 9_000)
    shop.refresh_from_db()
    assert shop.offers_ways

    drop_tariff(only)
    shop.refresh_from_db()
    assert not shop.offers_ways


def test_couriers_and_pickup_stand_beside_the_table_the_cheapest_to_the_door_first(shop, couriers):
    tariff(shop, "", 9_600)
    save_setup(shop, fields={"offers_pickup": True})

    assert fees(ways(shop)) == [
        ("courier", "sicepat", "reg", 9_500),
        ("seller", "", "", 9_600),
        ("courier", "jne", "reg", 10_000),
        ("courier", "jne", "yes", 19_000),
        ("pickup", "", "", 0),
    ]


def test_the_same_question_is_asked_once(shop, couriers):
    variant = make_variant(shop=shop)
    asked = {"shop": shop, "variants": [variant], "basket": {variant.pk: 1}, "area": KASIHAN}

    for _ in range(3):
        offer_ways(make_user(), postal_code="55183", **asked)

    assert couriers.calls == [("POST", "/v1/rates/couriers")]


def test_a_bulky_thing_is_charged_by_its_room(shop, couriers):
    bulky = ways(shop, length=40, width=30, height=20)  # 4 kg of room, 800 g of weight

    assert (bulky[0].grams, bulky[0].fee) == (4_000, 38_000)


def test_couriers_that_do_not_answer_leave_the_other_ways_open(shop, couriers):
    couriers.broken = True
    tariff(shop, "", 9_000)

    assert fees(ways(shop)) == [("seller", "", "", 9_000)]


def test_a_wrong_key_leaves_the_other_ways_open(shop, couriers, settings):
    settings.BITESHIP_API_KEY = "another"

    assert ways(shop) == []


def test_old_quotes_are_forgotten(shop, couriers):
    kept = ways(shop)
    old = Quote.objects.filter(pk=kept[0].pk)
    old.update(valid_until=timezone.now() - timedelta(days=2))

    assert forget_old_quotes() == 1
    assert not old.exists()
    assert Quote.objects.count() == len(kept) - 1


@pytest.mark.parametrize(
    ("sides", "grams"), [((0, 0, 0), 0), ((10, 10, 6), 100), ((10, 10, 10), 167), ((30, 20, 10), 1_000)]
)
def test_room_is_six_thousand_cubic_centimetres_for_a_kilogram(sides, grams):
    length, width, height = sides

    assert volumetric_grams(Item("", 1, 1, 1, length, width, height)) == grams


def test_each_piece_is_charged_by_the_greater_of_weight_and_room():
    heavy, bulky = Item("", 2, 900, 1, 10, 10, 6), Item("", 1, 50, 1, 10, 10, 6)

    assert chargeable_grams([heavy, bulky]) == 1_900
    assert [kilograms(grams) for grams in (0, 1, 1_000, 1_001)] == [1, 1, 1, 2]


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("1 - 2 days", "1–2 hari"),
        ("1 day", "1 hari"),
        ("6 - 8 Hours", "6–8 jam"),
        ("besok", "besok"),
        ("", ""),
    ],
)
def test_how_long_it_takes_is_read_in_indonesian(said, read):
    assert Quote(duration=said).days == read
