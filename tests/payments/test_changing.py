"""Paying in another way, when the first one failed …"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from ledger.models import AccountKind
from ledger.queries import balance, reconciliation
from orders.models import Order
from payments import operations
from payments.gateway import GatewayAnswer
from payments.models import Charge, MethodPause, Refund, Ticket
from payments.operations.charges import _record_wish
from payments.queries import part_of
from tests.factories import make_user, make_variant
from tests.orders.helpers import let_time_run_out, order_in, place
from tests.payments.conftest import charged

pytestmark = pytest.mark.django_db


def tell(charge: Charge, status: str, **fields: Any) -> str:
    fields = {"amount": charge.amount, "currency": "IDR", "is_accepted": True, **fields}
    word = GatewayAnswer(reference=charge.reference, status=status, transaction_id="T", **fields)
    return str(operations.apply_answer(word))


def failed(status: str = "deny") -> tuple[Order, Charge]:
    order = charged(place())
    charge = Charge.objects.get(reference=order.number)
    tell(charge, status)
    return order, charge


def now_charged(order: Order) -> Charge:
    """The charge of today, as the gateway would have taken it."""
    part = part_of(order) or _record_wish(order)
    Charge.objects.filter(pk=part.charge_id).update(state=Charge.State.PENDING, rank=10)
    return Charge.objects.get(pk=part.charge_id)


@pytest.mark.parametrize("status", ["deny", "expire", "cancel"])
def test_makes_a_new_payment_of_the_same_order(status: str):
    order, before = failed(status)

    operations.pay_otherwise(order, method="va_bca")

    order.refresh_from_db()
    charge = now_charged(order)
    assert (order.state, order.method) == ("pending", "va_bca")
    assert charge.reference != before.reference
    assert tell(charge, "settlement") == "applied"
    assert Order.objects.get().state == "confirmed"
    assert balance(AccountKind.ESCROW) == order.total


def test_waits_no_longer_than_that_way_waits_anyway():
    order, _charge = failed()
    Order.objects.update(placed_at=timezone.now() - timedelta(seconds=590))

    operations.pay_otherwise(order, method="va_bca")

    order.refresh_from_db()
    assert timedelta(minutes=4) < order.pay_by - timezone.now() < timedelta(minutes=11)
    assert order.pay_by <= order.placed_at + timedelta(minutes=20)


@pytest.mark.parametrize("method", ["cod", "transfer", "nonsense", ""])
def test_offers_only_what_the_shop_takes_now(method: str):
    order, charge = failed()

    with pytest.raises(operations.MethodTaken):
        operations.pay_otherwise(order, method=method)

    assert part_of(order).charge == charge


def test_offers_nothing_that_is_paused():
    order, _charge = failed()
    MethodPause.objects.create(method="va_bca", paused_by=make_user(is_staff=True), reason="Gangguan")

    assert "va_bca" not in [offer.method for offer in operations.ways_left(order)]


def test_a_payment_that_may_still_come_is_not_replaced():
    order = charged(place())

    with pytest.raises(operations.NotPayable):
        operations.pay_otherwise(order, method="va_bca")


def test_an_order_whose_time_is_over_is_not_paid_otherwise():
    order, _charge = failed()
    let_time_run_out(order)

    with pytest.raises(operations.NotPayable):
        operations.pay_otherwise(order, method="va_bca")


def test_the_old_payment_counts_when_it_comes_first_after_all():
    order, before = failed("expire")
    operations.pay_otherwise(order, method="va_bca")
    newer = now_charged(order)

    assert tell(before, "settlement") == "applied"
    assert (Order.objects.get().state, Order.objects.get().method) == ("confirmed", "qris")
    assert tell(newer, "settlement") == "late"

    assert Refund.objects.get().part.charge == newer
    assert Ticket.objects.get().kind == "paid_twice"


def test_what_was_paid_twice_goes_back_once():
    order, before = failed("expire")
    operations.pay_otherwise(order, method="va_bca")
    tell(now_charged(order), "settlement")

    verdicts = [tell(before, "settlement") for _ in range(2)]
    refund = Refund.objects.get()
    assert verdicts == ["late", "stale"]
    assert balance(AccountKind.ESCROW) == 2 * order.total
    operations.record_sent(refund)

    assert (refund.amount, refund.part.charge) == (order.total, before)
    assert balance(AccountKind.ESCROW) == order.total
    assert Order.objects.get().state == "confirmed"
    assert Ticket.objects.get().closed_at is not None
    assert reconciliation().is_clean


def test_orders_of_one_payment_stay_together():
    buyer = make_user()
    made = [place(make_variant(), buyer=buyer) for _ in range(3)]
    before = operations.join_charge(made)
    Charge.objects.filter(pk=before.pk).update(state=Charge.State.FAILED)
    Order.objects.filter(pk=made[2].pk).update(state="cancelled")

    moved = operations.pay_otherwise(made[0], method="va_bni")

    charge = now_charged(made[0])
    assert [order.pk for order in moved] == [made[0].pk, made[1].pk]
    assert charge.amount == made[0].total + made[1].total
    assert tell(charge, "settlement") == "applied"
    assert sorted(Order.objects.values_list("state", flat=True)) == ["cancelled", "confirmed", "confirmed"]


def test_the_page_offers_other_ways_and_takes_one(client: Client, gateway: Any):
    order, _charge = failed()
    client.force_login(order.buyer)

    page = client.get(f"/bayar/{order.number}/").content.decode()
    client.post(f"/bayar/{order.number}/ganti/", {"method": "va_bri"})
    after = client.get(f"/bayar/{order.number}/").content.decode()

    assert "Bayar dengan cara ini" in page
    assert "26215" in after


def test_a_paid_order_has_no_other_way(client: Client):
    order = order_in("confirmed")

    assert operations.ways_left(order) == []
