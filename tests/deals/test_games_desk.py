"""The host's desk for auctions, giveaways and fair drops."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from deals.models import Auction, Draw
from tests.deals.makers import counters, make_stage
from tests.deals.test_auctions import bid, make_auction
from tests.deals.test_draws import let_enter, make_giveaway
from tests.factories import make_user

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def host_of(session) -> Client:
    client = Client()
    client.force_login(session.host)
    return client


def begin(session, kind, **fields):
    return host_of(session).post(reverse("deals:game_begin", args=[session.code, kind]), fields, headers=HTMX)


def act(session, name, pk):
    return host_of(session).post(reverse(f"deals:{name}", args=[session.code, pk]), headers=HTMX)


def test_each_kind_begins_with_one_form():
    session, variant = make_stage(stock=10, price=50_000)

    gift = begin(session, "hadiah", variant=variant.pk, winners=2, minutes=3, word="MANTAP")
    drop = begin(session, "antrean", variant=variant.pk, units=3, price="45.000", seconds=10)
    auction = begin(
        session, "lelang", variant=variant.pk, start_price="10.000", seconds=90, counter_seconds=10
    )

    assert [answer.status_code for answer in (gift, drop, auction)] == [200, 200, 200]
    assert counters(variant) == (4, 6)
    made = Draw.objects.get(kind="giveaway")
    assert (made.word, made.ends_ms - made.starts_ms) == ("MANTAP", 180_000)
    assert Draw.objects.get(kind="drop").price == 45_000
    assert Auction.objects.get().starts_ms is None
    assert "Mulai lelang" in auction.content.decode()


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("hadiah", {"winners": 0, "minutes": 2}),
        ("hadiah", {"winners": 1, "minutes": 999}),
        ("hadiah", {"winners": 1, "minutes": 2, "word": "ab"}),
        ("antrean", {"units": 3, "price": "gratis", "seconds": 10}),
        ("antrean", {"units": 3, "price": 0, "seconds": 10}),
        ("lelang", {"start_price": 10_000, "seconds": 5, "counter_seconds": 10}),
        ("lelang", {"start_price": 10_000, "seconds": 90, "counter_seconds": 999}),
    ],
)
def test_what_cannot_be_is_a_bad_form(kind, fields):
    session, variant = make_stage()

    assert begin(session, kind, variant=variant.pk, **fields).status_code == 422
    assert counters(variant) == (10, 0)


def test_another_shops_goods_cannot_be_chosen():
    session, _ = make_stage()
    _, foreign = make_stage()

    assert begin(session, "hadiah", variant=foreign.pk, winners=1, minutes=2).status_code == 422
    assert counters(foreign) == (10, 0)


def test_more_than_the_stock_is_a_conflict_that_says_what_is_left():
    session, variant = make_stage(stock=2)

    answer = begin(session, "hadiah", variant=variant.pk, winners=3, minutes=2)

    assert answer.status_code == 409
    assert "tinggal 2" in answer.content.decode()


def test_an_auction_is_started_and_then_cannot_be_stopped():
    session, variant, auction = make_auction(is_running=False)

    started = act(session, "auction_start", auction.pk)
    stopped = act(session, "auction_stop", auction.pk)

    assert (started.status_code, stopped.status_code) == (200, 409)
    assert "tidak bisa dibatalkan" in stopped.content.decode()
    assert counters(variant) == (2, 1)


def test_a_giveaway_can_be_stopped_until_somebody_enters():
    session, variant, draw = make_giveaway(stock=10, winners=3)
    let_enter(draw, 1)
    other_session, other, untouched = make_giveaway(stock=10, winners=3)

    assert act(session, "draw_stop", draw.pk).status_code == 409
    assert act(other_session, "draw_stop", untouched.pk).status_code == 200
    assert counters(variant) == (7, 3)
    assert counters(other) == (10, 0)


def test_another_hosts_auction_is_not_found():
    session, _, _ = make_auction(is_running=False)
    _, _, foreign = make_auction(is_running=False)

    assert act(session, "auction_start", foreign.pk).status_code == 404
    assert Auction.objects.get(pk=foreign.pk).starts_ms is None


def test_the_host_sees_bids_but_nobodys_maximum():
    session, _, auction = make_auction()
    bid(auction, make_user(name="Siti Aminah"), 77_000)

    page = host_of(session).get(reverse("deals:games", args=[session.code]), headers=HTMX).content.decode()

    assert "Siti A." in page
    assert "77.000" not in page


def test_without_script_it_is_a_page():
    session, variant = make_stage()
    client = host_of(session)
    address = reverse("deals:game_begin", args=[session.code, "hadiah"])

    assert "<title>" in client.get(address).content.decode()
    answer = client.post(address, {"variant": variant.pk, "winners": 1, "minutes": 2})
    assert (answer.status_code, answer.headers["Location"]) == (
        302,
        reverse("deals:games", args=[session.code]),
    )
    assert "Batalkan" in client.get(answer.headers["Location"]).content.decode()


def test_an_unknown_kind_is_not_found():
    session, _ = make_stage()

    assert begin(session, "judi").status_code == 404
