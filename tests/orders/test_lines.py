"""The line for what is sold out …"""

from __future__ import annotations

import contextlib
from collections import deque
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import User
from catalog.models import Stock, Variant
from catalog.operations import restock
from deals.models import Turn
from deals.operations import due, refusals, turns
from deals.queries.turns import lines_in, number_of
from inbox.models import Notice
from orders import operations
from orders.models import Order
from orders.operations import OutOfStock
from tests.concurrency import run_at_once
from tests.deals.helpers import make_flash_deal, session_showing
from tests.factories import make_user, make_variant
from tests.orders.helpers import let_time_run_out, place

pytestmark = pytest.mark.django_db


def wait_for(variant: Variant, quantity: int = 1, **fields: Any) -> Turn:
    user = fields.pop("user", None) or make_user()
    return turns.join_line(variant, user=user, quantity=quantity, **fields)


def held(*places: Turn) -> list[int]:
    return [Turn.objects.values_list("held", flat=True).get(pk=turn.pk) for turn in places]


def stock(variant: Variant) -> dict[str, int]:
    names = ("available", "set_aside", "reserved", "sold")
    return dict(Stock.objects.values(*names).get(pk=variant.pk))


def let_turns_run_out() -> None:
    Turn.objects.called().update(called_at=timezone.now() - timedelta(days=1))


def test_gives_what_comes_back_to_the_first_and_to_no_stranger():
    variant = make_variant(stock=1)
    order = place(variant)
    first, second = wait_for(variant), wait_for(variant)

    let_time_run_out(order)
    operations.expire_unpaid(10)

    assert held(first, second) == [1, 0]
    assert stock(variant) == {"available": 0, "set_aside": 1, "reserved": 0, "sold": 0}
    with pytest.raises(OutOfStock):
        place(variant)


def test_calls_the_first_five_of_ten_when_five_come():
    variant = make_variant(stock=0)
    places = [wait_for(variant) for _ in range(10)]

    restock(variant, units=5)

    assert held(*places) == [1] * 5 + [0] * 5
    assert [number_of(turn) for turn in places[5:]] == [1, 2, 3, 4, 5]


def test_lets_a_part_of_what_was_wanted_be_had_rather_than_nothing():
    variant = make_variant(stock=0)
    many, few = wait_for(variant, 3), wait_for(variant)

    restock(variant, units=2)

    assert held(many, few) == [2, 0]


def test_whose_turn_it_is_buys_and_the_rest_goes_to_the_next():
    variant = make_variant(stock=0)
    first, second = wait_for(variant, 2), wait_for(variant)
    restock(variant, units=2)

    order = place(variant, 1, buyer=first.user)

    first.refresh_from_db()
    assert (first.ending, first.order_id, first.held) == (Turn.Ending.BOUGHT, order.pk, 0)
    assert held(second) == [1]
    assert stock(variant) == {"available": 0, "set_aside": 1, "reserved": 1, "sold": 0}


def test_asking_for_more_than_is_held_changes_nothing():
    variant = make_variant(stock=0)
    first, second = wait_for(variant), wait_for(variant)
    restock(variant, units=1)

    with pytest.raises(OutOfStock) as refusal:
        place(variant, 2, buyer=first.user)

    assert refusal.value.available == 1
    assert held(first, second) == [1, 0]
    assert stock(variant)["set_aside"] == 1


def test_the_same_key_gives_the_same_order_again():
    variant = make_variant(stock=0)
    turn = wait_for(variant)
    restock(variant, units=1)
    order = place(variant, buyer=turn.user)

    again = place(variant, buyer=turn.user, idempotency_key=order.idempotency_key)

    assert again.pk == order.pk


def test_units_of_a_turn_are_held_even_where_the_first_to_pay_wins():
    variant = make_variant(stock=0)
    session = session_showing(variant)
    operations.serve_first_paid(session)
    turn, other = wait_for(variant), wait_for(variant)
    restock(variant, units=1)

    order = place(variant, buyer=turn.user, session_id=session.pk)

    assert order.holds_units
    assert held(other) == [0]
    assert stock(variant) == {"available": 0, "set_aside": 0, "reserved": 1, "sold": 0}


def test_whose_turn_it_is_has_the_price_of_the_deal():
    variant = make_variant(stock=0, price=25_000)
    make_flash_deal(variant, price=20_000)
    turn = wait_for(variant)
    restock(variant, units=1)

    assert place(variant, buyer=turn.user).subtotal == 20_000


def test_a_turn_not_taken_in_time_goes_to_the_next_once():
    variant = make_variant(stock=0)
    places = [wait_for(variant) for _ in range(3)]
    restock(variant, units=1)
    let_turns_run_out()

    turns.lapse_turn(places[0].pk)
    turns.lapse_turn(places[0].pk)

    assert held(*places) == [0, 1, 0]
    with pytest.raises(OutOfStock):
        place(variant, buyer=places[0].user)


def test_a_turn_in_a_show_stands_still_with_its_clock(settings: Any):
    variant = make_variant(stock=0)
    session = session_showing(variant)
    turn = wait_for(variant, session=session)
    restock(variant, units=1)
    session.interrupted_at = timezone.now()
    session.save(update_fields=["interrupted_at"])
    much_later = timezone.now() + timedelta(seconds=settings.TURN_SECONDS * 3)

    turn = Turn.objects.get(pk=turn.pk)
    assert turn.called_ms is not None
    assert not turn.is_over(much_later)

    session.interrupted_at = None
    session.save(update_fields=["interrupted_at"])
    assert Turn.objects.get(pk=turn.pk).is_over(much_later)


def test_leaving_lets_the_next_one_in_and_the_last_one_leaves_it_to_all():
    variant = make_variant(stock=0)
    first, second = wait_for(variant), wait_for(variant)
    restock(variant, units=1)

    turns.leave_line(first)
    assert held(first, second) == [0, 1]

    turns.leave_line(second)
    assert stock(variant)["available"] == 1


def test_nobody_joins_while_there_is_something_left_or_at_their_own_stall():
    variant = make_variant(stock=1)

    with pytest.raises(turns.NotSoldOut):
        wait_for(variant)
    with pytest.raises(refusals.OfTheHouse):
        wait_for(variant, user=variant.shop.owner)


def test_a_second_joining_only_says_another_number():
    variant = make_variant(stock=0)
    first, user = wait_for(variant), make_user()
    wait_for(variant, user=user)

    again = wait_for(variant, 4, user=user)

    assert Turn.objects.open().count() == 2
    assert (again.quantity, number_of(again)) == (4, 2)
    assert first.quantity == 1


def test_the_database_keeps_one_place_for_a_person():
    variant = make_variant(stock=0)
    turn = wait_for(variant)

    with pytest.raises(IntegrityError), transaction.atomic():
        Turn.objects.create(variant=variant, user=turn.user)


def test_whose_turn_it_is_is_told_once():
    variant = make_variant(stock=0)
    turn = wait_for(variant)
    restock(variant, units=1)

    due.run_due()
    due.run_due()

    [notice] = Notice.objects.filter(user=turn.user)
    assert notice.path == reverse("deals:line", args=[variant.pk])


def test_the_crew_sees_how_many_wait_for_which_variant():
    variant = make_variant(stock=0)
    session = session_showing(variant)
    for _ in range(3):
        wait_for(variant)

    assert lines_in(session) == {variant.product_id: [(variant.live_code, 3)]}


# ---- pages -----------------------------------------------------------------------------------------


def test_the_page_works_without_script(client: Client):
    variant, user = make_variant(stock=0), make_user()
    wait_for(variant)
    client.force_login(user)
    url = reverse("deals:line", args=[variant.pk])

    answer = client.post(url, {"quantity": 2}, follow=True)

    assert answer.redirect_chain == [(url, 302)]
    assert answer.context["line"].number == 2
    client.post(reverse("deals:line_leave", args=[variant.pk]))
    assert not Turn.objects.open().filter(user=user).exists()


def test_refusals_have_a_fragment(client: Client):
    variant = make_variant(stock=1)
    client.force_login(make_user())
    url = reverse("deals:line", args=[variant.pk])

    assert client.post(url, {"quantity": 1}).status_code == 409
    assert client.post(url, {"quantity": "banyak"}).status_code == 422


def test_the_sheet_of_whose_turn_it_is_can_be_sent(client: Client):
    variant = make_variant(stock=0)
    turn = wait_for(variant)
    restock(variant, units=1)
    url = reverse("checkout:buy", args=[variant.pk])

    client.force_login(turn.user)
    assert not client.get(url).context["is_sold_out"]
    client.force_login(make_user())
    assert client.get(url).context["is_sold_out"]


# ---- many at once ----------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_units_that_come_back_while_people_join_never_pass_them():
    variant = make_variant(stock=0)
    users = [make_user() for _ in range(8)]
    strangers = [make_user() for _ in range(8)]
    joins = [partial(wait_for, variant, user=user) for user in users]
    buys = [partial(place, variant, buyer=user) for user in strangers]

    run_at_once(*joins, *buys, *[partial(restock, variant, units=1)] * 3)

    waiting = Turn.objects.waiting().filter(variant=variant).count()
    counts = stock(variant)
    assert not (waiting and counts["available"])
    assert counts["set_aside"] == sum(Turn.objects.values_list("held", flat=True))
    assert sum(counts.values()) == 3


@pytest.mark.django_db(transaction=True)
def test_a_turn_that_lapses_while_it_is_taken_ends_one_way():
    variant = make_variant(stock=0)
    first, second = wait_for(variant), wait_for(variant)
    restock(variant, units=1)
    let_turns_run_out()

    buy = partial(place, variant, buyer=first.user)
    run_at_once(buy, *[partial(turns.lapse_turn, first.pk)] * 3)

    orders = Order.objects.count()
    assert held(second) == [1 - orders]
    assert stock(variant) == {"available": 0, "set_aside": 1 - orders, "reserved": orders, "sold": 0}


@pytest.mark.django_db(transaction=True)
def test_a_tap_twice_in_a_turn_is_one_order():
    variant = make_variant(stock=0)
    turn = wait_for(variant, 2)
    restock(variant, units=2)
    key = "9b0c2a0e-3d1f-4c55-9d42-6a8f1d6f7c11"

    outcomes = run_at_once(*[partial(place, variant, buyer=turn.user, idempotency_key=key)] * 4)

    assert {outcome.pk for outcome in outcomes} == {Order.objects.get().pk}
    assert stock(variant) == {"available": 1, "set_aside": 0, "reserved": 1, "sold": 0}


@pytest.mark.django_db(transaction=True)
def test_a_connection_that_dies_while_a_turn_is_taken_leaves_it_as_it_was():
    variant = make_variant(stock=0)
    first, second = wait_for(variant), wait_for(variant)
    restock(variant, units=1)

    def die() -> None:
        with turns.turns_taken(first.user, [variant.pk]), connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")

    run_at_once(die)

    assert held(first, second) == [1, 0]
    assert stock(variant) == {"available": 0, "set_aside": 1, "reserved": 0, "sold": 0}
    assert place(variant, buyer=first.user).is_new


STEPS = st.one_of(
    st.tuples(st.just("join"), st.integers(0, 4), st.integers(1, 3)),
    st.tuples(st.just("leave"), st.integers(0, 4), st.just(0)),
    st.tuples(st.just("lapse"), st.just(0), st.just(0)),
    st.tuples(st.just("restock"), st.just(0), st.integers(1, 4)),
    st.tuples(st.just("buy"), st.integers(0, 4), st.integers(1, 2)),
)


class Line:
    """What should be so, kept as simply as can be."""

    def __init__(self) -> None:
        self.available = 0
        self.waiting: deque[tuple[int, int]] = deque()
        self.called: dict[int, int] = {}

    def serve(self) -> None:
        while self.available and self.waiting:
            who, wanted = self.waiting.popleft()
            self.called[who] = min(wanted, self.available)
            self.available -= self.called[who]

    def step(self, name: str, who: int, number: int) -> None:
        queued = [each for each, _ in self.waiting]
        if name == "join" and who in queued:
            self.waiting = deque((each, number if each == who else wanted) for each, wanted in self.waiting)
        elif name == "join" and who not in self.called and not self.available:
            self.waiting.append((who, number))
        elif name == "leave" and (who in self.called or who in queued):
            self.available += self.called.pop(who, 0)
            self.waiting = deque(pair for pair in self.waiting if pair[0] != who)
        elif name == "lapse":  # all at once, the first called first
            for each in list(self.called):
                self.available += self.called.pop(each)
                self.serve()
        elif name == "restock":
            self.available += number
        elif name == "buy" and number <= self.available:
            self.available -= number
        elif name == "buy" and number <= self.available + self.called.get(who, 0):
            self.available += self.called.pop(who) - number
        self.serve()


def act(variant: Variant, user: User, name: str, number: int) -> None:
    if name == "join":
        turns.join_line(variant, user=user, quantity=number)
    elif name == "leave":
        turns.leave_line(Turn.objects.open().get(variant=variant, user=user))
    elif name == "lapse":
        called = list(Turn.objects.called().filter(variant=variant).order_by("called_at", "pk"))
        let_turns_run_out()
        for turn in called:
            turns.lapse_turn(turn.pk)
    elif name == "restock":
        restock(variant, units=number)
    else:
        place(variant, number, buyer=user)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(STEPS, max_size=14))
def test_whatever_happens_the_order_is_kept(steps: list[tuple[str, int, int]]):
    with transaction.atomic():
        variant, people, line = make_variant(stock=0), [make_user() for _ in range(5)], Line()
        for name, who, number in steps:
            line.step(name, who, number)
            with contextlib.suppress(turns.NotSoldOut, OutOfStock, Turn.DoesNotExist):
                act(variant, people[who], name, number)

            mine = Turn.objects.filter(variant=variant).order_by("pk")
            waiting = [people.index(turn.user) for turn in mine.waiting()]
            assert waiting == [each for each, _ in line.waiting]
            assert {people.index(turn.user): turn.held for turn in mine.called()} == line.called
            assert stock(variant)["available"] == line.available
            assert stock(variant)["set_aside"] == sum(line.called.values())
        transaction.set_rollback(True)
