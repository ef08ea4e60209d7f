"""The arithmetic of maximum bids."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deals.bidding import STEPS, Bid, Standing, after, opening, replay, step_at

START = 20_000
bids = st.lists(
    st.builds(Bid, bidder=st.integers(1, 5), maximum=st.integers(15, 150).map(lambda n: n * 1_000)),
    max_size=30,
)


@pytest.mark.parametrize(
    ("offers", "leader", "price"),
    [
        ([], None, 20_000),
        ([(1, 90_000)], 1, 20_000),  # alone, one pays the start
        ([(1, 19_000)], None, 20_000),  # below the start is no bid
        ([(1, 90_000), (2, 40_000)], 1, 41_000),  # the market bids for the leader, one step above
        ([(1, 40_000), (2, 90_000)], 2, 41_000),
        ([(1, 40_000), (2, 40_500)], 2, 40_500),  # a step would be more than the winner's maximum
        ([(1, 40_500), (2, 40_000)], 1, 40_500),
        ([(1, 40_000), (2, 40_000)], 1, 40_000),  # of two equal the earlier
        ([(1, 40_000), (1, 90_000)], 1, 20_000),  # nobody bids against themselves
        ([(1, 40_500), (2, 40_000), (1, 90_000)], 1, 40_500),
        ([(1, 60_000), (2, 70_000), (3, 80_000)], 3, 72_500),  # the step of the price that is passed
    ],
)
def test_one_leads_and_pays_a_step_above_the_next(offers, leader, price):
    standing = replay(START, [Bid(*offer) for offer in offers])

    assert (standing.leader, standing.price) == (leader, price)


@given(bids)
def test_the_leader_is_the_earliest_with_the_greatest_maximum(offers):
    counted = [bid for bid in offers if bid.maximum >= START]
    best: dict[int, tuple[int, int]] = {}  # who: greatest maximum, and when it was first said
    for number, bid in enumerate(counted):
        if bid.maximum > best.get(bid.bidder, (0, 0))[0]:
            best[bid.bidder] = bid.maximum, number
    order = sorted(best, key=lambda who: (-best[who][0], best[who][1]))

    standing = replay(START, offers)

    assert standing.leader == (order[0] if order else None)
    if len(order) > 1:
        second = best[order[1]][0]
        top = best[order[0]][0]
        assert second <= standing.price <= min(top, second + step_at(second))
    else:
        assert standing.price == START


@given(bids)
def test_price_never_falls_and_never_passes_the_leaders_maximum(offers):
    standing = opening(START)
    for bid in offers:
        before, standing = standing, after(standing, bid)
        assert standing.price >= before.price
        assert standing.leader is None or standing.price <= standing.maximum


@given(bids)
def test_least_bid_of_another_always_moves_the_price(offers):
    standing = replay(START, offers)
    moved = after(standing, Bid(99, standing.least_bid))

    assert standing.leader is None or moved.price > standing.price


@given(bids, st.sets(st.integers(1, 5)))
def test_people_who_are_left_out_leave_no_trace(offers, absent):
    others = [bid for bid in offers if bid.bidder not in absent]

    assert replay(START, offers, without=absent) == replay(START, others)


def test_steps_grow_with_the_price():
    assert [step_at(price) for price, _ in STEPS] == [step for _, step in STEPS]
    assert step_at(49_999) == 1_000
    assert Standing(1, 49_999, 60_000).least_bid == 50_999
    assert opening(START).least_bid == START
