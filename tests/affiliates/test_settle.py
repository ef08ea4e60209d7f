"""Settling ..."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from affiliates.models import Commission, CommissionPosting, CommissionWake, SettlementBatch
from affiliates.operations import (
    mature_commission,
    refund_commission,
    reserve_commission,
    reverse_commission,
    settle,
    settle_all,
    void_commission,
)
from ledger.models import Transaction, Transfer
from orders.models import Order
from tests.affiliates.market import (
    assert_books_are_clean,
    earned,
    escrow,
    make_affiliate,
    make_commission,
    reserved,
    ripen,
)
from tests.factories import make_shop

pytestmark = pytest.mark.django_db


def test_moves_what_matured_from_the_reserve_to_the_affiliate() -> None:
    commission = make_commission(price=25_000, quantity=2)
    ripen(commission)

    batch = settle(timezone.now())

    assert batch is not None
    assert (batch.count, batch.net) == (1, 5_000)
    assert earned(commission.affiliate) == 5_000
    assert reserved(commission.shop) == 0
    assert escrow() == 60_000 - 5_000
    assert_books_are_clean()


def test_posts_nothing_the_second_time() -> None:
    commission = make_commission()
    ripen(commission)
    settle(timezone.now())

    assert settle(timezone.now()) is None

    assert CommissionPosting.objects.count() == 1
    assert SettlementBatch.objects.count() == 1
    assert earned(commission.affiliate) == 2_500


def test_waits_for_the_return_window() -> None:
    commission = make_commission()
    now = timezone.now()
    Commission.objects.update(matures_at=now + timedelta(microseconds=1))

    assert settle(now) is None
    assert settle(now + timedelta(microseconds=1)) is not None

    assert earned(commission.affiliate) == 2_500


def test_leaves_what_was_never_received() -> None:
    make_commission()

    assert settle(timezone.now() + timedelta(days=365)) is None


def test_makes_one_transfer_for_each_shop_and_affiliate() -> None:
    shop, affiliate = make_shop(), make_affiliate()
    ripen(*(make_commission(shop=shop, affiliate=affiliate) for _ in range(3)))
    paid = Transfer.objects.count()

    settle(timezone.now())

    assert Transfer.objects.count() - paid == 2
    assert earned(affiliate) == 7_500
    assert_books_are_clean()


def test_takes_a_return_before_maturity_into_account() -> None:
    commission = make_commission(price=9_999, quantity=3, rate_bp=1_234)
    reverse_commission(commission.line, units=1, source="return:1")
    ripen(commission)

    settle(timezone.now())

    assert earned(commission.affiliate) == (29_997 - 9_999) * 1_234 // 10_000
    assert reserved(commission.shop) == 0
    assert_books_are_clean()


def test_takes_back_what_was_settled_when_goods_return_later() -> None:
    commission = make_commission(price=25_000, quantity=2)
    ripen(commission)
    settle(timezone.now())

    reverse_commission(commission.line, units=1, source="return:1")

    assert reserved(commission.shop) == -2_500  # the buyer does not wait for the affiliate
    batch = settle(timezone.now())
    assert batch is not None
    assert (batch.count, batch.net) == (1, -2_500)
    assert earned(commission.affiliate) == 2_500
    assert reserved(commission.shop) == 0
    assert escrow() == 60_000 - 2_500
    assert_books_are_clean()


def test_owes_an_affiliate_less_than_nothing_after_a_late_return() -> None:
    commission = make_commission(price=25_000)
    ripen(commission)
    settle(timezone.now())

    reverse_commission(commission.line, units=1, source="return:1")
    settle(timezone.now())

    assert earned(commission.affiliate) == 0
    assert CommissionPosting.objects.latest("seq").cumulative == 0
    assert_books_are_clean()


def test_counts_an_event_once_however_often_it_is_told() -> None:
    commission = make_commission(quantity=3)

    for _ in range(3):
        reverse_commission(commission.line, units=1, source="return:1")

    ripen(commission)
    settle(timezone.now())
    assert earned(commission.affiliate) == 5_000
    assert_books_are_clean()


def test_never_takes_more_than_was_earned() -> None:
    commission = make_commission(quantity=2)

    reverse_commission(commission.line, units=2, source="return:1")
    reverse_commission(commission.line, units=2, source="return:2")
    refund_commission(commission.line, amount=10**9, source="refund:1")

    settle(timezone.now())
    assert earned(commission.affiliate) == 0
    assert reserved(commission.shop) == 0
    assert escrow() == 60_000
    assert_books_are_clean()


def test_closes_a_cancelled_commission_at_nought_and_lets_its_wake_up_go() -> None:
    commission = make_commission()
    void_commission(commission.line, source="void:1")

    settle(timezone.now())
    settle(timezone.now())

    assert CommissionPosting.objects.get().cumulative == 0
    assert not CommissionWake.objects.exists()
    assert_books_are_clean()


def test_lowers_by_a_refund_in_rupiah() -> None:
    commission = make_commission(price=100_000)
    refund_commission(commission.line, amount=30_000, source="refund:1")
    ripen(commission)

    settle(timezone.now())

    assert earned(commission.affiliate) == 7_000
    assert_books_are_clean()


def test_goes_on_where_a_full_batch_ended() -> None:
    commissions = [make_commission() for _ in range(5)]
    for days, commission in enumerate(commissions):
        ripen(commission, ago=timedelta(days=days, minutes=1))

    counts = []
    while batch := settle(timezone.now(), at_most=2):
        counts.append(batch.count)

    assert counts == [2, 2, 1]
    assert_books_are_clean()


def test_empties_everything_that_is_due() -> None:
    ripen(*(make_commission() for _ in range(3)))

    assert settle_all(timezone.now()) == 3
    assert settle_all(timezone.now()) == 0


def test_writes_the_same_number_of_statements_for_many(django_assert_num_queries: Any) -> None:
    shop, affiliate = make_shop(), make_affiliate()
    ripen(*(make_commission(shop=shop, affiliate=affiliate) for _ in range(20)))

    with django_assert_num_queries(2):
        settle(timezone.now())


def test_reserves_once() -> None:
    commission = make_commission()

    reserve_commission(commission.line.order)

    assert reserved(commission.shop) == 2_500
    assert Commission.objects.count() == 1


def test_matures_a_return_window_after_receipt(settings: Any) -> None:
    settings.RETURN_WINDOW_SECONDS = 3_600
    commission = make_commission()
    received_at = timezone.now()
    Order.objects.update(received_at=received_at)

    mature_commission(commission.line.order)
    mature_commission(commission.line.order)

    commission.refresh_from_db()
    assert commission.matures_at == received_at + timedelta(hours=1)


def test_matures_at_present_when_receipt_was_told_late(settings: Any) -> None:
    settings.RETURN_WINDOW_SECONDS = 3_600
    commission = make_commission()
    Order.objects.update(received_at=timezone.now() - timedelta(days=30))
    before = timezone.now()

    mature_commission(commission.line.order)

    commission.refresh_from_db()
    assert commission.matures_at is not None
    assert commission.matures_at > before - timedelta(minutes=1)


def test_does_not_mature_before_receipt() -> None:
    commission = make_commission()

    mature_commission(commission.line.order)

    commission.refresh_from_db()
    assert commission.matures_at is None


@pytest.mark.parametrize("change", ["UPDATE {} SET {} = 0", "DELETE FROM {}"])
@pytest.mark.parametrize(
    ("table", "column"),
    [("affiliates_commissionposting", "cumulative"), ("affiliates_commissionadjustment", "units")],
)
def test_leaves_rows_that_nobody_can_change(table: str, column: str, change: str) -> None:
    commission = make_commission(quantity=2)
    reverse_commission(commission.line, units=1, source="return:1")
    ripen(commission)
    settle(timezone.now())

    with (
        pytest.raises(DatabaseError, match="only ever added"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(change.format(table, column))


def test_posts_no_transaction_when_nothing_moves() -> None:
    commission = make_commission(price=50, rate_bp=100)  # floor(0.5) rupiah
    ripen(commission)
    posted = Transaction.objects.count()

    settle(timezone.now())

    assert CommissionPosting.objects.get().cumulative == 0
    assert Transaction.objects.count() == posted
    assert_books_are_clean()
