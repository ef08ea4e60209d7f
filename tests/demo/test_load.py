"""The demo market is put into an empty database, once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from affiliates.models import ReferralLink
from catalog.models import Product, ProductPhoto, Shop, Stock
from demo import content, operations
from demo.art import Artwork
from demo.people import AFFILIATE, BUYER, PASSWORD, ROBOT_SHOP, SELLER, STAFF
from insights.queries.past import shows_before
from insights.queries.report import report_of
from kit.pictures import Picture
from ledger.queries import reconciliation
from livestream.models import LiveSession
from orders.models import Order, OutboxEntry
from payouts import operations as payouts
from payouts.models import Payout
from payouts.queries.payees import owed_now
from payouts.queries.proof import differences
from returns.models import Return
from reviews.models import Review
from tests.orders.helpers import assert_stock_adds_up

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
def test_the_printed_seller_has_shows_to_look_back_on() -> None:
    shows = LiveSession.objects.ended().filter(shop__owner__email=SELLER)
    latest = report_of(shows.latest("ended_at"))

    assert shows.count() == 3
    assert latest.totals.kept > 20
    assert latest.totals.lost > 0
    assert latest.people.funnel.entered == 180
    assert latest.people.funnel.paid <= latest.people.funnel.ordered <= latest.people.funnel.tapped
    assert all(row.outcome.taps for row in latest.products)
    assert len(shows_before(shows.latest("ended_at"))) == 2


@pytest.mark.usefixtures("loaded")
def test_what_was_bought_long_ago_balances_and_needs_no_letter() -> None:
    assert_stock_adds_up()
    assert not OutboxEntry.objects.filter(done_at__isnull=True).exists()
    assert Order.objects.filter(state=Order.State.PENDING).count() == 1  # on the desk
    assert reconciliation().is_clean
    payouts.plan_settlements()
    payouts.settle_due(timezone.now())
    assert differences(timezone.now() + timedelta(hours=2)) == {}
    assert [one.amount for one in owed_now(timezone.now()) if one.amount] == []
    assert set(Payout.objects.values_list("state", flat=True)) == {"paid"}


@pytest.mark.usefixtures("loaded")
def test_something_of_everything_lies_on_the_desk(client: Client) -> None:
    states = {"pending", "confirmed", "packed", "shipped", "received", "cancelled"}
    on_desk = Order.objects.filter(shop__owner__email=SELLER, session__isnull=True)
    assert set(on_desk.values_list("state", flat=True)) == states
    assert set(on_desk.filter(buyer__email=BUYER).values_list("state", flat=True)) == states
    assert set(Return.objects.values_list("state", flat=True)) == {"asked", "disputed"}
    assert Review.objects.filter(photos__isnull=False).count() == 2
    client.force_login(User.objects.get(email=SELLER))

    page = client.get(reverse("orders:desk_order", args=[on_desk.get(state="shipped", method="cod").number]))

    assert "sudah diterima" in page.content.decode()


@pytest.mark.usefixtures("loaded")
def test_somebody_works_at_the_desks_of_money(client: Client) -> None:
    client.force_login(User.objects.get(email=STAFF))

    for name in ("payouts:desk", "fees:draft", "payments:tickets"):
        assert client.get(reverse(name)).status_code == 200


@pytest.mark.usefixtures("loaded")
def test_changes_nothing_the_second_time() -> None:
    before = Product.objects.count()

    call_command("demo", verbosity=0)

    assert Product.objects.count() == before
