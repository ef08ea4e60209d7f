"""Stretches, products and the whole always tell the same story."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from insights.reckoning import Sale, Stretch, Taps, by_product, by_stretch, whole

PRODUCTS = st.integers(1, 4)
MOMENTS = st.integers(0, 400)
TAPS = st.lists(st.builds(Taps, product_id=PRODUCTS, at_ms=MOMENTS, people=st.integers(1, 9)), max_size=40)


@st.composite
def sales(draw: st.DrawFn) -> list[Sale]:
    lines = draw(
        st.lists(st.tuples(PRODUCTS, MOMENTS, st.integers(1, 9), st.integers(0, 10**9)), max_size=40)
    )
    keeps = draw(st.lists(st.booleans(), min_size=len(lines), max_size=len(lines)))
    return [
        Sale(product_id, at_ms, order_id, units, goods, is_kept)
        for order_id, ((product_id, at_ms, units, goods), is_kept) in enumerate(
            zip(lines, keeps, strict=True)
        )
    ]


@st.composite
def stretches(draw: st.DrawFn) -> list[Stretch]:
    """One pin at a time, as the database keeps it: they may touch, and be of no length."""
    edges = sorted(draw(st.lists(MOMENTS, max_size=16)))
    pairs = zip(edges[::2], edges[1::2], strict=False)
    return [Stretch(draw(PRODUCTS), from_ms, to_ms) for from_ms, to_ms in pairs]


@given(stretches(), TAPS, sales())
def test_stretches_and_the_rest_add_up_to_the_whole(pins, taps, sold):
    outcomes, rest = by_stretch(pins, taps, sold)

    everything = [*outcomes, rest]
    total = whole(taps, sold)
    for name in ("taps", "units", "goods", "orders", "kept_orders"):
        assert sum(getattr(part, name) for part in everything) == getattr(total, name), name


@given(TAPS, sales())
def test_products_add_up_to_the_whole(taps, sold):
    rows, total = by_product(taps, sold), whole(taps, sold)

    for name in ("taps", "units", "goods", "orders", "kept_orders"):
        assert sum(getattr(row, name) for row in rows.values()) == getattr(total, name), name


@given(stretches(), TAPS, sales())
def test_a_stretch_is_credited_only_with_its_own_product_in_its_own_time(pins, taps, sold):
    outcomes, _ = by_stretch(pins, taps, sold)

    for pin, outcome in zip(pins, outcomes, strict=True):
        during = [
            t.people for t in taps if t.product_id == pin.product_id and pin.from_ms <= t.at_ms <= pin.to_ms
        ]
        assert outcome.taps <= sum(during)


def test_the_last_second_of_a_stretch_is_its_own():
    pins = [Stretch(1, 0, 100), Stretch(2, 100, 200), Stretch(1, 200, 300)]
    moments = [0, 100, 101, 200, 300, 301]

    outcomes, rest = by_stretch(pins, [Taps(1, at) for at in moments], [])

    assert [outcome.taps for outcome in outcomes] == [2, 0, 2]
    assert rest.taps == 2


def test_an_order_that_comes_to_nothing_counts_as_an_order_and_brings_no_money():
    lost = Sale(1, 10, order_id=7, units=3, goods=75_000, is_kept=False)

    outcome = whole([], [lost])

    assert (outcome.orders, outcome.kept_orders, outcome.units, outcome.goods) == (1, 0, 0, 0)


def test_two_lines_of_an_order_are_one_order():
    lines = [Sale(1, 10, 7, units, 10_000, is_kept=True) for units in (1, 2)]

    outcome = whole([], lines)

    assert (outcome.orders, outcome.units, outcome.goods) == (1, 3, 20_000)
