"""How it is sent, chosen on the buy sheet."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from accounts.models import Address, User
from catalog.models import Variant
from orders.models import Order
from shipping.models import Quote
from shipping.operations import save_setup, set_tariff
from tests.checkout.test_buy import choices, post
from tests.factories import make_address, make_session_on_air, make_user, make_variant

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def buyer() -> User:
    return make_user()


@pytest.fixture
def address(buyer: User) -> Address:
    return make_address(buyer)


@pytest.fixture
def shopper(client: Client, buyer: User) -> Client:
    client.force_login(buyer)
    return client


@pytest.fixture
def variant() -> Variant:
    """Sold by a shop that brings it to the door, and lets it be fetched."""
    variant = make_variant(price=20_000, stock=20)
    set_tariff(variant.shop, area="34.02", place="Bantul", fee=6_000, is_per_kilogram=False)
    save_setup(variant.shop, fields={"offers_pickup": True, "street": "Jl. Pasar 1"})
    variant.shop.refresh_from_db()
    return variant


def sheet(shopper: Client, variant: Variant, **asked: Any) -> str:
    return shopper.get(f"/beli/{variant.pk}/", asked, headers={"HX-Request": "true"}).content.decode()


def delivery() -> Quote:
    return Quote.objects.get(way="seller")


def test_a_shop_that_says_nothing_shows_no_choice(shopper, address):
    assert "Dikirim dengan" not in sheet(shopper, make_variant())


def test_the_sheet_offers_the_ways_with_the_cheapest_to_the_door_chosen(shopper, address, variant):
    page = sheet(shopper, variant)

    assert page.index("Diantar penjual") < page.index("Ambil di tempat")
    assert 'name="shown-total" value="26000"' in page


def test_a_way_is_chosen_and_charged(shopper, address, variant):
    sheet(shopper, variant)

    post(shopper, variant, choices(variant, address, quote=delivery().pk, shipping=6_000))

    order = Order.objects.get()
    assert (order.shipping_fee, order.total, order.quote) == (6_000, 26_000, delivery())


def test_the_total_follows_the_choice(shopper, address, variant):
    sheet(shopper, variant)
    asked = {"variant": variant.pk, "quantity": 2, "address": address.pk, "quote": delivery().pk}

    page = shopper.get(f"/beli/{variant.pk}/hitung/", asked).content.decode()

    assert 'name="shown-total" value="46000"' in page


def test_another_place_has_other_ways(shopper, buyer, address, variant):
    far = make_address(buyer, regency_id="31.71", district="Gambir", postal_code="10110")
    asked = {"variant": variant.pk, "quantity": 1, "address": far.pk}

    page = shopper.get(f"/beli/{variant.pk}/hitung/", asked).content.decode()

    assert "Ambil di tempat" in page
    assert "Diantar penjual" not in page


def test_a_place_that_is_being_written_has_its_ways_once_it_is_known(shopper, variant):
    place = {"regency": "Kabupaten Bantul, Daerah Istimewa Yogyakarta", "district": "Kasihan"}
    asked = {"variant": variant.pk, "quantity": 1, "address": "new", **place}

    before = shopper.get(f"/beli/{variant.pk}/hitung/", asked).content.decode()
    after = shopper.get(f"/beli/{variant.pk}/hitung/", asked | {"postal_code": "55183"}).content.decode()

    assert "Pilihan kirim dan ongkirnya muncul" in before
    assert "Diantar penjual" in after


def test_who_was_offered_ways_and_chose_none_is_asked(shopper, address, variant):
    sheet(shopper, variant)

    answer = post(shopper, variant, choices(variant, address))

    assert answer.status_code == 409
    assert "Pilih dulu cara kirimnya" in answer.content.decode()
    assert not Order.objects.exists()


def test_who_had_not_seen_the_ways_is_asked_too_instead_of_the_flat_fee(shopper, address, variant):
    answer = post(shopper, variant, choices(variant, address))
    assert answer.status_code == 409
    assert "Diantar penjual" in answer.content.decode()

    assert (
        post(shopper, variant, choices(variant, address, quote=delivery().pk, shipping=6_000)).status_code
        == 200
    )
    assert Order.objects.get().shipping_fee == 6_000


def test_a_quote_for_another_number_is_shown_again_not_charged(shopper, address, variant):
    sheet(shopper, variant)

    answer = post(
        shopper, variant, choices(variant, address, quote=delivery().pk, quantity=3, shipping=6_000)
    )

    assert answer.status_code == 409
    assert "Ongkirnya baru berubah" in answer.content.decode()
    assert not Order.objects.exists()


def test_what_is_no_quote_is_refused(shopper, address, variant):
    assert post(shopper, variant, choices(variant, address, quote="x")).status_code == 422


def test_a_second_order_of_the_show_rides_along(shopper, address, variant):
    show = make_session_on_air(shop=variant.shop, products=[variant.product])
    sheet(shopper, variant, session=show.code)
    first = choices(variant, address, quote=delivery().pk, shipping=6_000, session=show.code)
    post(shopper, variant, first)

    page = sheet(shopper, variant, session=show.code)
    post(shopper, variant, choices(variant, address, shipping=0, session=show.code))

    assert "Ikut paket pesananmu dari live ini" in page
    assert list(Order.objects.order_by("pk").values_list("shipping_fee", flat=True)) == [6_000, 0]


def test_choosing_again_makes_no_new_quotes(shopper, address, variant):
    for _ in range(3):
        sheet(shopper, variant)

    assert Quote.objects.count() == 2
