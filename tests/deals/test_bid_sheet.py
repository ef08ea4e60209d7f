"""The sheet on which people bid."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from deals import bidding
from tests.deals.makers import pass_time
from tests.deals.test_auctions import SECOND, START, bid, closed, make_auction
from tests.factories import make_user

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def address(auction) -> str:
    return reverse("deals:bid", args=[auction.pk])


def logged_in(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def offer(person, auction, maximum, **fields):
    return logged_in(person).post(
        address(auction), {"maximum": maximum, "key": uuid4(), **fields}, headers=HTMX
    )


def test_shows_the_least_bid_and_nobodys_maximum():
    _, _, auction = make_auction()
    bid(auction, make_user(), 66_000)

    page = logged_in(make_user()).get(address(auction)).content.decode()

    assert "Rp21.000" in page
    assert "66.000" not in page


def test_a_bid_that_leads_says_so():
    _, _, auction = make_auction()

    answer = offer(make_user(), auction, 50_000)

    assert answer.status_code == 200
    assert "Kamu memimpin" in answer.content.decode()
    assert "Rp50.000" in answer.content.decode()


def test_a_bid_that_does_not_lead_says_so_too():
    _, _, auction = make_auction()
    bid(auction, make_user(), 90_000)

    answer = offer(make_user(), auction, 50_000)

    assert answer.status_code == 200
    assert "lebih tinggi" in answer.content.decode()


def test_before_the_start_nobody_learns_who_leads():
    _, _, auction = make_auction(is_running=False)
    bid(auction, make_user(), 90_000)

    first, second = offer(make_user(), auction, 30_000), offer(make_user(), auction, 70_000)

    for answer in (first, second):
        assert "Tercatat" in answer.content.decode()
        assert "memimpin" not in answer.content.decode()
        assert "90.000" not in answer.content.decode()
        assert "71.000" not in answer.content.decode()
        assert "data-price>Rp20.000" in answer.content.decode()


@pytest.mark.parametrize("maximum", ["", "abc", "-5", "0", "1e5", str(bidding.MOST_RUPIAH + 1), "9" * 40])
def test_what_is_no_amount_is_refused(maximum):
    _, _, auction = make_auction()

    assert offer(make_user(), auction, maximum).status_code == 422
    assert not auction.bids.exists()


def test_a_surprising_amount_is_asked_about_once():
    _, _, auction = make_auction()
    person = make_user()

    asked = offer(person, auction, 500_000)
    meant = offer(person, auction, 500_000, is_sure="1")

    assert asked.status_code == 422
    assert "benar Rp500.000" in asked.content.decode()
    assert meant.status_code == 200
    assert auction.bids.count() == 1


def test_a_price_that_rose_meanwhile_is_a_conflict_and_keeps_what_was_typed():
    _, _, auction = make_auction()
    bid(auction, make_user(), 90_000)
    bid(auction, make_user(), 60_000)

    answer = offer(make_user(), auction, 61_000)

    assert answer.status_code == 409
    assert "Rp65.000" in answer.content.decode()
    assert 'value="61000"' in answer.content.decode()


def test_refusals_say_why():
    session, _, auction = make_auction()
    house = offer(session.host, auction, 50_000)
    pass_time(session, 60 * SECOND)
    late = offer(make_user(), auction, 50_000)
    over = logged_in(make_user()).get(address(closed(auction)))

    assert (house.status_code, late.status_code, over.status_code) == (409, 409, 200)
    assert "menjalankan live" in house.content.decode()
    assert "sudah selesai" in late.content.decode()
    assert "sudah selesai" in over.content.decode()
    assert "<form" not in over.content.decode().split("bid-sheet")[1]


def test_too_many_bids_are_slowed_down():
    _, _, auction = make_auction()
    client = logged_in(make_user())

    answers = [
        client.post(
            address(auction), {"maximum": START + n * 2_000, "key": uuid4()}, headers=HTMX
        ).status_code
        for n in range(12)
    ]

    assert answers[-2:] == [429, 429]
    assert auction.bids.count() == 10


def test_without_script_it_is_a_page_that_comes_back():
    _, _, auction = make_auction()
    client = logged_in(make_user())

    answer = client.post(address(auction), {"maximum": 50_000, "key": uuid4()})

    assert (answer.status_code, answer.headers["Location"]) == (302, address(auction))
    assert "<title>" in client.get(address(auction)).content.decode()


def test_a_guest_logs_in_first(client):
    _, _, auction = make_auction()

    assert client.get(address(auction)).status_code == 302
    assert "HX-Redirect" in client.get(address(auction), headers=HTMX).headers
