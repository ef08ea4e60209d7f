"""The report's numbers are those of the orders and of the books."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django.asserts import assertNumQueries

from deals.models import VoucherClaim
from insights.queries.past import shows_before
from insights.queries.report import report_of
from ledger.models import AccountKind
from ledger.queries import balance
from livestream.models import AudienceSample, Visit, VisitSource
from livestream.operations.chat import say
from livestream.room import seats
from orders.models import Order
from tests.deals.helpers import make_flash_deal, make_voucher
from tests.factories import make_product, make_session_on_air, make_user, make_variant
from tests.insights.shows import a_show, end, pin, sell, sell_from_the_replay, tap
from tests.payments.conftest import post_back, post_paid

pytestmark = pytest.mark.django_db
MINUTE = 60_000


@pytest.fixture
def variant():
    return make_variant(price=25_000, stock=100)


@pytest.fixture
def session(variant):
    return a_show(variant)


def come(session, user=None, source=VisitSource.DIRECT):
    name = seats.of_person(user.pk) if user else f"p{uuid.uuid4().hex}"
    return Visit.objects.create(session=session, seat=seats.mark(session.pk, name), source=source)


def test_every_fate_of_an_order_has_its_place(session, variant):
    for state in ("confirmed", "packed", "shipped", "received", "pending"):
        sell(session, variant, state, ms=MINUTE, quantity=2)
    for state in ("expired", "cancelled", "refund_due", "refunded"):
        sell(session, variant, state, ms=2 * MINUTE, quantity=3)

    totals = report_of(session).totals

    assert (totals.orders, totals.kept, totals.waiting, totals.lost) == (9, 4, 1, 4)
    assert (totals.units, totals.goods) == (8, 200_000)
    assert totals.average == 50_000


def test_the_money_is_the_books_money(session, variant):
    """What is in escrow for the show's orders: kept ones with shipping, and refunds still to be made."""
    paid = [sell(session, variant, state, ms=1, quantity=2) for state in ("confirmed", "shipped")]
    due = sell(session, variant, "refund_due", ms=2)
    back = sell(session, variant, "refunded", ms=3)
    sell(session, variant, "expired", ms=4)
    for order in [*paid, due, back]:
        post_paid(order)
    post_back(back)

    totals = report_of(session).totals

    assert totals.goods + totals.shipping + due.total == balance(AccountKind.ESCROW)
    assert totals.goods == sum(order.subtotal for order in paid)


def test_a_voucher_and_a_flash_price_leave_what_was_really_paid(session, variant):
    """A flash deal takes 10.000 off one piece, a voucher takes a part of the rest."""
    buyer = make_user()
    make_flash_deal(variant, session=session, price=15_000)
    claim = VoucherClaim.objects.create(voucher=make_voucher(session, claimed=1), buyer=buyer)
    order = sell(session, variant, ms=1, buyer=buyer, quantity=1)

    report = report_of(session)

    assert (order.voucher_claim, order.subtotal) == (claim, 15_000)
    assert order.discount > 0
    assert report.totals.goods == 15_000 - order.discount == order.total - order.shipping_fee
    assert report.products[0].outcome.goods == report.totals.goods


def test_cash_on_delivery_counts_once_it_is_accepted(session, variant):
    sell(session, variant, ms=1, method=Order.Method.COD)

    assert report_of(session).totals.goods == 25_000


def test_the_replay_and_the_page_before_are_told_apart(session, variant):
    sell(session, variant, ms=MINUTE)
    end(session)
    sell_from_the_replay(session, variant)
    sell_from_the_replay(session, variant, "expired")

    report = report_of(session)

    assert (report.totals.orders, report.totals.goods) == (1, 25_000)
    assert (report.totals.off_air_orders, report.totals.off_air_goods) == (1, 25_000)
    assert report.products[0].outcome.units == 1


def test_products_and_pins_share_the_same_sales(session, variant):
    other = make_variant(product=make_product(shop=variant.shop), price=10_000, stock=50)
    pin(session, variant, 0, 10 * MINUTE)
    pin(session, other, 10 * MINUTE, 20 * MINUTE)
    pin(session, variant, 20 * MINUTE, None)
    sell(session, variant, ms=MINUTE, quantity=2)
    sell(session, other, ms=MINUTE)  # while something else was pinned
    sell(session, variant, "cancelled", ms=30 * MINUTE)
    tap(session, variant, 1, ms=MINUTE)
    tap(session, variant, 2, ms=40 * MINUTE)
    tap(session, other, 1, ms=15 * MINUTE)

    report = report_of(session)

    outcomes = [row.outcome for row in report.pins]
    pins = [(each.taps, each.orders, each.units, each.goods) for each in outcomes]
    assert pins == [(1, 1, 2, 50_000), (1, 0, 0, 0), (1, 1, 0, 0)]
    assert (report.unpinned.orders, report.unpinned.goods) == (1, 10_000)
    assert [(row.product_id, row.shown_ms // MINUTE) for row in report.products] == [
        (variant.product_id, 50),
        (other.product_id, 10),
    ]


def test_the_timeline_adds_up_to_the_totals(session, variant):
    for ms in (0, 5 * MINUTE, 59 * MINUTE, 61 * MINUTE):  # the last one a little behind the clock
        sell(session, variant, ms=ms)
    sell(session, variant, "expired", ms=5 * MINUTE)
    tap(session, variant, 1, ms=5 * MINUTE)
    say(session, sender=make_user(), text="Halo", client_id=uuid.uuid4())
    at = session.went_live_at + timedelta(minutes=5)
    AudienceSample.objects.create(session=session, at=at, at_ms=5 * MINUTE, viewers=12, entered=12, stayed=9)

    report = report_of(session)

    line = report.timeline
    assert len(line.steps) <= 96
    assert sum(step.orders for step in line.steps) == report.totals.orders == 5
    assert sum(step.goods for step in line.steps) == report.totals.goods == 100_000
    assert sum(step.taps for step in line.steps) == sum(step.chat for step in line.steps) == 1
    assert max(step.viewers for step in line.steps) == report.totals.peak_viewers == 12


def test_people_go_through_the_funnel_once(session, variant):
    siti, budi, guest = make_user(), make_user(), make_user()
    for user, source in (
        (siti, VisitSource.WHATSAPP),
        (budi, VisitSource.WHATSAPP),
        (None, VisitSource.FRONT),
    ):
        come(session, user, source)
    tap(session, variant, siti.pk, ms=1)
    tap(session, variant, budi.pk, ms=1)
    sell(session, variant, ms=2, buyer=siti)
    sell(session, variant, "expired", ms=3, buyer=siti)
    sell(session, variant, "expired", ms=3, buyer=budi)
    sell(session, variant, ms=3, buyer=guest)  # bought without script: nobody saw them come
    AudienceSample.objects.create(session=session, at=timezone.now(), stayed=2)

    people = report_of(session).people

    funnel = people.funnel
    assert (funnel.entered, funnel.stayed, funnel.tapped, funnel.ordered, funnel.paid) == (4, 2, 3, 3, 2)
    rows = [(row.source, row.entered, row.tapped, row.ordered, row.goods) for row in people.sources]
    assert rows == [("whatsapp", 2, 2, 2, 25_000), ("front", 1, 0, 0, 0)]


def test_a_show_nobody_came_to_is_empty(session):
    report = report_of(session)

    assert report.timeline.is_empty
    assert (report.totals.orders, report.people.funnel.entered, list(report.products)) == (0, 0, [])


def test_a_session_that_never_went_on_air_has_a_report_of_nothing(variant):
    session = make_session_on_air(shop=variant.shop, went_live_at=None, ended_at=timezone.now())

    assert report_of(session).timeline.is_empty
    assert shows_before(session) == []


def test_the_cost_does_not_grow_with_the_show(session, variant):
    sell(session, variant, ms=1)
    pin(session, variant, 0, 10)
    with CaptureQueriesContext(connection) as before:
        report_of(session)
    for number in range(3):
        other = make_variant(product=make_product(shop=variant.shop), stock=9)
        pin(session, other, 10 + number, 11 + number)
        sell(session, other, ms=number)
        tap(session, other, number, ms=number)

    with assertNumQueries(len(before)):
        report_of(session)


def test_is_compared_with_the_five_shows_before_it(variant):
    for number in range(7):
        began = timezone.now() - timedelta(days=10 - number)
        over = began + timedelta(minutes=30)
        show = a_show(variant, went_live_at=began, ended_at=over, peak_viewers=number)
        come(show)
        sell(show, variant, ms=MINUTE)
        sell(show, variant, "expired", ms=MINUTE)
        tap(show, variant, 1, ms=MINUTE)
        sell_from_the_replay(show, variant)
    tonight = a_show(variant)

    with assertNumQueries(8):
        before = shows_before(tonight)

    assert [show.peak_viewers for show in before] == [6, 5, 4, 3, 2]
    assert {(show.minutes, show.orders, show.goods) for show in before} == {(30, 1, 25_000)}
    # Counted as each show's own report counts: whoever taps or buys was there, seen coming or not.
    assert {show.entered for show in before} == {4}
    assert report_of(before[0].session).people.funnel.entered == 4
