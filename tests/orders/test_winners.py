"""Orders that use what somebody won: their price, their time, and the units kept for them."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from catalog.models import Stock
from deals.models import Award, Draw
from deals.operations.draws import DROP_LEAD_MS, enter_draw, hold_draw, start_drop, start_giveaway
from deals.operations.due import run_due
from ledger.models import Transaction
from orders import operations
from orders.models import Order
from payments.models import Charge
from tests.concurrency import run_at_once
from tests.deals.makers import make_stage, pass_time, run_out, units_accounted_for
from tests.factories import make_user
from tests.orders.helpers import let_time_run_out, place

pytestmark = pytest.mark.django_db
SECOND = 1_000


def counters(variant) -> tuple[int, int, int, int]:
    stock = Stock.objects.get(variant=variant)
    return stock.available, stock.set_aside, stock.reserved, stock.sold


def hold_giveaway(people: int, stock: int = 3, winners: int = 1):
    session, variant = make_stage(stock=stock)
    draw = start_giveaway(session, variant_id=variant.pk, winners=winners, duration_ms=60 * SECOND)
    return _held(session, draw, people), variant


def hold_drop(people: int, stock: int = 3, units: int = 1):
    session, variant = make_stage(stock=stock)
    draw = start_drop(session, variant_id=variant.pk, units=units, price=40_000, window_ms=10 * SECOND)
    pass_time(session, DROP_LEAD_MS + SECOND)
    return _held(session, draw, people), variant


def _held(session, draw: Draw, people: int) -> list[Award]:
    for _ in range(people):
        enter_draw(draw.pk, user=make_user())
    pass_time(session, 120 * SECOND)
    hold_draw(draw.pk)
    return list(Award.objects.filter(source_id=draw.pk).order_by("pk"))


def take(award: Award, variant, **fields) -> Order:
    return place(variant, buyer=award.buyer, session_id=award.session_id, **fields)


def test_a_prize_is_sent_at_the_shops_cost_and_moves_no_money():
    (award,), variant = hold_giveaway(people=2)

    order = take(award, variant, expected_total=0)

    assert (order.subtotal, order.shipping_fee, order.total) == (0, 0, 0)
    assert order.state == Order.State.CONFIRMED
    assert counters(variant) == (2, 0, 0, 1)
    assert not Charge.objects.exists()
    assert not Transaction.objects.exists()
    assert units_accounted_for(variant)


def test_the_last_unit_is_the_winners_though_nothing_else_is_left():
    (award,), variant = hold_drop(people=1, stock=1)

    with pytest.raises(operations.OutOfStock):
        place(variant)
    order = take(award, variant)

    assert order.subtotal == 40_000
    assert counters(variant) == (0, 0, 1, 0)
    assert units_accounted_for(variant)


def test_a_winner_pays_within_the_right_not_within_the_usual_time():
    (award,), variant = hold_drop(people=1)
    plain = place(variant)

    order = take(award, variant)

    assert order.pay_by == award.expires_at
    assert plain.pay_by - plain.placed_at > timedelta(minutes=5)


def test_who_orders_at_the_last_moment_still_has_two_minutes():
    (award,), variant = hold_drop(people=1)
    Award.objects.update(expires_at=timezone.now() + timedelta(seconds=5))

    order = take(award, variant)

    assert order.pay_by - order.placed_at == timedelta(minutes=2)


def test_an_order_that_is_not_paid_makes_place_for_the_next():
    (award,), variant = hold_drop(people=2)
    order = take(award, variant)
    let_time_run_out(order)
    run_out(award)

    operations.expire_unpaid(10)
    assert counters(variant) == (2, 1, 0, 0)
    run_due()

    following = Award.objects.exclude(pk=award.pk).get()
    assert take(following, variant).subtotal == 40_000
    assert counters(variant) == (2, 0, 1, 0)
    assert units_accounted_for(variant)


def test_a_late_payment_for_what_the_next_one_has_is_given_back():
    (award,), variant = hold_drop(people=2)
    order = take(award, variant)
    let_time_run_out(order)
    run_out(award)
    operations.expire_unpaid(10)
    run_due()

    outcome = operations.mark_paid(order.pk)

    assert outcome == operations.PaymentOutcome.REFUND_DUE
    assert counters(variant) == (2, 1, 0, 0)
    assert units_accounted_for(variant)


def test_a_cancelled_prize_goes_to_the_next_in_line_or_back_on_the_stall():
    (award,), variant = hold_giveaway(people=1)
    order = take(award, variant)
    Award.objects.update(expires_at=timezone.now() - timedelta(seconds=1))

    cancelled = operations.cancel_order(order, "Salah alamat")
    run_due()

    assert cancelled.state == Order.State.CANCELLED
    assert counters(variant) == (3, 0, 0, 0)
    assert units_accounted_for(variant)


def test_a_right_that_lapsed_cannot_be_used_by_an_order_on_its_way():
    (award,), _ = hold_drop(people=2)
    run_out(award)
    run_due()

    used = Award.objects.filter(pk=award.pk, order_id__isnull=True).update(order_id=1)

    award.refresh_from_db()
    assert used == 0
    assert (award.order_id, award.is_alive) == (None, False)


@pytest.mark.django_db(transaction=True)
def test_a_last_moment_order_and_the_next_call_never_share_a_unit():
    for _ in range(5):
        (award,), variant = hold_drop(people=2, stock=1)
        soon = timezone.now() + timedelta(milliseconds=60)
        Award.objects.filter(pk=award.pk).update(expires_at=soon)
        Draw.objects.filter(pk=award.source_id).update(look_at=soon)

        run_at_once(*[partial(take, award, variant)] * 3, *[call_soon] * 3)

        living = Order.objects.filter(lines__variant=variant).count()
        open_rights = sum(
            each.is_alive and each.order_id is None
            for each in Award.objects.filter(source_id=award.source_id)
        )
        assert living + open_rights <= 1
        assert units_accounted_for(variant)


def call_soon() -> None:
    for _ in range(40):
        run_due()


def test_the_sheet_offers_the_last_unit_to_its_winner_alone():
    (award,), variant = hold_giveaway(people=1, stock=1)
    address = reverse("checkout:buy", args=[variant.pk])
    winner, other = Client(), Client()
    winner.force_login(award.buyer)
    other.force_login(make_user())

    for_winner = winner.get(address, headers={"HX-Request": "true"}).content.decode()
    for_other = other.get(address, headers={"HX-Request": "true"}).content.decode()

    assert "Buat pesanan" in for_winner
    assert "Buat pesanan" not in for_other
