"""The rules of attribution ..."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from affiliates.attribution import Candidate, Rate, Reason, Sale, Source, decide, winner_of

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
WINDOW = timedelta(days=14)
TICK = timedelta(microseconds=1)
BUYER, OWNER, PRODUCT = 1, 2, 10


def a_sale(**fields: Any) -> Sale:
    plain: dict[str, Any] = {
        "buyer_id": BUYER,
        "owner_id": OWNER,
        "own_phones": frozenset({"+62811111111"}),
        "product_id": PRODUCT,
        "is_shown": True,
        "at": NOW,
        "rate": Rate(id=5, bp=1_000),
    }
    return Sale(**plain | fields)


def a_link(id: int = 1, *, ago: timedelta = timedelta(days=1), **fields: Any) -> Candidate:
    at = fields.pop("at", NOW - ago)
    plain = {
        "source": Source.PRODUCT,
        "id": id,
        "affiliate_id": 100 + id,
        "handle": f"k{id}",
        "user_id": 200 + id,
        "phone": f"+628220000{id:04}",
        "is_suspended": False,
        "product_id": PRODUCT,
        "at": at,
        "until": at + WINDOW,
    }
    return Candidate(**plain | fields)


def a_host(id: int = 50, **fields: Any) -> Candidate:
    return a_link(id, **{"source": Source.HOST, "product_id": None, "until": None, **fields})


def reasons(candidates: Sequence[Candidate], sale: Sale | None = None) -> dict[int, Reason]:
    return {verdict.candidate.id: verdict.reason for verdict in decide(candidates, sale or a_sale())}


def test_let_the_host_win_over_any_link() -> None:
    assert reasons([a_link(1), a_host(50, ago=timedelta(days=2))]) == {50: Reason.WON, 1: Reason.OUTRANKED}


def test_let_a_product_link_win_over_a_later_shop_link() -> None:
    shop = a_link(2, source=Source.SHOP, product_id=None, ago=timedelta(hours=1))
    session = a_link(3, source=Source.SESSION, product_id=None, ago=timedelta(minutes=1))

    assert reasons([shop, session, a_link(1)]) == {1: Reason.WON, 2: Reason.OUTRANKED, 3: Reason.OUTRANKED}


def test_let_the_last_click_win_among_shop_and_session_links() -> None:
    shop = a_link(2, source=Source.SHOP, product_id=None, ago=timedelta(hours=1))
    session = a_link(3, source=Source.SESSION, product_id=None, ago=timedelta(hours=2))

    assert reasons([session, shop]) == {2: Reason.WON, 3: Reason.OLDER}


def test_let_the_highest_id_win_at_the_same_moment() -> None:
    assert reasons([a_link(1), a_link(2)]) == {2: Reason.WON, 1: Reason.OLDER}


@pytest.mark.parametrize(
    ("ago", "reason"),
    [
        (WINDOW - TICK, Reason.WON),
        (WINDOW, Reason.EXPIRED),
        (WINDOW + TICK, Reason.EXPIRED),
        (timedelta(0), Reason.WON),
        (-TICK, Reason.AFTER),
    ],
)
def test_count_a_click_for_less_than_the_window(ago: timedelta, reason: Reason) -> None:
    assert reasons([a_link(1, ago=ago)]) == {1: reason}


@pytest.mark.parametrize(
    "own",
    [{"user_id": BUYER}, {"user_id": OWNER}, {"phone": "+62811111111"}],
    ids=["buyer", "owner", "phone"],
)
@pytest.mark.parametrize("make", [a_link, a_host])
def test_give_nothing_for_ones_own_purchase(make: Any, own: dict[str, object]) -> None:
    assert reasons([make(1, **own), a_link(2, ago=timedelta(days=3))]) == {1: Reason.SELF, 2: Reason.WON}


def test_do_not_take_two_empty_phones_for_the_same() -> None:
    assert reasons([a_link(1, phone="")], a_sale(own_phones=frozenset())) == {1: Reason.WON}


@pytest.mark.parametrize(
    ("candidate", "sale", "reason"),
    [
        (a_link(1, product_id=11), a_sale(), Reason.OTHER_PRODUCT),
        (a_link(1, is_suspended=True), a_sale(), Reason.SUSPENDED),
        (a_link(1), a_sale(rate=None), Reason.NO_RATE),
        (a_host(1), a_sale(is_shown=False), Reason.NOT_SHOWN),
        (a_host(1, until=NOW), a_sale(), Reason.EXPIRED),
        (a_host(1, until=NOW + TICK), a_sale(), Reason.WON),
    ],
)
def test_give_each_loser_its_reason(candidate: Candidate, sale: Sale, reason: Reason) -> None:
    assert reasons([candidate], sale) == {1: reason}


# ---- against a brute-force oracle --------------------------------------------------------------------

moments = st.integers(-16 * 24, 2).map(lambda hours: NOW + timedelta(hours=hours))


@st.composite
def candidates(draw: st.DrawFn) -> list[Candidate]:
    found = []
    for id in range(1, draw(st.integers(0, 7)) + 1):
        source = draw(st.sampled_from(Source))
        at = draw(moments)
        found.append(
            a_link(
                id,
                source=source,
                at=at,
                until=None if source == Source.HOST and draw(st.booleans()) else at + WINDOW,
                product_id=draw(st.sampled_from([PRODUCT, 11])) if source == Source.PRODUCT else None,
                user_id=draw(st.sampled_from([BUYER, OWNER, 200 + id])),
                phone=draw(st.sampled_from(["", "+62811111111", "+62822"])),
                is_suspended=draw(st.booleans()),
                is_own_crew=source == Source.GUEST and draw(st.booleans()),
            )
        )
    return found


sales = st.builds(
    lambda is_shown, rate: a_sale(is_shown=is_shown, rate=Rate(5, 1_000) if rate else None),
    st.booleans(),
    st.booleans(),
)


def expected_winner(found: Sequence[Candidate], sale: Sale) -> int | None:
    """Pairwise: whoever is fit and beats every other fit one."""

    def is_fit(one: Candidate) -> bool:
        return (
            sale.rate is not None
            and not one.is_suspended
            and not one.is_own_crew
            and one.user_id not in {sale.buyer_id, sale.owner_id}
            and one.phone not in sale.own_phones
            and one.at <= sale.at
            and (one.until is None or sale.at < one.until)
            and (one.source != "product" or one.product_id == sale.product_id)
            and (one.source not in {"host", "guest"} or sale.is_shown)
        )

    def beats(one: Candidate, other: Candidate) -> bool:
        classes = ["host", "guest", "product", "shop"]
        mine, theirs = (classes.index("shop" if c.source == "session" else c.source) for c in (one, other))
        if mine != theirs:
            return mine < theirs
        return one.at > other.at or (one.at == other.at and one.id > other.id)

    fit = [one for one in found if is_fit(one)]
    return next((one.id for one in fit if all(beats(one, other) for other in fit if other is not one)), None)


@given(candidates(), sales)
def test_agree_with_the_oracle(found: list[Candidate], sale: Sale) -> None:
    verdicts = decide(found, sale)
    winner = winner_of(verdicts)

    assert (winner.id if winner else None) == expected_winner(found, sale)
    assert sorted(verdict.candidate.id for verdict in verdicts) == sorted(one.id for one in found)
    assert sum(verdict.reason == Reason.WON for verdict in verdicts) <= 1


@given(candidates(), sales, st.randoms())
def test_do_not_depend_on_the_order_of_the_candidates(
    found: list[Candidate], sale: Sale, luck: random.Random
) -> None:
    shuffled = luck.sample(found, len(found))

    assert decide(shuffled, sale) == decide(found, sale)


@given(candidates(), sales, st.sampled_from(Source), moments, st.integers(0, 100))
def test_do_not_change_the_winner_for_one_more_loser(
    found: list[Candidate], sale: Sale, source: Source, at: datetime, id: int
) -> None:
    assume(id not in {one.id for one in found})
    before = winner_of(decide(found, sale))
    extra = replace(a_link(id, at=at), source=source)
    after = winner_of(decide([*found, extra], sale))

    assert after in (before, extra)
