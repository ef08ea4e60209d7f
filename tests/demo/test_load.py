"""The demo market is put into an empty database, once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest
from django.core.management import call_command

from accounts.models import User
from affiliates.models import ReferralLink
from catalog.models import Product, ProductPhoto, Shop, Stock
from demo import content, operations
from demo.art import Artwork
from demo.people import AFFILIATE, BUYER, PASSWORD, ROBOT_SHOP, SELLER
from kit.pictures import Picture
from livestream.models import LiveSession

pytestmark = pytest.mark.django_db


def plain_pictures(artworks: Sequence[Artwork]) -> Iterator[Picture]:
    """In place of a minute of drawing; the drawing has tests of its own."""
    for number, _ in enumerate(artworks):
        yield Picture(f"{number:032x}", 960, 960, "#aa7733", "data:,", (160, 960))


@pytest.fixture
def loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(operations, "keep_artworks", plain_pictures)
    call_command("demo", verbosity=0)


@pytest.mark.usefixtures("loaded")
def test_opens_every_stall_with_its_goods() -> None:
    goods = sum(len(shop.products) for shop in content.SHOPS)

    assert Shop.objects.count() == len(content.SHOPS) + 1
    assert Product.objects.exclude(shop__slug=ROBOT_SHOP).count() == goods == 150
    assert not Stock.objects.filter(available=0).exists()
    assert ProductPhoto.objects.count() == Product.objects.count()


@pytest.mark.usefixtures("loaded")
def test_lets_the_printed_people_log_in() -> None:
    for email in (BUYER, SELLER, AFFILIATE):
        assert User.objects.get(email=email).check_password(PASSWORD)
    assert User.objects.get(email=SELLER).shops.exists()
    assert User.objects.get(email=BUYER).addresses.exists()


@pytest.mark.usefixtures("loaded")
def test_fills_the_coming_evenings_and_the_affiliates_links() -> None:
    assert LiveSession.objects.upcoming().count() == 12
    assert ReferralLink.objects.exists()


@pytest.mark.usefixtures("loaded")
def test_changes_nothing_the_second_time() -> None:
    before = Product.objects.count()

    call_command("demo", verbosity=0)

    assert Product.objects.count() == before
