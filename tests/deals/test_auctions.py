"""Auctions: the clock, the bids, the hammer, and what becomes of the unit."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.operations import NotEnoughLeft
from deals import bidding
from deals.models import Auction, AuctionBid, Award
from deals.operations.auctions import (
    PAY_WITHIN,
    BidTooLow,
    StandsStill,
    announce_auction,
    call_off_auction,
    close_auction,
    place_bid,
    settle_auction,
    start_auction,
)
from deals.operations.due import run_due
from deals.operations.refusals import AlreadyOne, CannotBeStopped, NotOnAir, NotShown, OfTheHouse, TooLate
from livestream.models import LiveSession, RoomEvent
from livestream.operations import air
from tests.concurrency import run_at_once
from tests.deals.makers import counters, make_stage, pass_time, run_out, units_accounted_for
from tests.factories import make_session, make_user, make_variant

SECOND = 1_000
START = 20_000
pytestmark = pytest.mark.django_db


def make_auction(*, stock: int = 3, is_running: bool = True, **fields):
    session, variant = make_stage(stock=stock)
    rules = {"start_price": START, "duration_ms": 60 * SECOND, "counter_ms": 10 * SECOND, **fields}
    auction = announce_auction(session, variant_id=variant.pk, **{"is_sudden_death": False, **rules})
    if is_running:
        start_auction(auction.pk)
        auction.refresh_from_db()
    return session, variant, auction


def bid(auction, bidder, maximum, key=None):
    return place_bid(auction.pk, bidder=bidder, maximum=maximum, key=key or uuid4())


def closed(auction) -> Auction:
    pass_time(auction.session, 3_600 * SECOND)
    close_auction(auction.pk)
    auction.refresh_from_db()
    return auction


def left_ms(auction) -> int:
    auction.refresh_from_db()
    return auction.ends_ms - LiveSession.objects.get(pk=auction.session_id).clock_ms()


def replayed(auction) -> bidding.Standing:
    return bidding.replay(auction.start_price, [each.bid for each in auction.bids.order_by("number")])


# ---- beginning -------------------------------------------------------------------------------------


def test_its_unit_is_kept_from_the_announcement_on():
    _, variant, auction = make_auction(stock=3, is_running=False)

    assert counters(variant) == (2, 1)
    assert auction.starts_ms is None


def test_one_at_a_time():
    session, variant, _ = make_auction(stock=3)

    with pytest.raises(AlreadyOne):
        announce_auction(
            session,
            variant_id=variant.pk,
            start_price=START,
            duration_ms=60 * SECOND,
            counter_ms=10 * SECOND,
            is_sudden_death=False,
        )

    assert counters(variant) == (2, 1)


def test_what_is_sold_out_or_not_shown_cannot_be_auctioned():
    session, sold_out = make_stage(stock=0)
    rules = {"start_price": START, "duration_ms": 60 * SECOND, "counter_ms": 10 * SECOND}

    with pytest.raises(NotEnoughLeft):
        announce_auction(session, variant_id=sold_out.pk, is_sudden_death=False, **rules)
    with pytest.raises(NotShown):
        announce_auction(session, variant_id=make_variant().pk, is_sudden_death=False, **rules)

    assert not Auction.objects.exists()


def test_may_be_announced_before_the_show_but_starts_only_in_it():
    variant = make_variant(stock=1)
    session = make_session(shop=variant.shop, products=[variant.product])
    auction = announce_auction(
        session,
        variant_id=variant.pk,
        start_price=START,
        duration_ms=60 * SECOND,
        counter_ms=10 * SECOND,
        is_sudden_death=False,
    )
    bid(auction, make_user(), 30_000)

    with pytest.raises(NotOnAir):
        start_auction(auction.pk)

    assert Auction.objects.get().starts_ms is None


def test_starts_once():
    session, _, auction = make_auction()
    pass_time(session, 10 * SECOND)

    start_auction(auction.pk)

    assert 49 * SECOND < left_ms(auction) <= 50 * SECOND


def test_is_called_off_before_the_start_and_never_after():
    _, variant, announced = make_auction(is_running=False)
    _, other, running = make_auction()
    bid(announced, make_user(), 90_000)

    call_off_auction(announced.pk)
    with pytest.raises(CannotBeStopped):
        call_off_auction(running.pk)

    assert counters(variant) == (3, 0)
    assert counters(other) == (2, 1)
    with pytest.raises(TooLate):
        start_auction(announced.pk)


# ---- bidding ---------------------------------------------------------------------------------------


def test_the_market_bids_for_whoever_said_their_maximum():
    _, _, auction = make_auction()
    high, low = make_user(), make_user()

    bid(auction, high, 90_000)
    after = bid(auction, low, 40_000)

    assert (after.leader, after.price, after.maximum, after.bids_count) == (high, 41_000, 90_000, 2)
    assert [each.price_after for each in auction.bids.order_by("number")] == [START, 41_000]


def test_of_two_equal_maxima_the_earlier_leads():
    _, _, auction = make_auction()
    first, second = make_user(), make_user()

    bid(auction, first, 50_000)
    after = bid(auction, second, 50_000)

    assert (after.leader, after.price) == (first, 50_000)


def test_a_bid_must_reach_the_next_step():
    _, _, auction = make_auction()
    leader = make_user()
    bid(auction, leader, 90_000)

    with pytest.raises(BidTooLow) as refusal:
        bid(auction, make_user(), 20_999)
    with pytest.raises(BidTooLow) as own:
        bid(auction, leader, 90_000)
    with pytest.raises(BidTooLow):
        bid(auction, make_user(), bidding.MOST_RUPIAH + 1)

    assert refusal.value.least == 21_000
    assert own.value.least == 92_500
    assert auction.bids.count() == 1


def test_raising_ones_own_maximum_costs_nothing():
    _, _, auction = make_auction()
    leader = make_user()
    bid(auction, leader, 50_000)

    after = bid(auction, leader, 200_000)

    assert (after.price, after.maximum) == (START, 200_000)


def test_the_same_bid_sent_twice_is_one():
    _, _, auction = make_auction()
    person, key = make_user(), uuid4()

    bid(auction, person, 50_000, key)
    again = bid(auction, person, 50_000, key)

    assert (again.bids_count, auction.bids.count()) == (1, 1)


def test_what_was_said_before_the_start_counts_and_shows_no_price():
    _, _, auction = make_auction(is_running=False)
    low, high = make_user(), make_user()
    bid(auction, low, 30_000)
    bid(auction, high, 25_000)  # nobody knows yet how high others went
    bid(auction, high, 60_000)

    start_auction(auction.pk)

    auction.refresh_from_db()
    assert (auction.leader, auction.price) == (high, 31_000)
    assert auction.standing == replayed(auction)


def test_whoever_runs_the_show_cannot_bid():
    session, _, auction = make_auction()

    with pytest.raises(OfTheHouse):
        bid(auction, session.host, 50_000)


def test_nobody_bids_once_the_time_is_up_though_nobody_has_closed_it():
    session, _, auction = make_auction()
    pass_time(session, 60 * SECOND)

    with pytest.raises(TooLate):
        bid(auction, make_user(), 50_000)

    assert Auction.objects.get().closed_at is None


def test_bids_are_only_added():
    _, _, auction = make_auction()
    bid(auction, make_user(), 50_000)

    with pytest.raises(IntegrityError), transaction.atomic():
        AuctionBid.objects.update(maximum=60_000)
    with pytest.raises(IntegrityError), transaction.atomic():
        AuctionBid.objects.all().delete()


# ---- the clock -------------------------------------------------------------------------------------


def test_a_late_bid_leaves_the_others_ten_seconds():
    session, _, auction = make_auction()
    pass_time(session, 57 * SECOND)

    bid(auction, make_user(), 50_000)

    assert 9 * SECOND < left_ms(auction) <= 10 * SECOND


def test_an_early_bid_leaves_the_end_where_it_is():
    session, _, auction = make_auction()
    pass_time(session, 45 * SECOND)

    bid(auction, make_user(), 50_000)

    assert 14 * SECOND < left_ms(auction) <= 15 * SECOND


def test_a_leader_cannot_draw_it_out():
    session, _, auction = make_auction()
    leader = make_user()
    bid(auction, leader, 50_000)
    pass_time(session, 57 * SECOND)

    bid(auction, leader, 90_000)

    assert left_ms(auction) <= 3 * SECOND


def test_sudden_death_ends_when_it_was_said():
    session, _, auction = make_auction(is_sudden_death=True)
    pass_time(session, 57 * SECOND)

    bid(auction, make_user(), 50_000)

    assert left_ms(auction) <= 3 * SECOND


def test_the_counter_time_is_the_sellers_to_choose():
    session, _, auction = make_auction(counter_ms=20 * SECOND)
    pass_time(session, 45 * SECOND)

    bid(auction, make_user(), 50_000)

    assert 19 * SECOND < left_ms(auction) <= 20 * SECOND


def test_an_interruption_at_37_seconds_goes_on_at_37_seconds():
    session, _, auction = make_auction()
    connection_id = uuid4()
    LiveSession.objects.filter(pk=session.pk).update(connection_id=connection_id)
    pass_time(session, 23 * SECOND)
    before = left_ms(auction)
    air.on_unpublish(session.code, connection_id=connection_id)
    frozen = left_ms(auction)
    gone_since = LiveSession.objects.get(pk=session.pk).interrupted_at
    LiveSession.objects.filter(pk=session.pk).update(
        interrupted_at=gone_since - timedelta(seconds=90),
        went_live_at=session.went_live_at - timedelta(seconds=23 + 90),
    )

    with pytest.raises(StandsStill):
        bid(auction, make_user(), 50_000)
    run_due()
    assert air.on_publish(session.code, connection_id=uuid4())

    assert 36 * SECOND < before <= 37 * SECOND
    assert abs(frozen - before) < SECOND
    assert abs(left_ms(auction) - frozen) < SECOND
    assert Auction.objects.get().closed_at is None
    bid(auction, make_user(), 50_000)


# ---- the hammer ------------------------------------------------------------------------------------


def test_the_leader_may_buy_at_the_price_for_ten_minutes():
    _, variant, auction = make_auction()
    winner, other = make_user(), make_user()
    bid(auction, winner, 90_000)
    bid(auction, other, 40_000)

    closed(auction)

    award = Award.objects.get()
    assert (award.buyer, award.price, award.variant) == (winner, 41_000, variant)
    assert award.expires_at - auction.closed_at == PAY_WITHIN
    assert counters(variant) == (2, 1)


def test_is_not_closed_before_its_time():
    session, _, auction = make_auction()
    pass_time(session, 59 * SECOND)

    close_auction(auction.pk)

    auction.refresh_from_db()
    assert auction.closed_at is None


def test_without_bids_the_unit_goes_back():
    _, variant, auction = make_auction()

    closed(auction)

    assert counters(variant) == (3, 0)
    assert not Award.objects.exists()


def test_is_closed_once_however_often_it_is_called():
    _, variant, auction = make_auction()
    bid(auction, make_user(), 50_000)
    closed(auction)
    first = auction.closed_at

    for _ in range(3):
        close_auction(auction.pk)
        settle_auction(auction.pk)
        run_due()

    auction.refresh_from_db()
    assert auction.closed_at == first
    assert Award.objects.count() == 1
    assert counters(variant) == (2, 1)


def test_a_show_that_ends_early_sells_to_whoever_leads():
    session, _, auction = make_auction()
    winner = make_user()
    bid(auction, winner, 50_000)

    air.end_session(session.code)
    run_due()

    assert Award.objects.get().buyer == winner


def test_a_show_that_ends_calls_off_what_never_started():
    session, variant, auction = make_auction(is_running=False)
    bid(auction, make_user(), 50_000)

    air.end_session(session.code)
    run_due()

    auction.refresh_from_db()
    assert auction.closed_at is not None
    assert counters(variant) == (3, 0)
    assert not Award.objects.exists()


def test_who_does_not_pay_leaves_no_trace_in_the_next_ones_price():
    _, variant, auction = make_auction()
    phantom, second, third = make_user(), make_user(), make_user()
    bid(auction, third, 30_000)
    bid(auction, second, 45_000)
    bid(auction, phantom, 300_000)
    closed(auction)
    assert Award.objects.get().price == 46_000

    run_out(*Award.objects.all())
    run_due()

    offered = Award.objects.get(buyer=second)
    assert offered.price == 31_000  # one step above the third, not pushed up by the phantom
    assert counters(variant) == (2, 1)
    assert units_accounted_for(variant)


def test_after_three_offers_it_goes_back_on_the_stall():
    _, variant, auction = make_auction()
    for place in range(5):
        bid(auction, make_user(), 50_000 + place * 20_000)
    closed(auction)

    for _ in range(4):
        run_out(*Award.objects.all())
        run_due()

    assert Award.objects.count() == 3
    assert counters(variant) == (3, 0)


def test_the_room_hears_of_every_turn_in_order():
    session, _, auction = make_auction(is_running=False)
    winner = make_user(name="Siti Aminah")
    start_auction(auction.pk)
    bid(auction, winner, 90_000)
    closed(auction)

    items = RoomEvent.objects.filter(session=session, kind=RoomEvent.Kind.DEAL).order_by("seq")
    html = [item.payload["html"]["id"] for item in items]

    assert len(html) == 3  # announced, started, sold: bids move by notes
    assert "Belum dimulai" in html[0]
    assert "Siti A." in html[2]
    assert "90.000" not in "".join(html)  # nobody learns the winner's maximum


# ---- many at once ----------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_fifty_bids_at_the_same_instant_leave_one_leader_and_a_price_that_can_be_replayed():
    _, _, auction = make_auction()
    people = [make_user() for _ in range(50)]

    outcomes = run_at_once(
        *[partial(bid, auction, person, START + 1_000 * (place % 25)) for place, person in enumerate(people)]
    )

    auction.refresh_from_db()
    taken = [outcome for outcome in outcomes if isinstance(outcome, Auction)]
    assert {type(outcome) for outcome in outcomes} <= {Auction, BidTooLow}
    assert auction.bids_count == auction.bids.count() == len(taken)
    assert sorted(auction.bids.values_list("number", flat=True)) == list(range(1, len(taken) + 1))
    assert auction.standing == replayed(auction)
    assert auction.maximum == START + 24_000


@pytest.mark.django_db(transaction=True)
def test_the_hammer_and_a_late_bid_cannot_both_win():
    for _ in range(5):
        session, variant, auction = make_auction(counter_ms=5_000)
        first = make_user()
        bid(auction, first, 50_000)
        pass_time(session, left_ms(auction) - 40)
        late = [partial(bid, auction, make_user(), 60_000 + n * 10_000) for n in range(6)]

        outcomes = run_at_once(*late, *[partial(close_soon, auction)] * 3)

        auction.refresh_from_db()
        assert not [
            each for each in outcomes if not isinstance(each, Auction | TooLate | BidTooLow | type(None))
        ]
        if auction.closed_at:
            award = Award.objects.get(source_id=auction.pk)
            assert (award.buyer_id, award.price) == (auction.leader_id, auction.price)
        assert auction.standing == replayed(auction)
        assert units_accounted_for(variant)


def close_soon(auction) -> None:
    for _ in range(60):
        close_auction(auction.pk)


# ---- against the pure model ------------------------------------------------------------------------


def least_by_the_model(taken, bidder, is_running):
    standing = bidding.replay(START, taken)
    own = max((offer.maximum for offer in taken if offer.bidder == bidder), default=0)
    if not is_running:
        return own + bidding.step_at(own) if own else START
    if standing.leader == bidder:
        return own + bidding.step_at(own)
    return standing.least_bid


moves = st.lists(
    st.tuples(st.integers(0, 3), st.integers(10, 80).map(lambda n: n * 1_000)) | st.just("start"),
    max_size=14,
)


@settings(max_examples=25, deadline=None)
@given(moves)
def test_whatever_is_bid_the_rows_and_the_pure_model_agree(steps):
    with transaction.atomic():
        _, variant, auction = make_auction(is_running=False)
        people = [make_user() for _ in range(4)]
        taken: list[bidding.Bid] = []
        is_running = False
        for step in steps:
            if step == "start":
                start_auction(auction.pk)
                is_running = True
                continue
            who, maximum = step
            offer = bidding.Bid(people[who].pk, maximum)
            if maximum < least_by_the_model(taken, offer.bidder, is_running):
                with pytest.raises(BidTooLow):
                    bid(auction, people[who], maximum)
            else:
                bid(auction, people[who], maximum)
                taken.append(offer)
        auction.refresh_from_db()
        assert auction.standing == bidding.replay(START, taken)
        if auction.is_running:
            closed(auction)
            expected = bidding.replay(START, taken)
            awards = [(award.buyer_id, award.price) for award in Award.objects.filter(source_id=auction.pk)]
            assert awards == ([(expected.leader, expected.price)] if expected.leader else [])
            assert counters(variant) == ((2, 1) if expected.leader else (3, 0))
        transaction.set_rollback(True)
    assert connection.in_atomic_block
