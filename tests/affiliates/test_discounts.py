"""Commission on goods that a deal or a voucher made cheaper."""

from __future__ import annotations

import pytest

from affiliates.models import Affiliate, Commission, CommissionRate
from affiliates.operations import reserve_commission, reverse_commission
from deals.models import VoucherClaim
from ledger.models import AccountKind
from ledger.queries import balance, reconciliation
from orders import operations as orders
from tests.deals.helpers import make_flash_deal, make_voucher
from tests.factories import make_user
from tests.orders.helpers import place
from tests.payments.conftest import post_paid

pytestmark = pytest.mark.django_db


def test_is_counted_from_what_was_paid_and_the_books_add_up():
    deal, buyer = make_flash_deal(price=20_000), make_user()
    VoucherClaim.objects.create(voucher=make_voucher(deal.session, claimed=1), buyer=buyer)
    creator = Affiliate.objects.create(user=make_user(), handle="ayo")
    rate = CommissionRate.objects.create(shop=deal.variant.shop, rate_bp=1_000)
    decision = {"affiliate": creator.pk, "rate_id": rate.pk, "rate_bp": 1_000, "trace": []}
    order = place(deal.variant, 2, buyer=buyer, attribution={deal.variant_id: decision})

    post_paid(order)
    orders.mark_paid(order.pk)
    reserve_commission(order)

    earned = Commission.objects.get()
    assert (order.subtotal, order.discount, order.total) == (40_000, 5_000, 45_000)
    assert (earned.base, earned.gross) == (35_000, 3_500)
    reserve = balance(AccountKind.SELLER_RESERVE, deal.variant.shop_id)
    escrow, clearing = balance(AccountKind.ESCROW), balance(AccountKind.GATEWAY_CLEARING)
    assert (reserve, escrow, clearing) == (3_500, 41_500, -45_000)
    reverse_commission(order.lines.get(), units=1, source="return:1")
    assert balance(AccountKind.SELLER_RESERVE, deal.variant.shop_id) == 1_750
    assert reconciliation().is_clean
