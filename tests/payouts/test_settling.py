"""Settling an order with its shop ..."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from affiliates.operations import refund_commission
from checkout import operations as checkout
from fees import operations as fees
from fees.arithmetic import Rule
from fees.models import Declaration
from ledger.models import AccountKind, Transaction
from ledger.queries import balance, reconciliation
from orders import operations as orders
from orders.models import Order
from payments.operations.refunds import record_sent
from payouts import operations
from payouts.models import Settlement, SettlementPosting, Speed
from payouts.queries.proof import differences
from tests.concurrency import run_at_once
from tests.factories import make_shop, make_variant
from tests.orders.helpers import place
from tests.payments.conftest import post_back
from tests.payouts.orders import (
    DAY,
    escrow,
    give_back_units,
    make_affiliate,
    owed_to,
    paid_order,
    receive,
    settled_order,
)

pytestmark = pytest.mark.django_db
TICK = timedelta(microseconds=1)


def test_pays_the_net_seven_days_after_it_arrived_and_not_before():
    order = paid_order()
    received_at = receive(order)

    assert operations.settle_due(received_at + 7 * DAY - TICK) == 0
    assert operations.settle_due(received_at + 7 * DAY) == 1

    # 50.000 and 10.000 for shipping; 2 % of the goods, 500, and 0,7 % of all that was paid
    assert owed_to(order.shop_id) == 60_000 - 1_000 - 500 - 420
    assert balance(AccountKind.PLATFORM_FEE) == 1_500
    assert balance(AccountKind.GATEWAY_FEE) == 420
    assert escrow() == 0
    assert reconciliation().is_clean


def test_happens_once():
    order = settled_order()

    for _ in range(3):
        assert operations.settle_due(timezone.now() + 30 * DAY) == 0
    assert operations.settle_order(order.pk, now=timezone.now() + 30 * DAY) is None

    assert SettlementPosting.objects.count() == 1
    assert escrow() == 0


def test_leaves_the_creators_commission_where_it_is_reserved():
    order = settled_order(credited_to=make_affiliate())

    assert balance(AccountKind.SELLER_RESERVE, order.shop_id) == 5_000
    assert owed_to(order.shop_id) == 60_000 - 5_000 - 1_000 - 500 - 420
    assert escrow() == 0


def test_goes_by_the_fees_that_held_when_it_was_placed():
    order = paid_order()
    now = timezone.now()
    fees.publish_schedule([Rule("platform", "Gratis")], in_force_from=now, note="Gratis", now=now)

    operations.settle_due(receive(order) + 7 * DAY)
    later = settled_order()

    assert Settlement.objects.get(order=order).schedule.number == 1
    assert owed_to(order.shop_id) == 58_080
    assert owed_to(later.shop_id) == 60_000


def test_believes_what_the_shop_had_declared_when_it_was_placed():
    shop = make_shop()
    before = paid_order(make_variant(shop=shop, price=50_000))
    fees.declare(shop.pk, Declaration.Kind.MICRO, by=shop.owner)
    after = paid_order(make_variant(shop=shop, price=50_000))

    operations.settle_due(max(receive(before), receive(after)) + 7 * DAY)

    assert balance(AccountKind.GATEWAY_FEE) == 420


def make_reliable(shop):
    """Sold twenty parcels well, the first more than a month ago."""
    variant = make_variant(shop=shop, stock=30)
    long_ago = timezone.now() - timedelta(days=40)
    for _ in range(20):
        order = paid_order(variant)
        receive(order)
        Order.objects.filter(pk=order.pk).update(placed_at=long_ago, received_at=long_ago)
    operations.settle_due(timezone.now() + 8 * DAY)


def test_pays_a_reliable_shop_after_three_days_but_for_a_fifth():
    shop = make_shop()
    make_reliable(shop)
    had, order = owed_to(shop), paid_order(make_variant(shop=shop, price=50_000))
    received_at = receive(order)

    assert Settlement.objects.get(order=order).speed == Speed.EXPRESS
    operations.settle_due(received_at + 3 * DAY - TICK)
    assert owed_to(shop) == had
    operations.settle_due(received_at + 3 * DAY)
    assert owed_to(shop) == had + 58_080 - 11_616
    assert balance(AccountKind.SELLER_HELD_BACK, shop.pk) == 11_616

    operations.settle_due(received_at + 7 * DAY)

    assert owed_to(shop) == had + 58_080
    assert balance(AccountKind.SELLER_HELD_BACK, shop.pk) == 0
    assert Settlement.objects.get(order=order).next_at is None


def test_waits_while_somebody_holds_it():
    order = paid_order()
    late = receive(order) + 30 * DAY
    operations.hold_settlement(order, source="return:1", reason="Retur dibuka")

    assert operations.settle_due(late) == 0
    assert operations.settle_order(order.pk, now=late) is None

    operations.release_settlement("return:1")
    assert operations.settle_due(late) == 1


def test_takes_back_all_of_it_when_the_buyer_got_all_back_later():
    order = settled_order()

    post_back(order)
    operations.settle_order(order.pk, now=timezone.now())

    assert owed_to(order.shop_id) == 0
    assert balance(AccountKind.PLATFORM_FEE) == balance(AccountKind.GATEWAY_FEE) == escrow() == 0
    assert [step.change for step in SettlementPosting.objects.order_by("seq")] == [58_080, -58_080]


def test_settles_nothing_of_an_order_that_was_returned_before():
    order = paid_order()
    received_at = receive(order)
    post_back(order)

    operations.settle_due(received_at + 7 * DAY)

    assert owed_to(order.shop_id) == balance(AccountKind.PLATFORM_FEE) == escrow() == 0


def test_hands_on_what_a_lower_commission_sets_free():
    order = settled_order(credited_to=make_affiliate())
    before = owed_to(order.shop_id)

    refund_commission(order.lines.get(), 25_000, "refund:1")
    assert escrow() == 2_500
    assert operations.correct_settlements(timezone.now()) == 1

    assert owed_to(order.shop_id) == before + 2_500
    assert escrow() == 0


def test_works_out_anew_what_is_left_when_some_units_came_back():
    order = paid_order(make_variant(price=25_000), quantity=2, credited_to=make_affiliate())
    received_at = receive(order)
    operations.settle_due(received_at + 7 * DAY)
    before = owed_to(order.shop_id)
    line = order.lines.get()

    refund = give_back_units(order, {line.pk: 1}, shipping=4_000)

    # While it is on its way it stays in escrow; the shop's part is worked out from what is left.
    assert operations.correct_settlements(timezone.now()) == 1
    assert escrow() == 29_000
    left = 25_000 + 6_000
    assert owed_to(order.shop_id) == left - 2_500 - 500 - 500 - left * 70 // 10_000
    assert owed_to(order.shop_id) < before
    record_sent(refund)
    assert operations.correct_settlements(timezone.now()) == 0
    assert escrow() == 0
    assert differences(timezone.now() + DAY) == {}


def test_asks_only_for_the_fees_of_what_the_courier_brought_the_shop():
    order = place(make_variant(price=50_000), method="cod")
    orders.confirm_cod(order.pk)
    orders.pack_order(order)
    orders.ship_order(order, courier="JNE", waybill="JNE0001")
    orders.record_cash(order)
    checkout.receive(Order.objects.get(pk=order.pk))
    operations.plan_settlements()

    operations.settle_due(timezone.now() + 8 * DAY)

    assert owed_to(order.shop_id) == -1_000 - 500
    assert balance(AccountKind.DOOR_CASH, order.shop_id) == escrow() == 0
    assert differences(timezone.now() + DAY) == {}


def test_pays_nothing_for_a_gift_and_asks_nothing():
    order = paid_order()
    Order.objects.filter(pk=order.pk).update(state="received", received_at=timezone.now())
    post_back(order)
    operations.plan_settlements()

    operations.settle_due(timezone.now() + 8 * DAY)

    assert not Transaction.objects.filter(kind=6).exists()
    assert SettlementPosting.objects.get().payable == 0


def test_withholds_the_tax_that_a_version_brings():
    now = timezone.now()
    fees.publish_schedule(
        [Rule("tax", "PPh Pasal 22", percent_bp=50)], in_force_from=now, note="PMK", now=now
    )
    taxed = settled_order()
    exempt = paid_order()
    fees.declare(exempt.shop_id, Declaration.Kind.SMALL_TURNOVER, by=exempt.shop.owner, now=now)
    Order.objects.filter(pk=exempt.pk).update(placed_at=timezone.now())
    operations.settle_due(receive(exempt) + 7 * DAY)

    assert balance(AccountKind.TAX_WITHHELD) == 250
    assert owed_to(taxed.shop_id) == 59_750
    assert owed_to(exempt.shop_id) == 60_000


def test_is_never_edited():
    settled_order()

    with pytest.raises(DatabaseError, match="final"), transaction.atomic():
        SettlementPosting.objects.update(payable=1)
    with pytest.raises(DatabaseError, match="final"), transaction.atomic():
        SettlementPosting.objects.all().delete()


@pytest.mark.django_db(transaction=True)
def test_is_done_once_by_many_at_once():
    order = paid_order()
    late = receive(order) + 7 * DAY

    run_at_once(*[partial(operations.settle_order, order.pk, now=late)] * 4)

    assert SettlementPosting.objects.count() == 1
    assert owed_to(order.shop_id) == 58_080


@pytest.mark.django_db(transaction=True)
def test_changes_nothing_when_it_dies_between_two_statements(monkeypatch: pytest.MonkeyPatch):
    order = paid_order()
    late = receive(order) + 7 * DAY

    def die(*_args, **_kwargs):
        raise ConnectionError

    with monkeypatch.context() as patched:
        patched.setattr("payouts.operations.settling._look_again", die)
        with pytest.raises(ConnectionError):
            operations.settle_order(order.pk, now=late)

    assert not SettlementPosting.objects.exists()
    assert (owed_to(order.shop_id), escrow()) == (0, 60_000)
    assert operations.settle_due(late) == 1
    assert differences(timezone.now() + 30 * DAY) == {}


def test_asks_a_bounded_number_of_questions_for_each_order(django_assert_num_queries):
    shop = make_shop()
    for _ in range(3):
        receive(paid_order(make_variant(shop=shop)))

    with django_assert_num_queries(1 + 3 * 41, exact=False):
        operations.settle_due(timezone.now() + 8 * DAY)
