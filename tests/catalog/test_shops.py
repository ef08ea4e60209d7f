"""Opening shops."""

from __future__ import annotations

from functools import partial

import pytest

from accounts.models import Regency
from catalog.models import Shop
from catalog.operations import AlreadyHasShop, SlugTaken, edit_shop, open_shop
from catalog.queries import free_slug
from tests.concurrency import run_at_once
from tests.factories import make_shop, make_user


def words(**changes):
    fields = {
        "name": "Keripik Bu Sri",
        "story": "",
        "regency": Regency.objects.get(code="34.02"),
        "nib": "",
        "awning": 3,
        "shipping_fee": 8_000,
        "accepts_cod": False,
    }
    return fields | changes


@pytest.mark.django_db
def test_a_shop_opens_under_its_address():
    owner = make_user()

    shop = open_shop(owner, slug="keripik-bu-sri", fields=words())

    assert (shop.owner, shop.slug, shop.awning, shop.accepts_cod) == (owner, "keripik-bu-sri", 3, False)


@pytest.mark.django_db
def test_a_person_owns_one_shop():
    shop = make_shop()

    with pytest.raises(AlreadyHasShop):
        open_shop(shop.owner, slug="lain", fields=words())

    assert Shop.objects.get() == shop


@pytest.mark.django_db
def test_an_address_leads_to_one_shop():
    make_shop(slug="keripik")

    with pytest.raises(SlugTaken):
        open_shop(make_user(), slug="keripik", fields=words())

    assert Shop.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_taps_open_one_shop():
    owner = make_user()

    outcomes = run_at_once(*[partial(open_shop, owner, slug=f"lapak-{n}", fields=words()) for n in range(2)])

    assert {type(outcome) for outcome in outcomes} == {Shop, AlreadyHasShop}
    assert Shop.objects.filter(owner=owner).count() == 1


@pytest.mark.django_db
def test_editing_leaves_the_address():
    shop = make_shop(slug="tetap")

    edit_shop(shop, fields=words(name="Nama Baru"))

    shop.refresh_from_db()
    assert (shop.name, shop.slug, shop.shipping_fee) == ("Nama Baru", "tetap", 8_000)


@pytest.mark.django_db
def test_a_free_address_is_suggested():
    make_shop(slug="keripik-bu-sri")
    make_shop(slug="keripik-bu-sri-2")

    assert free_slug("Keripik Bu Sri!") == "keripik-bu-sri-3"
    assert free_slug("Batik Wening") == "batik-wening"
    assert free_slug("店") == "lapak"
