"""A return goes its way in steps that each have one who may take them, and one time."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest
import time_machine
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from inbox.models import Notice
from orders.models import Order, OrderLine
from payouts.models import Hold
from returns import clocks, operations
from returns.models import Dispute, Return
from returns.operations import Decision, NotPossible
from returns.queries import offer
from returns.transitions import STEPS, WHO, Event, State
from tests.affiliates.market import make_commission
from tests.concurrency import run_at_once
from tests.factories import make_user
from tests.orders.helpers import counters, order_in
from tests.returns.helpers import arrived, asked, decide, in_state, let_lapse, make_judge

pytestmark = pytest.mark.django_db

STATES = [state for state in State if state != State.REFUNDED]


def step(request: Return, event: Event) -> object:
    """Try this step with harmless words."""
    owner, buyer = request.order.shop.owner, request.order.buyer
    waiting = Dispute.objects.filter(request=request, decided_at__isnull=True).first()
    dispute = waiting or Dispute(pk=0, request=request)
    verdict = operations.Decision(outcome="reject", ground="no_evidence", note="-", granted={})
    return {
        Event.APPROVE: partial(operations.approve, request, by=owner),
        Event.REFUSE: partial(operations.refuse, request, by=owner, note="-"),
        Event.WITHDRAW: partial(operations.withdraw, request, by=buyer),
        Event.SEND: partial(operations.send_back, request, by=buyer, courier="JNE", waybill="JNE777"),
        Event.CONFIRM: partial(operations.confirm, request, by=owner, sellable={}),
        Event.OBJECT: partial(operations.object_to, request, by=owner, text="-"),
        Event.DISPUTE: partial(operations.dispute, request, by=buyer, text="-"),
        Event.DECIDE: partial(operations.decide, dispute, by=make_judge(), decision=verdict),
    }[event]()


@pytest.mark.parametrize("state", STATES)
def test_every_step_leads_where_the_table_says_and_every_other_is_refused(state):
    for event in (event for event in Event if event not in (Event.LAPSE, Event.REFUND)):
        with transaction.atomic():
            request = in_state(state)
            if (state, event) in STEPS:
                step(request, event)
                request.refresh_from_db()
                assert request.state in STEPS[state, event]
            else:
                with pytest.raises(NotPossible):
                    step(request, event)
                request.refresh_from_db()
                assert request.state == state
            transaction.set_rollback(True)


def test_every_event_has_one_who_may_take_it():
    assert set(WHO) == set(Event)


# ---- asking ----------------------------------------------------------------------------------------


def test_can_be_asked_for_six_days_and_the_money_waits_seven(settings):
    settings.RETURN_WINDOW_SECONDS = 7 * 24 * 3600
    order = arrived()

    assert clocks.asking_ends_at(order) == order.received_at + timedelta(days=6)
    late = time_machine.travel(order.received_at + timedelta(days=6, seconds=1))
    with late, pytest.raises(operations.TooLate):
        asked(order)
    with time_machine.travel(order.received_at + timedelta(days=6) - timedelta(seconds=1)):
        assert asked(order).state == "asked"


def test_the_time_to_ask_ends_before_the_money_goes_however_short_it_is(settings):
    settings.RETURN_WINDOW_SECONDS = 14
    order = arrived()

    assert clocks.asking_ends_at(order) == order.received_at + timedelta(seconds=12)


@pytest.mark.parametrize("state", ["confirmed", "shipped", "cancelled"])
def test_what_was_not_received_is_not_returned(state):
    with pytest.raises(operations.TooLate):
        asked(order_in(state), units=1)


@pytest.mark.parametrize("units", [-1, 4])
def test_no_more_than_was_bought(units):
    with pytest.raises(operations.TooManyUnits):
        asked(units=units)


def test_nothing_is_not_a_return():
    with pytest.raises(operations.NothingAsked):
        asked(units=0)


def test_what_is_asked_for_already_is_not_asked_again():
    order = arrived()
    asked(order, units=2)

    with pytest.raises(operations.TooManyUnits):
        asked(order, units=2)
    asked(order, units=1)


def test_lines_of_another_order_are_refused():
    other = arrived().lines.get()

    with pytest.raises(operations.TooManyUnits):
        asked(units={other.pk: 1})


@pytest.mark.django_db(transaction=True)
def test_two_who_ask_at_once_do_not_get_more_than_was_bought():
    order = arrived()

    outcomes = run_at_once(*[partial(asked, order, units=2) for _ in range(2)])

    assert {type(outcome) for outcome in outcomes} == {Return, operations.TooManyUnits}


def test_the_shipping_goes_back_only_when_all_of_it_was_for_nothing():
    assert asked(units=3).shipping_back == 10_000
    assert asked(units=2).shipping_back == 0
    assert asked(units=3, reason="changed_mind").shipping_back == 0


# ---- clocks ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "limit", "after"),
    [
        ("asked", clocks.ANSWER, "send_back"),
        ("send_back", clocks.SEND_BACK, "lapsed"),
        ("sent_back", clocks.CHECK, "refunding"),
        ("refused", clocks.APPEAL, "rejected"),
    ],
)
def test_who_lets_their_time_go_by_has_their_answer_given(state, limit, after):
    request = in_state(state)
    assert abs(request.due_at - timezone.now() - limit) < timedelta(seconds=30)

    assert operations.lapse_due() == 0
    with time_machine.travel(request.due_at + timedelta(seconds=1)):
        assert [operations.lapse_due(), operations.lapse_due()] == [1, 0]

    request.refresh_from_db()
    assert request.state == after
    assert request.steps.order_by("-pk").first().party == "clock"


def test_silence_about_goods_that_are_waste_is_a_yes_to_the_money():
    request = asked(keeps_goods=True)

    let_lapse(request)

    request.refresh_from_db()
    assert (request.state, request.lines.get().granted) == ("refunding", 2)


@pytest.mark.django_db(transaction=True)
def test_an_answer_and_the_clock_at_once_are_one_answer():
    request = asked()
    Return.objects.update(due_at=timezone.now())

    run_at_once(
        operations.lapse_due, partial(operations.refuse, request, by=request.order.shop.owner, note="Tidak")
    )

    assert request.steps.exclude(event="ask").count() == 1


# ---- what waits, and goes on -----------------------------------------------------------------------


def test_the_settlement_waits_while_something_is_asked():
    request = asked()
    assert Hold.objects.filter(order=request.order, closed_at__isnull=True).exists()

    operations.withdraw(request, by=request.order.buyer)

    assert not Hold.objects.filter(closed_at__isnull=True).exists()


def test_the_commission_waits_until_the_last_return_is_over(settings):
    commission = make_commission()
    order = commission.line.order
    Order.objects.filter(pk=order.pk).update(state="received", received_at=timezone.now())
    type(commission).objects.update(matures_at=timezone.now() + timedelta(days=7))
    request = asked(Order.objects.get(pk=order.pk), units=1)
    commission.refresh_from_db()
    assert commission.matures_at is None

    operations.withdraw(request, by=order.buyer)

    commission.refresh_from_db()
    assert commission.matures_at is not None


# ---- goods -----------------------------------------------------------------------------------------


def test_only_what_the_shop_can_sell_again_goes_on_the_shelf():
    request = in_state("sent_back")
    line = request.lines.get().line
    before = counters(line.variant)

    operations.confirm(request, by=request.order.shop.owner, sellable={line.pk: 1})

    after = counters(line.variant)
    assert after["available"] - before["available"] == 1
    assert before["sold"] - after["sold"] == 1
    assert OrderLine.objects.get(pk=line.pk).returned_quantity == 2


@pytest.mark.parametrize("sellable", [3, -1])
def test_no_more_is_sellable_than_came_back(sellable):
    request = in_state("sent_back")

    with pytest.raises(operations.NotAllUnits):
        operations.confirm(
            request, by=request.order.shop.owner, sellable={request.lines.get().line_id: sellable}
        )

    request.refresh_from_db()
    assert request.state == "sent_back"


# ---- disputes --------------------------------------------------------------------------------------


def test_the_market_grants_a_part():
    request = in_state("disputed")

    decide(request, units=1)

    request.refresh_from_db()
    assert (request.state, request.lines.get().granted) == ("refunding", 1)
    assert Dispute.objects.get().ground == "not_as_promised"


@pytest.mark.parametrize(("outcome", "state"), [("send_back", "send_back"), ("reject", "rejected")])
def test_the_market_decides_otherwise(outcome, state):
    request = in_state("disputed")

    decide(request, outcome=outcome)

    request.refresh_from_db()
    assert request.state == state


@pytest.mark.parametrize("units", [0, 3])
def test_the_market_grants_something_and_not_more_than_was_asked(units):
    request = in_state("disputed")

    with pytest.raises(operations.Refused):
        decide(request, units=units)

    assert Dispute.objects.get().decided_at is None


def test_an_order_has_two_disputes_and_no_third():
    order = arrived(quantity=3)
    for _ in range(2):
        request = asked(order, units=1)
        operations.refuse(request, by=order.shop.owner, note="Tidak")
        operations.dispute(request, by=order.buyer, text="Tidak adil")
        decide(request, outcome="reject")

    with pytest.raises(operations.TooManyDisputes):
        asked(order, units=1)

    assert not offer(order).is_open
    assert Return.objects.count() == 2


def test_a_return_from_before_the_second_dispute_gets_no_third():
    order = arrived(quantity=3)
    requests = [asked(order, units=1) for _ in range(3)]
    for request in requests:
        operations.refuse(request, by=order.shop.owner, note="Tidak")
    for request in requests[:2]:
        operations.dispute(request, by=order.buyer, text="Tidak adil")

    with pytest.raises(operations.TooManyDisputes):
        operations.dispute(requests[2], by=order.buyer, text="Lagi")


def test_what_was_decided_does_not_decide_the_next_dispute():
    request = in_state("disputed")
    first = Dispute.objects.get()
    decide(request, outcome="send_back")
    operations.send_back(request, by=request.order.buyer, courier="JNE", waybill="JNE777")
    operations.object_to(request, by=request.order.shop.owner, text="Isinya batu bata")

    again = Decision(outcome="reject", ground="no_evidence", note="Halaman lama", granted={})
    with pytest.raises(operations.NotPossible):
        operations.decide(first, by=make_judge(), decision=again)

    request.refresh_from_db()
    assert request.state == "disputed"


def test_a_prize_that_comes_back_ends_its_return_and_comes_back_once():
    order = arrived()
    order.lines.update(price=0, rule="award", deal_id=1)
    Order.objects.filter(pk=order.pk).update(subtotal=0, total=order.shipping_fee)
    request = asked(order, units=3, reason="changed_mind")
    operations.approve(request, by=order.shop.owner, without_goods=True)

    assert [operations.refund_due(), operations.refund_due()] == [1, 0]

    request.refresh_from_db()
    assert request.state == "refunded"
    with pytest.raises(operations.TooManyUnits):
        asked(order, units=1, reason="changed_mind")


def test_a_decision_is_for_good_even_for_the_database():
    decide(in_state("disputed"), outcome="reject")

    with pytest.raises(DatabaseError), transaction.atomic():
        Dispute.objects.update(note="lain")


def test_the_trail_is_never_changed():
    request = in_state("send_back")

    for change in (lambda: request.steps.update(note="lain"), lambda: request.steps.all().delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    assert [step.event for step in request.steps.order_by("pk")] == ["ask", "approve"]


def test_both_sides_hear_of_every_step():
    request = in_state("refunding")
    buyer, owner = request.order.buyer, request.order.shop.owner

    heard = Notice.objects.filter(kind="return")
    assert heard.filter(user=buyer).count() == 2  # approved, received
    assert heard.filter(user=owner).count() == 2  # asked, sent
    assert not heard.exclude(user__in=[buyer, owner]).exists()


def test_a_return_that_waits_has_a_deadline():
    with pytest.raises(IntegrityError):
        Return.objects.filter(pk=asked().pk).update(due_at=None)


def test_nobody_else_is_asked(client):
    assert not Return.objects.of_party(make_user()).filter(pk=asked().pk).exists()
