"""First paid, first served …"""

from __future__ import annotations

import uuid
from collections import Counter
from functools import partial

import pytest
from django.urls import reverse

from orders import operations, proofs, queries
from orders.models import Order
from orders.operations import PaymentOutcome
from tests.concurrency import run_at_once
from tests.factories import make_session_on_air, make_user, make_variant
from tests.orders.helpers import assert_stock_adds_up, counters, let_time_run_out, place

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def variant():
    return make_variant(stock=1)


@pytest.fixture
def session(variant):
    session = make_session_on_air(shop=variant.shop, products=[variant.product])
    operations.serve_first_paid(session)
    return session


def test_takes_nothing_from_the_shelf_before_it_is_paid(variant, session):
    orders = [place(variant, session_id=session.pk) for _ in range(3)]

    assert [order.is_unclaimed for order in orders] == [True] * 3
    assert counters(variant) == {"available": 1, "reserved": 0, "sold": 0}
    assert proofs.look_through().is_clean


def test_gives_the_last_piece_to_whoever_pays_first_and_their_money_back_to_the_others(variant, session):
    orders = [place(variant, session_id=session.pk) for _ in range(8)]

    outcomes = run_at_once(*(partial(operations.mark_paid, order.pk) for order in orders))

    assert Counter(outcomes) == {PaymentOutcome.CONFIRMED: 1, PaymentOutcome.REFUND_DUE: 7}
    assert counters(variant) == {"available": 0, "reserved": 0, "sold": 1}
    assert Order.objects.filter(state="refund_due", paid_at__isnull=False).count() == 7
    assert_stock_adds_up()


def test_loses_to_somebody_who_buys_outside_of_the_session(variant, session):
    waiting = place(variant, session_id=session.pk)
    place(variant)

    assert operations.mark_paid(waiting.pk) == PaymentOutcome.REFUND_DUE
    assert_stock_adds_up()


@pytest.mark.parametrize("end", ["expire", "cancel"])
def test_gives_nothing_back_that_it_never_took(variant, session, end):
    order = place(variant, session_id=session.pk)
    if end == "expire":
        let_time_run_out(order)
        operations.expire_unpaid(10)
    else:
        operations.cancel_order(order, reason="Berubah pikiran")

    assert counters(variant) == {"available": 1, "reserved": 0, "sold": 0}
    assert_stock_adds_up()


def test_returns_what_was_sold_when_a_paid_order_is_called_off(variant, session):
    order = place(variant, session_id=session.pk)
    operations.mark_paid(order.pk)

    operations.cancel_order(order, reason="Stok rusak")

    assert counters(variant) == {"available": 1, "reserved": 0, "sold": 0}


def test_is_the_rule_of_the_moment_of_the_order(variant, session):
    before = place(variant, session_id=session.pk)
    operations.hold_on_claim(session)

    after = place(variant, session_id=session.pk)

    assert (before.holds_units, after.holds_units) == (False, True)
    assert operations.mark_paid(before.pk) == PaymentOutcome.REFUND_DUE
    assert operations.mark_paid(after.pk) == PaymentOutcome.CONFIRMED


def test_is_the_rule_for_single_buyers_of_a_shop(variant):
    hoarder = make_user()
    operations.let_pay_first(hoarder, shop=variant.shop)

    assert queries.is_first_paid(hoarder, shop_id=variant.shop_id, session_id=None)
    assert not place(variant, buyer=hoarder).holds_units
    assert place(variant).holds_units
    assert place(make_variant(), buyer=hoarder).holds_units

    operations.hold_for(hoarder, shop=variant.shop)
    assert not queries.is_first_paid(hoarder, shop_id=variant.shop_id, session_id=None)


def test_gives_the_same_order_for_the_same_key(variant, session):
    buyer, key = make_user(), uuid.uuid4()

    again = [place(variant, buyer=buyer, session_id=session.pk, idempotency_key=key) for _ in range(2)]

    assert again[0] == again[1]


def test_does_not_even_wait_for_what_is_gone(variant, session):
    place(variant)

    with pytest.raises(operations.OutOfStock):
        place(variant, session_id=session.pk)


def test_is_switched_by_the_seller_and_said_to_the_buyer(client, variant):
    session, buyer = make_session_on_air(shop=variant.shop, products=[variant.product]), make_user()
    client.force_login(variant.shop.owner)

    page = client.post(reverse("orders:session_rule", args=[session.code]), {"rule": "first_paid"})

    assert 'value="first_paid" checked' in page.content.decode()
    order = place(variant, buyer=buyer, session_id=session.pk)
    client.force_login(buyer)
    for path in (f"/beli/{variant.pk}/?session={session.code}", reverse("payments:pay", args=[order.number])):
        page = client.get(path, follow=True).content.decode()
        assert "Belum dipesan untukmu" in page, path


def test_is_switched_for_the_buyer_of_an_order(client, variant):
    order = place(variant)
    client.force_login(variant.shop.owner)
    desk = reverse("orders:desk_order", args=[order.number])
    switch = reverse("orders:buyer_rule", args=[order.number])

    client.post(switch, {"rule": "first_paid"})
    said = "tidak ditahan sebelum dibayar." in client.get(desk).content.decode()
    rule = queries.is_first_paid(order.buyer, shop_id=variant.shop_id, session_id=None)
    client.post(switch, {"rule": "hold"})

    assert (said, rule) == (True, True)
    assert not queries.is_first_paid(order.buyer, shop_id=variant.shop_id, session_id=None)
