"""The books of commission, against the reference ..."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from affiliates.arithmetic import commission, due, returned_base
from affiliates.models import Affiliate, Commission, CommissionAdjustment
from affiliates.operations import (
    refund_commission,
    reserve_commission,
    reverse_commission,
    settle,
    void_commission,
)
from catalog.models import Shop
from ledger.models import AccountKind, TransactionKind
from ledger.operations import Leg, account, post
from tests.affiliates.market import (
    assert_books_are_clean,
    earned,
    escrow,
    make_affiliate,
    make_order,
    make_rate,
    reserved,
    ripen,
)
from tests.affiliates.reference import Books, Sale
from tests.factories import make_shop, make_variant

Event = tuple[str, int, int, str, int]  # what, which sale, which event, kind, amount

sales = st.lists(
    st.builds(
        lambda affiliate, shop, price, quantity, rate: (affiliate, shop, price, quantity, rate),
        st.integers(0, 1),
        st.integers(0, 1),
        st.integers(1, 5_000_000),
        st.integers(1, 7),
        st.integers(100, 8_000),
    ),
    min_size=1,
    max_size=4,
)
events: st.SearchStrategy[list[Event]] = st.lists(
    st.one_of(
        st.tuples(
            st.just("event"),
            st.integers(0, 3),
            st.integers(0, 5),
            st.sampled_from(["return", "refund", "void"]),
            st.integers(1, 4),
        ),
        st.tuples(st.just("mature"), st.integers(0, 3), st.just(0), st.just(""), st.just(0)),
        st.tuples(st.just("settle"), st.just(0), st.just(0), st.just(""), st.just(0)),
    ),
    max_size=14,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sales, events, st.integers(0, 10**6))
def test_hold_what_the_events_say_whatever_their_order(
    db: None, rows: Any, history: list[Event], seed: int
) -> None:
    """Shuffled and partly told twice, a history ends with the same books; every step balances."""
    history = _with_one_meaning_each(history)
    luck = random.Random(seed)
    shuffled = luck.sample(history, len(history)) + luck.sample(history, min(4, len(history)))
    ends = [_play(rows, told) for told in (history, shuffled)]

    assert ends[0] == ends[1]


def _with_one_meaning_each(history: Sequence[Event]) -> list[Event]:
    """The same event of the same sale always says the same."""
    first: dict[tuple[int, int], Event] = {}
    return [first.setdefault((step[1], step[2]), step) if step[0] == "event" else step for step in history]


def _play(rows: Any, history: Sequence[Event]) -> tuple[int, ...]:
    """Run a history on a fresh market next to the reference; the balances at the end."""
    with transaction.atomic():
        market = _Market(rows)
        for step in history:
            market.take(step)
            market.compare()
        for position in range(len(rows)):
            market.take(("mature", position, 0, "", 0))
        market.take(("settle", 0, 0, "", 0))
        market.compare()
        assert settle(timezone.now()) is None
        end = market.balances()
        transaction.set_rollback(True)
    return end


class _Market:
    def __init__(self, rows: Any) -> None:
        self.affiliates: list[Affiliate] = [make_affiliate(), make_affiliate()]
        self.shops: list[Shop] = [make_shop(), make_shop()]
        self.commissions: list[Commission] = []
        told: dict[int, Sale] = {}
        for id, (affiliate, shop, price, quantity, rate_bp) in enumerate(rows):
            self.commissions.append(self._sell(affiliate, shop, price, quantity, rate_bp))
            told[id] = Sale(id, affiliate, shop, price, quantity, rate_bp)
        self.books = Books(told)

    def _sell(self, affiliate: int, shop: int, price: int, quantity: int, rate_bp: int) -> Commission:
        variant = make_variant(price=price, stock=quantity, shop=self.shops[shop])
        rate = make_rate(self.shops[shop], rate_bp, product=variant.product)
        order = make_order(variant, quantity=quantity, affiliate=self.affiliates[affiliate], rate=rate)
        leg = Leg(account(AccountKind.GATEWAY_CLEARING), account(AccountKind.ESCROW), order.subtotal)
        post(TransactionKind.ORDER_PAID, order.pk, [leg])
        reserve_commission(order)
        return Commission.objects.select_related("line").get(line__order=order)

    def take(self, step: Event) -> None:
        what, sale, event, kind, amount = step
        sale %= len(self.commissions)
        if what == "settle":
            batch = settle(timezone.now())
            assert (batch.count if batch else 0) == self.books.settle()
        elif what == "mature":
            self.books.matured.add(sale)
            if Commission.objects.filter(pk=self.commissions[sale].pk, matures_at=None).exists():
                ripen(self.commissions[sale])
        else:
            self._tell(sale, f"{sale}/{step[1]}/{event}", kind, amount)

    def _tell(self, sale: int, source: str, kind: str, amount: int) -> None:
        line = self.commissions[sale].line
        if kind == "return":
            reverse_commission(line, units=amount, source=source)
        elif kind == "refund":
            amount *= 7_777
            refund_commission(line, amount=amount, source=source)
        else:
            void_commission(line, source=source)
        self.books.tell(sale, source, kind, amount)

    def balances(self) -> tuple[int, ...]:
        return (
            escrow(),
            *(earned(affiliate) for affiliate in self.affiliates),
            *(reserved(shop) for shop in self.shops),
        )

    def compare(self) -> None:
        assert self.balances() == (
            self.books.escrow(),
            self.books.earned(0),
            self.books.earned(1),
            self.books.reserved(0),
            self.books.reserved(1),
        )
        assert_books_are_clean()


@given(st.integers(0, 10**12), st.integers(1, 50), st.data())
def test_do_not_care_how_units_come_back(base: int, quantity: int, data: st.DataObject) -> None:
    """1 + 1 + 1 returned units take away what 3 do."""
    stops = sorted(data.draw(st.lists(st.integers(0, quantity), max_size=6)))
    pieces, before = 0, 0
    for units in [*stops, quantity]:
        pieces += returned_base(base, quantity, units) - returned_base(base, quantity, before)
        before = units

    assert pieces == base


@given(
    st.integers(0, 10**12),
    st.integers(1, 100),
    st.integers(100, 8_000),
    st.integers(0, 120),
    st.integers(0, 10**12),
    st.booleans(),
)
def test_never_pay_more_than_the_rate(
    base: Any, quantity: Any, rate_bp: Any, units: Any, refunded: Any, is_void: Any
) -> None:
    amount = due(
        base=base, quantity=quantity, rate_bp=rate_bp, units=units, refunded=refunded, is_void=is_void
    )

    assert 0 <= amount <= commission(base, rate_bp)
    assert amount * 10_000 <= base * rate_bp


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.integers(0, 10**12),
    st.integers(1, 100),
    st.integers(100, 8_000),
    st.none() | st.integers(0, 120),
    st.none() | st.integers(0, 10**12),
    st.none() | st.booleans(),
)
def test_compute_alike_in_the_database(
    db: None, base: Any, quantity: Any, rate_bp: Any, units: Any, refunded: Any, is_void: Any
) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT affiliates_due(%s, %s, %s, %s, %s, %s)",
            [base, quantity, rate_bp, units, refunded, is_void],
        )
        (found,) = cursor.fetchone()

    assert found == due(
        base=base,
        quantity=quantity,
        rate_bp=rate_bp,
        units=units or 0,
        refunded=refunded or 0,
        is_void=bool(is_void),
    )


@pytest.mark.parametrize(
    ("base", "rate_bp", "amount"),
    [(0, 1_000, 0), (1, 8_000, 0), (50, 100, 0), (100, 100, 1), (99_999, 1_250, 12_499), (5, 5_000, 2)],
)
def test_round_down_to_the_rupiah(base: int, rate_bp: int, amount: int) -> None:
    assert commission(base, rate_bp) == amount


def test_hold_no_adjustment_without_a_commission(db: None) -> None:
    line = make_order(make_variant()).lines.get()

    reverse_commission(line, units=1, source="return:1")

    assert not CommissionAdjustment.objects.exists()
