"""An order with deals …"""

from __future__ import annotations

import contextlib
import uuid
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from catalog.models import PriceSpell, Variant
from catalog.operations import set_aside
from deals.models import Award, FlashDeal, FlashTake, Voucher, VoucherClaim
from deals.operations import grant_award
from livestream.models import LiveSession
from orders import operations
from orders.models import Order, OrderLine
from tests.deals.helpers import (
    assert_deals_add_up,
    let_time_pass,
    make_flash_deal,
    make_voucher,
    session_showing,
)
from tests.factories import make_shop, make_user, make_variant
from tests.orders.helpers import assert_stock_adds_up, counters, let_time_run_out, order_in, place

pytestmark = pytest.mark.django_db


def make_claim(voucher: Voucher, **fields: Any) -> VoucherClaim:
    fields = {"buyer": make_user(), **fields}
    Voucher.objects.filter(pk=voucher.pk).update(claimed=1)
    return VoucherClaim.objects.create(voucher=voucher, **fields)


def make_award(variant: Variant, **fields: Any) -> Award:
    set_aside(variant.pk, units=fields.get("quantity", 1))
    if "session" not in fields:
        fields["session"] = session_showing(variant)
    fields = {
        "variant": variant,
        "price": 7_000,
        "source_kind": Award.Source.AUCTION,
        "source_id": 1,
        "expires_at": timezone.now() + timedelta(minutes=10),
        **fields,
    }
    return grant_award(fields.pop("buyer"), **fields)


# ---- what it costs ---------------------------------------------------------------------------------


def test_is_placed_at_the_flash_price_and_remembers_why():
    deal = make_flash_deal(price=20_000)

    order = place(deal.variant, 2, expected_total=50_000)

    line = order.lines.get()
    assert (line.list_price, line.price, line.rule, line.deal_id) == (25_000, 20_000, "flash", deal.pk)
    assert (order.subtotal, order.discount, order.shipping_fee, order.total) == (40_000, 0, 10_000, 50_000)
    deal.refresh_from_db()
    assert deal.taken == deal.takes.get(buyer=order.buyer).units == 2


def test_is_refused_at_the_deals_price_once_the_deal_is_over():
    deal = make_flash_deal(price=20_000)
    let_time_pass(deal.session, 300_001)

    with pytest.raises(operations.PriceChanged) as refusal:
        place(deal.variant, expected_total=30_000)

    assert refusal.value.total == 35_000
    assert not Order.objects.exists()
    assert place(deal.variant, expected_total=35_000).total == 35_000


def test_costs_less_than_was_shown_when_a_deal_has_just_begun():
    deal = make_flash_deal(price=20_000)

    assert place(deal.variant, expected_total=35_000).total == 30_000


def test_is_refused_beyond_what_one_buyer_may_have_at_the_price():
    deal, buyer = make_flash_deal(per_buyer=2), make_user()
    place(deal.variant, 2, buyer=buyer)

    with pytest.raises(operations.PriceChanged):
        place(deal.variant, buyer=buyer, expected_total=30_000)

    assert place(deal.variant, buyer=buyer).lines.get().rule == "list"
    assert_deals_add_up()


def test_is_the_same_order_for_the_same_key_although_the_deal_is_used_up():
    deal = make_flash_deal(units=1, per_buyer=1)
    again = partial(
        place, deal.variant, buyer=make_user(), idempotency_key=uuid.uuid4(), expected_total=30_000
    )

    assert again() == again()
    assert_deals_add_up()


def test_uses_an_award_and_the_units_that_were_set_aside_for_it():
    variant, winner = make_variant(stock=1), make_user()
    award = make_award(variant, buyer=winner)

    with pytest.raises(operations.OutOfStock):
        place(variant)
    order = place(variant, buyer=winner, expected_total=17_000)

    award.refresh_from_db()
    line = order.lines.get()
    assert (line.price, line.list_price, line.rule, line.deal_id) == (7_000, 25_000, "award", award.pk)
    assert award.order_id == order.pk
    assert counters(variant) == {"available": 0, "reserved": 1, "sold": 0}
    with pytest.raises(operations.OutOfStock):
        place(variant, buyer=winner)


def test_of_a_gift_is_sent_at_the_shops_cost_and_needs_no_payment():
    variant, winner = make_variant(stock=1), make_user()
    make_award(variant, buyer=winner, price=0, source_kind=Award.Source.GIVEAWAY)

    order = place(variant, buyer=winner, expected_total=0)

    assert (order.total, order.shipping_fee, order.state, order.pay_by) == (0, 0, "confirmed", None)
    assert order.paid_at == order.placed_at
    assert counters(variant) == {"available": 0, "reserved": 0, "sold": 1}
    operations.cancel_order(order, "Tidak jadi")
    order.refresh_from_db()
    assert order.state == "cancelled"


# ---- vouchers ----------------------------------------------------------------------------------------


def test_takes_the_best_voucher_of_the_shop_and_only_one():
    variant, buyer = make_variant(price=40_000), make_user()
    session = session_showing(variant)
    small = make_claim(make_voucher(session), buyer=buyer)
    best = make_claim(
        make_voucher(session, kind="percent", percent=20, most_discount=9_000, budget=90_000), buyer=buyer
    )
    make_claim(make_voucher(session, most_discount=20_000, min_purchase=90_000), buyer=buyer)
    make_claim(make_voucher(session_showing(make_variant()), most_discount=30_000), buyer=buyer)

    order = place(variant, buyer=buyer, expected_total=42_000)

    best.refresh_from_db()
    assert (order.discount, order.total, order.voucher_claim) == (8_000, 42_000, best)
    assert (best.order_id, best.discount) == (order.pk, 8_000)
    assert place(variant, buyer=buyer).voucher_claim == small


@pytest.mark.parametrize(
    ("minutes_after_the_end", "discount"), [(None, 5_000), (29, 5_000), (31, 0)], ids=str
)
def test_takes_a_voucher_until_half_an_hour_after_the_session(
    minutes_after_the_end: int | None, discount: int
):
    variant, buyer = make_variant(), make_user()
    session = session_showing(variant, went_live_at=timezone.now() - timedelta(hours=2))
    make_claim(make_voucher(session), buyer=buyer)
    if minutes_after_the_end is not None:
        ended_at = timezone.now() - timedelta(minutes=minutes_after_the_end)
        LiveSession.objects.filter(pk=session.pk).update(ended_at=ended_at)

    assert place(variant, buyer=buyer).discount == discount


def test_spreads_the_discount_over_its_lines_to_the_rupiah():
    shop, buyer = make_shop(), make_user()
    variants = [make_variant(shop=shop, price=price, stock=9) for price in (10_001, 7_777, 3)]
    session = session_showing(variants[0])
    make_claim(make_voucher(session, most_discount=9_999, budget=99_999), buyer=buyer)

    order = place(variants[0], buyer=buyer, basket={variants[0].pk: 1, variants[1].pk: 3, variants[2].pk: 2})

    lines = list(order.lines.order_by("variant"))
    assert order.subtotal == sum(line.amount for line in lines) == 33_338
    assert [line.discount for line in lines] == [2_999, 6_998, 2]
    assert all(line.paid_amount >= 0 for line in lines)
    assert order.total == 33_338 - 9_999 + 10_000


def test_never_gives_more_off_than_the_goods_cost():
    variant, buyer = make_variant(price=3_000), make_user()
    make_claim(make_voucher(session_showing(variant)), buyer=buyer)

    order = place(variant, buyer=buyer)

    assert (order.subtotal, order.discount, order.total) == (3_000, 3_000, 10_000)


# ---- called off, too late, paid after all ----------------------------------------------------------


def _expire(order: Order) -> None:
    let_time_run_out(order)
    operations.expire_unpaid(10)


def _cancel(order: Order) -> None:
    operations.cancel_order(order, "Berubah pikiran")


def _everything() -> tuple[Order, FlashDeal, VoucherClaim, Award]:
    """An order of one buyer that holds a flash deal, an award and a voucher."""
    deal = make_flash_deal(units=2, per_buyer=2)
    won = make_variant(shop=deal.variant.shop, stock=1)
    buyer = make_user()
    award = make_award(won, buyer=buyer, session=deal.session)
    claim = make_claim(make_voucher(deal.session), buyer=buyer)
    order = place(deal.variant, buyer=buyer, basket={deal.variant_id: 2, won.pk: 1})
    return order, deal, claim, award


@pytest.mark.parametrize("end", [_cancel, _expire], ids=["cancelled", "expired"])
def test_gives_everything_back_once_when_it_comes_to_nothing(end: Any):
    order, deal, claim, award = _everything()
    assert_deals_add_up()

    end(order)
    for again in (_expire, _cancel):
        with contextlib.suppress(operations.NotPossible):
            again(order)

    for row in (deal, claim, award):
        row.refresh_from_db()
    assert (deal.taken, FlashTake.objects.get().units) == (0, 0)
    assert (claim.order_id, claim.discount, award.order_id) == (None, 0, None)
    assert_deals_add_up()
    assert_stock_adds_up()
    assert award.variant.stock.set_aside == 1
    retried = place(deal.variant, buyer=order.buyer, basket={deal.variant_id: 2, award.variant_id: 1})
    assert retried.total == order.total


def test_gives_everything_back_when_a_paid_one_is_cancelled():
    order, *_ = _everything()
    operations.mark_paid(order.pk)

    _cancel(order)
    operations.record_refund(order)

    assert_deals_add_up()
    assert_stock_adds_up()


def test_gets_everything_again_when_it_is_paid_too_late():
    order, deal, claim, award = _everything()
    _expire(order)

    outcome = operations.mark_paid(order.pk)

    for row in (deal, claim, award):
        row.refresh_from_db()
    assert outcome == "confirmed"
    assert (deal.taken, claim.order_id, award.order_id) == (2, order.pk, order.pk)
    assert_deals_add_up()
    assert_stock_adds_up()


@pytest.mark.parametrize("taken", ["deal", "voucher", "award"])
def test_is_refunded_when_somebody_else_has_what_it_was_promised(taken: str):
    order, deal, _, award = _everything()
    _expire(order)
    if taken == "deal":
        place(deal.variant, 1)
    elif taken == "voucher":
        place(make_variant(shop=deal.variant.shop), buyer=order.buyer)
    else:
        place(award.variant, buyer=order.buyer)

    assert operations.mark_paid(order.pk) == "refund_due"

    assert_deals_add_up()
    assert_stock_adds_up()


def test_gives_no_unit_of_a_closed_deal_to_anybody_else():
    deal = make_flash_deal(units=1, per_buyer=1)
    order = place(deal.variant)
    FlashDeal.objects.filter(pk=deal.pk).update(closed_at=timezone.now())

    _cancel(order)

    assert place(deal.variant).lines.get().rule == "list"
    assert_deals_add_up()


# ---- what the database holds --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("table", "column", "value", "constraint"),
    [
        ("orders_order", "total", 1, "orders_total_is_goods_less_discount_and_shipping"),
        ("orders_order", "discount", 1, "orders_"),
        ("orders_order", "subtotal", 1, "orders_"),
        ("orders_orderline", "price", 1, "orders_"),
        ("orders_orderline", "quantity", 3, "orders_lines_add_up_to_their_order"),
        ("orders_orderline", "discount", 1, "orders_lines_add_up_to_their_order"),
        ("orders_orderline", "deal_id", 1, "orders_a_line_knows_its_deal"),
        ("deals_flashdeal", "taken", 11, "deals_no_more_is_taken_than_offered"),
        ("deals_flashtake", "units", 3, "deals_no_buyer_takes_too_much"),
    ],
)
def test_cannot_be_made_wrong_by_anybody(table: str, column: str, value: int, constraint: str):
    variant = make_variant()
    place(variant)
    place(make_flash_deal().variant)

    with pytest.raises(IntegrityError, match=constraint):
        _overwrite(table, column, value)


@transaction.atomic
def _overwrite(table: str, column: str, value: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET {column} = %s", [value])  # noqa: S608
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_has_lines_that_add_up_from_the_first():
    order, other = place(), make_variant()

    with pytest.raises(IntegrityError, match="orders_lines_add_up_to_their_order"):
        OrderLine.objects.create(
            order=order, variant=other, product_name="-", list_price=1, price=1, quantity=1
        )


# ---- prices that were really paid ---------------------------------------------------------------------


@pytest.mark.parametrize(("state", "is_noted"), [("pending", False), ("confirmed", True), ("expired", False)])
def test_notes_the_list_price_once_it_is_paid(state: str, is_noted: bool):
    variant = make_variant()

    order_in(state, variant)

    spell = PriceSpell.objects.get(variant=variant)
    assert spell.last_charged_on == (timezone.now().date() if is_noted else None)


def test_notes_no_price_that_a_deal_made():
    deal = make_flash_deal()

    operations.mark_paid(place(deal.variant).pk)

    assert PriceSpell.objects.get(variant=deal.variant).last_charged_on is None
