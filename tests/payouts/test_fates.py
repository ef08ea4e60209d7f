"""Whatever happens to an order, in whatever order ..."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import count

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from affiliates.operations import refund_commission
from ledger.models import AccountKind
from ledger.queries import balance, reconciliation
from orders.models import Order
from payments.models import Refund
from payments.operations.refunds import TooMuch, record_sent
from payouts import operations
from payouts.models import Payout, SettlementPosting
from payouts.queries.proof import differences
from tests.factories import make_user, make_variant
from tests.payouts.orders import DAY, escrow, give_back_units, make_affiliate, owed_to, paid_order, receive
from tests.payouts.test_payouts import give_account

STEPS = (
    "settle",
    "settle",
    "return",
    "send",
    "lower",
    "hold",
    "release",
    "batch",
    "pay",
    "fail",
    "bring_back",
)


class Fate:
    """One order with two units and a creator, and the days that pass."""

    def __init__(self) -> None:
        self.order = paid_order(make_variant(price=31_337, stock=9), quantity=3, credited_to=make_affiliate())
        self.now: datetime = receive(self.order)
        self.staff = make_user(is_staff=True)
        self.number = count(1)
        give_account(self.order.shop.owner)

    def settle(self) -> None:
        self.now += 4 * DAY
        operations.settle_due(self.now)
        operations.correct_settlements(self.now)

    def return_(self) -> None:
        line = self.order.lines.get()
        try:
            with transaction.atomic():
                give_back_units(self.order, {line.pk: 1}, key=f"units:{next(self.number)}")
        except TooMuch:
            pass

    def send(self) -> None:
        for refund in Refund.objects.exclude(state="sent"):
            record_sent(refund)

    def lower(self) -> None:
        refund_commission(self.order.lines.get(), 1_111, f"lower:{next(self.number)}")

    def hold(self) -> None:
        operations.hold_settlement(self.order, source="return:1", reason="retur")

    def release(self) -> None:
        operations.release_settlement("return:1")

    def batch(self) -> None:
        try:
            with transaction.atomic():
                operations.make_batch(by=self.staff)
        except operations.NothingToPay:
            pass

    def pay(self) -> None:
        for payout in Payout.objects.filter(state="sent"):
            operations.pay_payout(payout, by=self.staff)

    def fail(self) -> None:
        for payout in Payout.objects.filter(state="sent"):
            operations.fail_payout(payout, by=self.staff, reason="nama")

    def bring_back(self) -> None:
        for payout in Payout.objects.filter(state="paid"):
            operations.return_payout(payout, by=self.staff, reason="tutup")

    def do(self, step: str) -> None:
        getattr(self, {"return": "return_"}.get(step, step))()

    def come_to_an_end(self) -> None:
        for step in ("release", "send", "settle", "settle"):
            self.do(step)
        operations.settle_order(self.order.pk, now=self.now)


@pytest.mark.django_db
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(STEPS), min_size=3, max_size=10))
def test_no_rupiah_appears_or_is_lost(steps: list[str]) -> None:
    with transaction.atomic():
        fate = Fate()
        for step in steps:
            fate.do(step)
            assert reconciliation().is_clean
        fate.come_to_an_end()

        shop_id = fate.order.shop_id
        changes = sum(SettlementPosting.objects.values_list("change", flat=True))
        out = sum(Payout.objects.filter(state__in=("sent", "paid")).values_list("amount", flat=True))
        assert escrow() == 0
        assert owed_to(shop_id) == changes - out
        assert balance(AccountKind.SELLER_HELD_BACK, shop_id) == 0
        assert differences(timezone.now() + timedelta(hours=2)) == {}
        sent_back = sum(Refund.objects.values_list("amount", flat=True))
        taken = sum(balance(kind) for kind in (AccountKind.PLATFORM_FEE, AccountKind.GATEWAY_FEE))
        commission = balance(AccountKind.SELLER_RESERVE, shop_id)
        assert Order.objects.get().total == changes + taken + commission + sent_back
        transaction.set_rollback(True)
