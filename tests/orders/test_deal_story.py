"""Whatever people do with deals, and in whatever order …"""

from __future__ import annotations

import contextlib
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from deals.models import FlashDeal, VoucherClaim
from deals.operations import refusals
from deals.operations.vouchers import claim_voucher
from orders import operations
from orders.models import Order
from tests.deals.helpers import assert_deals_add_up, make_flash_deal, make_voucher
from tests.factories import make_user, make_variant
from tests.orders.helpers import assert_stock_adds_up, let_time_run_out, place

pytestmark = pytest.mark.django_db
ACTS = st.one_of(
    st.tuples(st.just("place"), st.integers(0, 2), st.integers(1, 3)),
    st.tuples(st.just("claim"), st.integers(0, 2), st.just(0)),
    st.tuples(st.sampled_from(["cancel", "expire", "pay"]), st.integers(0, 7), st.just(0)),
    st.tuples(st.just("stop"), st.just(0), st.just(0)),
)


class Story:
    """Three buyers, six units at a lower price, and vouchers for two of them."""

    def __init__(self) -> None:
        variant = make_variant(stock=12)
        self.deal = make_flash_deal(variant, units=6, per_buyer=3)
        self.voucher = make_voucher(self.deal.session, most_claims=2)
        self.buyers = [make_user() for _ in range(3)]
        self.orders: list[Order] = []

    def act(self, name: str, which: int, quantity: int) -> None:
        with contextlib.suppress(operations.Refused, refusals.DealRefused):
            getattr(self, name)(which, quantity)

    def place(self, buyer: int, quantity: int) -> None:
        self.orders.append(place(self.deal.variant, quantity, buyer=self.buyers[buyer]))

    def claim(self, buyer: int, _: int) -> None:
        claim_voucher(self.voucher, buyer=self.buyers[buyer])

    def cancel(self, order: int, _: int) -> None:
        if order < len(self.orders):
            operations.cancel_order(self.orders[order], "Batal")

    def expire(self, order: int, _: int) -> None:
        if order < len(self.orders):
            let_time_run_out(self.orders[order])
            operations.expire_unpaid(3)

    def pay(self, order: int, _: int) -> None:
        if order < len(self.orders):
            operations.mark_paid(self.orders[order].pk)

    def stop(self, *_: Any) -> None:
        FlashDeal.objects.update(closed_at="2026-11-24T12:00:00Z")


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=st.lists(ACTS, min_size=3, max_size=14))
def test_counters_say_what_living_orders_hold_and_stay_within_their_limits(acts: list[Any]):
    with transaction.atomic():
        story = Story()
        for act in acts:
            story.act(*act)
            assert_deals_add_up()
        assert_stock_adds_up()
        assert VoucherClaim.objects.count() <= 2
        transaction.set_rollback(True)
