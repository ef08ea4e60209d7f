"""Any story of buying, paying, waiting, cancelling and sending …"""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)

from ledger.models import AccountKind
from ledger.queries import balance, reconciliation
from orders import operations as orders
from orders.models import Order
from payments import operations
from payments.gateway import RANKS
from payments.models import Refund
from payments.operations.refunds import want_part_back
from tests.factories import make_user, make_variant
from tests.orders.helpers import assert_stock_adds_up, let_time_run_out, place
from tests.payments.conftest import charged
from tests.payments.test_answers import answer

STOCK = 4
HELD = {"pending", "confirmed", "packed", "shipped", "received"}
STATUSES = sorted({"pending", "deny", "expire", "cancel", "capture", "settlement"})


@dataclass
class Expected:
    """What a plain reading of the rules says about one order."""

    order: Order
    quantity: int
    state: str
    rank: int = RANKS["pending"]
    is_paid: bool = False
    is_cod: bool = field(default=False)
    has_brought_cash: bool = field(default=False)


class Story(RuleBasedStateMachine):
    bought = Bundle("bought")

    def __init__(self) -> None:
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.variant, self.buyer = make_variant(stock=STOCK, price=10_000), make_user()
        self.expected: list[Expected] = []

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.undo.__exit__(None, None, None)

    @property
    def left(self) -> int:
        return STOCK - sum(one.quantity for one in self.expected if one.state in HELD)

    @rule(target=bought, quantity=st.integers(1, 3), method=st.sampled_from(["qris", "va_bca", "cod"]))
    def buy(self, quantity: int, method: str) -> object:
        try:
            order = place(self.variant, quantity, buyer=self.buyer, method=method)
        except orders.OutOfStock:
            assert quantity > self.left
            return multiple()
        assert quantity <= self.left
        is_cod = method == "cod"
        one = Expected(order, quantity, "pending", is_cod=is_cod)
        if not is_cod:
            charged(order)
        self.expected.append(one)
        return one

    @rule(one=bought)
    def buy_again_with_the_same_key(self, one: Expected) -> None:
        again = place(
            self.variant,
            one.quantity,
            buyer=self.buyer,
            method=one.order.method,
            idempotency_key=one.order.idempotency_key,
        )
        assert again == one.order

    @rule(one=bought, status=st.sampled_from(STATUSES), times=st.integers(1, 2))
    def hear_from_the_gateway(self, one: Expected, status: str, times: int) -> None:
        for _ in range(times):
            operations.apply_answer(answer(one.order, status))
        if one.is_cod or RANKS[status] <= one.rank:
            return
        one.rank = RANKS[status]
        if status in ("capture", "settlement") and not one.is_paid:
            one.is_paid = True
            fits = one.state == "pending" or (one.state == "expired" and one.quantity <= self.left)
            one.state = "confirmed" if fits else "refund_due"

    @rule(one=bought)
    def stand_by_a_parcel_for_the_door(self, one: Expected) -> None:
        if one.is_cod and one.state in ("pending", "confirmed"):
            orders.confirm_cod(one.order.pk)
            one.state = "confirmed"
        else:
            with pytest.raises(orders.NotPossible):
                orders.confirm_cod(one.order.pk)

    @rule(one=bought)
    def refuse_at_the_door(self, one: Expected) -> None:
        if one.is_cod and one.state == "shipped" and not one.has_brought_cash:
            orders.refuse_parcel(one.order, reason="Ditolak")
            operations.record_door_refusal(one.order)
            one.state = "cancelled"
        else:
            with pytest.raises(orders.NotPossible):
                orders.refuse_parcel(one.order, reason="Ditolak")

    @rule(one=bought)
    def bring_the_cash(self, one: Expected) -> None:
        if one.is_cod and one.state == "shipped":
            orders.record_cash(one.order)
            one.has_brought_cash = True
        else:
            with pytest.raises(orders.NotPossible):
                orders.record_cash(one.order)

    @rule(one=bought)
    def wait_too_long(self, one: Expected) -> None:
        let_time_run_out(one.order)
        orders.expire_unpaid(2)
        if one.state == "pending":
            one.state = "expired"

    @rule(one=bought)
    def cancel(self, one: Expected) -> None:
        if one.state not in ("pending", "confirmed", "packed"):
            with pytest.raises(orders.NotPossible):
                orders.cancel_order(one.order, "Berubah pikiran")
            return
        orders.cancel_order(one.order, "Berubah pikiran")
        one.state = "refund_due" if one.is_paid else "cancelled"

    @rule(one=bought)
    def send_one_step_further(self, one: Expected) -> None:
        if one.state == "confirmed":
            orders.pack_order(one.order)
            one.state = "packed"
        elif one.state == "packed":
            orders.ship_order(one.order, courier="JNE", waybill="JNE0001")
            one.state = "shipped"
        elif one.state == "shipped" and one.is_cod and not one.has_brought_cash:
            with pytest.raises(orders.NotPossible):
                orders.receive_order(one.order)
        elif one.state == "shipped":
            orders.receive_order(one.order)
            if one.is_cod:
                operations.record_cod_payment(one.order)
                one.is_paid = True
            one.state = "received"
        elif one.state == "refund_due":
            for part in one.order.charge_parts.all():
                want_part_back(part, key=f"story:{part.pk}", reason="story")
            for refund in Refund.objects.filter(order=one.order):
                operations.record_sent(refund)
            one.state, one.rank, one.is_paid = "refunded", RANKS["refund"], False

    @invariant()
    def every_order_is_where_it_should_be(self) -> None:
        states = dict(Order.objects.values_list("pk", "state"))
        assert states == {one.order.pk: one.state for one in self.expected}

    @invariant()
    def nothing_is_lost_or_made(self) -> None:
        assert_stock_adds_up()
        assert self.variant.stock.__class__.objects.get(pk=self.variant.pk).available == self.left
        held = sum(one.order.total for one in self.expected if one.is_paid)
        shop = self.variant.shop_id
        taken = balance(AccountKind.GATEWAY_CLEARING) + balance(AccountKind.DOOR_CASH, shop)
        assert balance(AccountKind.ESCROW) == held == -taken
        assert reconciliation().total == 0


@pytest.mark.django_db
def test_keeps_stock_money_and_states_in_line():
    patient = settings(
        max_examples=25,
        stateful_step_count=20,
        deadline=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Story, settings=patient)
