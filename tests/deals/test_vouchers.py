"""A voucher …"""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from deals.models import Voucher, VoucherClaim, WatchTime
from deals.operations import refusals
from deals.operations import vouchers as operations
from livestream.models import LiveSession, RoomEvent, Unfollow
from livestream.operations.follows import follow, unfollow
from livestream.queries.follows import is_following
from tests.concurrency import run_at_once
from tests.deals.helpers import assert_deals_add_up, let_time_pass, make_voucher, session_showing
from tests.factories import make_session, make_session_on_air, make_user, make_variant

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
FORM = {
    "kind": "percent",
    "percent": 10,
    "most_discount": "5.000",
    "min_purchase": "20.000",
    "budget": "50.000",
    "most_claims": 99,
    "task": "none",
    "watch_minutes": "",
}
TERMS = {"kind": "amount", "most_discount": 5_000, "min_purchase": 0, "budget": 50_000, "most_claims": 9}


def watch(voucher: Voucher, person: Any, ms: int) -> None:
    WatchTime.objects.create(session=voucher.session, user=person, watched_ms=ms, seen_ms=0)


def test_is_claimed_once_by_each_buyer():
    voucher, buyer = make_voucher(make_session_on_air()), make_user()

    first = operations.claim_voucher(voucher, buyer=buyer)

    assert operations.claim_voucher(voucher, buyer=buyer) == first
    voucher.refresh_from_db()
    assert (voucher.claimed, voucher.left) == (1, 9)


@pytest.mark.parametrize("limit", [{"most_claims": 2}, {"budget": 14_999}], ids=["by count", "by budget"])
def test_is_gone_when_its_places_are(limit: dict[str, int]):
    voucher = make_voucher(make_session_on_air(), **limit)
    for _ in range(2):
        operations.claim_voucher(voucher, buyer=make_user())

    with pytest.raises(refusals.TooLate):
        operations.claim_voucher(voucher, buyer=make_user())

    assert_deals_add_up()


@pytest.mark.parametrize(
    ("spoil", "refusal"),
    [
        (lambda v: LiveSession.objects.update(ended_at=timezone.now()), refusals.NotOnAir),
        (lambda v: LiveSession.objects.update(went_live_at=None), refusals.NotOnAir),
        (lambda v: operations.close_voucher(v.session, voucher_id=v.pk), refusals.TooLate),
    ],
    ids=["ended", "not begun", "closed"],
)
def test_is_claimed_only_while_it_and_its_session_run(spoil: Any, refusal: Any):
    voucher = make_voucher(make_session_on_air())
    spoil(voucher)

    with pytest.raises(refusal):
        operations.claim_voucher(Voucher.objects.select_related("session").get(), buyer=make_user())

    assert not VoucherClaim.objects.exists()


def test_is_not_for_the_shop_itself():
    voucher = make_voucher(make_session_on_air())

    with pytest.raises(refusals.OfTheHouse):
        operations.claim_voucher(voucher, buyer=voucher.session.shop.owner)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("limit", [{"most_claims": 5}, {"budget": 25_000}], ids=["count", "budget"])
def test_is_never_promised_beyond_its_limits_by_many_at_once(limit: dict[str, int]):
    voucher = make_voucher(make_session_on_air(), **{"most_claims": 99, "budget": 990_000, **limit})
    buyers = [make_user() for _ in range(30)]

    outcomes = run_at_once(
        *(partial(operations.claim_voucher, voucher, buyer=buyer) for buyer in [*buyers, *buyers])
    )

    assert VoucherClaim.objects.count() == 5
    assert {type(outcome) for outcome in outcomes} == {VoucherClaim, refusals.TooLate}
    assert_deals_add_up()


# ---- the task -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("watched_ms", "left_ms"), [(None, 120_000), (119_999, 1), (120_000, 0)])
def test_asks_for_its_minutes_to_be_watched(watched_ms: int | None, left_ms: int):
    voucher, buyer = make_voucher(make_session_on_air(), task="watch", watch_minutes=2), make_user()
    if watched_ms is not None:
        watch(voucher, buyer, watched_ms)

    if left_ms:
        with pytest.raises(refusals.NotWatchedEnough) as refusal:
            operations.claim_voucher(voucher, buyer=buyer)
        assert refusal.value.left_ms == left_ms
    else:
        assert operations.claim_voucher(voucher, buyer=buyer).pk


def test_counts_the_time_of_those_who_are_really_there(monkeypatch: Any):
    voucher = make_voucher(make_session_on_air(), task="watch", watch_minutes=1)
    session, steady, leaver = voucher.session, make_user(), make_user()
    steps = [
        (0, [steady, leaver]),
        (10_000, [steady, leaver]),
        (10_000, [steady]),
        (60_000, [steady, leaver]),  # nobody was seen for a minute: that minute counts for nobody
        (10_000, [steady, leaver]),
    ]

    for ms, people in steps:
        let_time_pass(session, ms)
        monkeypatch.setattr(operations, "people_present", lambda pk, people=people: [p.pk for p in people])
        operations.count_watching()

    watched = {time.user: round(time.watched_ms, -3) for time in WatchTime.objects.select_related("user")}
    assert watched == {steady: 30_000, leaver: 20_000}


def test_counts_nothing_while_the_clock_stands(monkeypatch: Any):
    voucher = make_voucher(make_session_on_air(), task="watch", watch_minutes=1)
    LiveSession.objects.update(interrupted_at=timezone.now())
    person = make_user()
    monkeypatch.setattr(operations, "people_present", lambda pk: [person.pk])

    for _ in range(3):
        operations.count_watching()

    assert WatchTime.objects.get(session=voucher.session).watched_ms == 0


# ---- pages ---------------------------------------------------------------------------------------------


def test_is_made_in_the_studio_and_claimed_in_the_room(client: Client):
    session = session_showing(make_variant())
    client.force_login(session.host)
    made = client.post(reverse("deals:voucher_make", args=[session.code]), FORM, headers=HTMX)
    voucher = Voucher.objects.get()
    client.force_login(make_user())

    room = client.get(reverse("livestream:room", args=[session.code])).content.decode()
    claimed = client.post(reverse("deals:claim", args=[voucher.pk]), headers=HTMX)

    assert made.status_code == claimed.status_code == 200
    assert (voucher.percent, voucher.most_discount, voucher.watch_minutes, voucher.places) == (
        10,
        5_000,
        0,
        10,
    )
    assert "Ambil voucher" in room
    assert "Sudah di kantongmu" in claimed.content.decode()
    assert RoomEvent.objects.filter(kind="deal", payload__slot="voucher").count() == 1


@pytest.mark.parametrize(
    "typed",
    [
        {"percent": ""},
        {"percent": 91},
        {"budget": "4.999"},
        {"task": "watch"},
        {"task": "share"},
        {"most_claims": 0},
        {"most_discount": "9" * 30},
        {"kind": ""},
    ],
    ids=str,
)
def test_is_not_made_from_a_bad_form(client: Client, typed: dict[str, Any]):
    session = session_showing(make_variant())
    client.force_login(session.host)

    answer = client.post(reverse("deals:voucher_make", args=[session.code]), FORM | typed, headers=HTMX)

    assert answer.status_code == 422
    assert not Voucher.objects.exists()


def test_says_how_long_one_must_still_watch(client: Client):
    voucher, buyer = make_voucher(make_session_on_air(), task="watch", watch_minutes=2), make_user()
    watch(voucher, buyer, 40_500)
    client.force_login(buyer)

    answer = client.post(reverse("deals:claim", args=[voucher.pk]), headers=HTMX)

    assert answer.status_code == 409
    assert "Nonton 1 menit 20 detik lagi, ya." in answer.content.decode()


def test_is_not_claimed_by_hammering(client: Client):
    voucher = make_voucher(make_session_on_air(), task="watch", watch_minutes=2)
    client.force_login(make_user())
    claim = partial(client.post, reverse("deals:claim", args=[voucher.pk]), headers=HTMX)

    assert [claim().status_code for _ in range(11)] == [409] * 10 + [429]


def test_made_before_the_show_stands_in_the_room_and_waits_for_it(client: Client):
    session, buyer = make_session(shop=make_variant().shop), make_user()
    voucher = operations.make_voucher(session, made_by=session.host, terms=TERMS)
    told = RoomEvent.objects.get(session=session, kind="deal")
    client.force_login(buyer)

    page = client.get(reverse("livestream:room", args=[session.code])).text
    early = client.post(reverse("deals:claim", args=[voucher.pk]), headers=HTMX)
    LiveSession.objects.filter(pk=session.pk).update(went_live_at=timezone.now())
    in_time = client.post(reverse("deals:claim", args=[voucher.pk]), headers=HTMX)

    assert f'id="voucher-{voucher.pk}"' in page
    assert f'id="voucher-{voucher.pk}"' in told.payload["html"]["id"]
    assert (early.status_code, in_time.status_code) == (409, 200)
    assert VoucherClaim.objects.get().buyer == buyer


def test_the_press_that_takes_it_follows_the_shop():
    voucher, buyer = make_voucher(make_session_on_air(), task="follow"), make_user()
    shop = voucher.session.shop

    operations.claim_voucher(voucher, buyer=buyer)
    operations.claim_voucher(voucher, buyer=buyer)

    assert is_following(shop, buyer)
    assert VoucherClaim.objects.count() == 1


def test_who_left_within_thirty_days_is_no_new_follower(client):
    voucher, buyer = make_voucher(make_session_on_air(), task="follow"), make_user()
    shop = voucher.session.shop
    for step in (follow, unfollow, follow):
        step(shop, user=buyer)
    client.force_login(buyer)

    answer = client.post(reverse("deals:claim", args=[voucher.pk]), headers=HTMX)
    assert answer.status_code == 409
    assert "pengikut baru" in answer.text
    assert not VoucherClaim.objects.exists()

    Unfollow.objects.update(left_at=timezone.now() - timedelta(days=31))
    operations.claim_voucher(voucher, buyer=buyer)


def test_who_comes_too_late_for_a_voucher_follows_nobody():
    voucher, buyer = make_voucher(make_session_on_air(), task="follow", most_claims=1), make_user()
    operations.claim_voucher(voucher, buyer=make_user())

    with pytest.raises(refusals.TooLate):
        operations.claim_voucher(voucher, buyer=buyer)

    assert not is_following(voucher.session.shop, buyer)


def test_the_studio_makes_a_voucher_for_followers(client):
    session = make_session_on_air()
    client.force_login(session.host)

    client.post(reverse("deals:voucher_make", args=[session.code]), {**FORM, "task": "follow"})

    assert Voucher.objects.get().task == "follow"
