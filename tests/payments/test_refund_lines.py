"""Giving money back for some units …"""

from __future__ import annotations

from functools import partial

import pytest

from affiliates.models import Affiliate, Commission, CommissionRate
from affiliates.queries import amount_due
from deals.models import VoucherClaim
from ledger.models import AccountKind
from ledger.queries import balance, reconciliation
from orders.models import Order
from payments import operations
from payments.models import Refund, RefundLine
from tests.concurrency import run_at_once
from tests.deals.helpers import make_flash_deal, make_voucher
from tests.factories import make_shop, make_user, make_variant
from tests.orders.helpers import place
from tests.payments.conftest import Gateway, charge_of

pytestmark = pytest.mark.django_db(transaction=True)


def paid(gateway: Gateway, order: Order) -> Order:
    operations.open_charge(order)
    gateway.pay(order)
    operations.apply_notice(operations.record_notice(gateway.notice(order)).pk)
    order.refresh_from_db()
    assert order.state == Order.State.CONFIRMED
    return order


def three_pieces(gateway: Gateway) -> tuple[Order, int]:
    """Of 10.000 each, with 9.000 shipping."""
    order = paid(gateway, place(make_variant(price=10_000, shop=make_shop(shipping_fee=9_000)), 3))
    return order, order.lines.get().pk


def test_sends_back_what_they_cost_and_some_shipping(gateway: Gateway):
    order, line = three_pieces(gateway)

    [refund] = operations.refund_lines(order, {line: 2}, reason="Pecah", key="return:1", shipping=4_000)

    assert (refund.amount, refund.shipping_amount, refund.state) == (24_000, 4_000, "sent")
    assert gateway.api.book.get(order.number).refunds == {f"{order.number}-r{refund.pk}": 24_000}
    assert gateway.api.book.get(order.number).status == "partial_refund"
    assert balance(AccountKind.ESCROW) == 15_000 == -balance(AccountKind.GATEWAY_CLEARING)
    assert charge_of(order).state == "paid"


def test_does_it_once_for_each_key(gateway: Gateway):
    order, line = three_pieces(gateway)
    wish = partial(operations.refund_lines, order, {line: 1}, reason="Pecah", key="return:1")

    first, *others = run_at_once(*[wish] * 4)
    again = wish()

    assert {refund.pk for found in (first, *others, again) for refund in found} == {first[0].pk}
    assert balance(AccountKind.ESCROW) == 29_000
    with pytest.raises(operations.KeyReused):
        operations.refund_lines(order, {line: 2}, reason="Pecah", key="return:1")


def test_never_gives_back_more_than_was_bought(gateway: Gateway):
    order, line = three_pieces(gateway)
    operations.refund_lines(order, {line: 2}, reason="Pecah", key="return:1", shipping=9_000)

    for units, shipping in (({line: 2}, 0), ({line: 1}, 1), ({line: 0}, 0), ({line + 1: 1}, 0), ({}, 0)):
        with pytest.raises(operations.TooMuch):
            operations.refund_lines(order, units, reason="Pecah", key="return:2", shipping=shipping)

    assert Refund.objects.count() == 1
    operations.refund_lines(order, {line: 1}, reason="Pecah", key="return:3")
    assert balance(AccountKind.ESCROW) == balance(AccountKind.GATEWAY_CLEARING) == 0
    assert charge_of(order).state == "refunded"


def test_two_refunds_at_once_do_not_share_a_unit(gateway: Gateway):
    order, line = three_pieces(gateway)
    calls = [
        partial(operations.refund_lines, order, {line: 2}, reason="Pecah", key=f"return:{n}")
        for n in range(3)
    ]

    outcomes = run_at_once(*calls)

    assert sum(isinstance(outcome, list) for outcome in outcomes) == 1
    assert RefundLine.objects.get().units == 2


def test_gives_back_the_vouchers_share_to_nobody(gateway: Gateway):
    """Three pieces for 20.000 each less a voucher of 5.000: the parts add up to what was paid."""
    deal, buyer = make_flash_deal(price=20_000), make_user()
    VoucherClaim.objects.create(voucher=make_voucher(deal.session, claimed=1), buyer=buyer)
    order = paid(gateway, place(deal.variant, 2, buyer=buyer))
    line = order.lines.get()

    amounts = [
        operations.refund_lines(order, {line.pk: 1}, reason="Pecah", key=f"return:{n}")[0].amount
        for n in range(2)
    ]

    assert (line.paid_amount, sum(amounts), amounts) == (35_000, 35_000, [17_500, 17_500])
    assert balance(AccountKind.ESCROW) == order.shipping_fee


def test_takes_the_commission_of_the_units_back(gateway: Gateway):
    variant = make_variant(price=10_000)
    creator = Affiliate.objects.create(user=make_user(), handle="ayo")
    rate = CommissionRate.objects.create(shop=variant.shop, rate_bp=1_000)
    decision = {"affiliate": creator.pk, "rate_id": rate.pk, "rate_bp": 1_000, "trace": []}
    order = paid(gateway, place(variant, 2, attribution={variant.pk: decision}))

    operations.refund_lines(order, {order.lines.get().pk: 1}, reason="Pecah", key="return:1")

    assert amount_due(Commission.objects.get()) == 1_000
    assert balance(AccountKind.SELLER_RESERVE, variant.shop_id) == 1_000
    assert reconciliation().is_clean


def test_asks_for_an_account_where_the_buyers_bank_takes_nothing_back(gateway: Gateway):
    order = place(make_variant(price=10_000))
    operations.open_charge(order)
    gateway.api.pay(order.number, issuer="bca")
    operations.apply_notice(operations.record_notice(gateway.notice(order)).pk)

    [refund] = operations.refund_lines(order, {order.lines.get().pk: 1}, reason="Pecah", key="return:1")

    refund.refresh_from_db()
    assert (refund.state, refund.bank.payer) == ("needs_account", "market")
    assert balance(AccountKind.GATEWAY_CLEARING) == -order.total
