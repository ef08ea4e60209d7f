"""Rows that tests of affiliates need, made the way the market makes them."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from accounts.models import User
from affiliates.models import Affiliate, Commission, CommissionRate, ReferralLink, Touch
from affiliates.operations import join, reserve_commission
from affiliates.queries import reconciliation
from catalog.models import Shop, Variant
from ledger import queries as ledger
from ledger.models import AccountKind, TransactionKind
from ledger.operations import Leg, account, post
from orders.models import Order, OrderLine
from tests.factories import count, make_shop, make_user, make_variant


def make_affiliate(user: User | None = None) -> Affiliate:
    return join(user or make_user(), handle=f"kreator-{next(count)}")


def make_rate(shop: Shop, rate_bp: int = 1_000, **fields: Any) -> CommissionRate:
    long_ago = timezone.now() - timedelta(days=90)
    return CommissionRate.objects.create(shop=shop, rate_bp=rate_bp, **{"valid_from": long_ago, **fields})


def make_link(affiliate: Affiliate, shop: Shop, **target: Any) -> ReferralLink:
    from affiliates.codes import new_code

    return ReferralLink.objects.create(affiliate=affiliate, shop=shop, code=new_code(), **target)


def make_touch(link: ReferralLink, *, visitor: uuid.UUID, at: datetime, user: User | None = None) -> Touch:
    return Touch.objects.create(link=link, shop=link.shop, visitor=visitor, clicked_at=at, user=user)


def make_order(
    variant: Variant, *, quantity: int = 1, rate: CommissionRate | None = None, **fields: Any
) -> Order:
    """A confirmed order of one line, credited when `affiliate` and `rate` are given."""
    affiliate = fields.pop("affiliate", None)
    fields = {
        "buyer": fields.pop("buyer", None) or make_user(),
        "state": Order.State.CONFIRMED,
        "method": Order.Method.QRIS,
        **fields,
    }
    order = Order.objects.create(
        shop=variant.shop,
        idempotency_key=uuid.uuid4(),
        request_hash="-",
        subtotal=variant.price * quantity,
        shipping_fee=10_000,
        total=variant.price * quantity + 10_000,
        address={},
        **fields,
    )
    OrderLine.objects.create(
        order=order,
        variant=variant,
        product_name=variant.product.name,
        list_price=variant.price,
        price=variant.price,
        quantity=quantity,
        credited_to=affiliate.pk if affiliate else None,
        attribution={
            "affiliate": affiliate.pk,
            "rule": "product",
            "rate_id": rate.pk,
            "rate_bp": rate.rate_bp,
            "trace": [],
        }
        if affiliate and rate
        else None,
    )
    return order


def pay(order: Order) -> None:
    """What a payment posts: the buyer's money into escrow, then the commission out of it."""
    legs = [Leg(account(AccountKind.GATEWAY_CLEARING), account(AccountKind.ESCROW), order.total)]
    post(TransactionKind.ORDER_PAID, order.pk, legs)
    reserve_commission(order)


def make_commission(
    *,
    affiliate: Affiliate | None = None,
    price: int = 25_000,
    quantity: int = 1,
    rate_bp: int = 1_000,
    **fields: Any,
) -> Commission:
    """A paid sale of a new shop, or of `shop`."""
    shop = fields.pop("shop", None) or make_shop()
    rate = CommissionRate.objects.filter(shop=shop, rate_bp=rate_bp, product=None).first() or make_rate(
        shop, rate_bp
    )
    variant = make_variant(price=price, stock=quantity, shop=shop)
    order = make_order(
        variant, quantity=quantity, affiliate=affiliate or make_affiliate(), rate=rate, **fields
    )
    pay(order)
    return Commission.objects.get(line__order=order)


def ripen(*commissions: Commission, ago: timedelta = timedelta(minutes=1)) -> None:
    """As if received a return window ago."""
    pks = [commission.pk for commission in commissions]
    Commission.objects.filter(pk__in=pks).update(matures_at=timezone.now() - ago)


def earned(affiliate: Affiliate) -> int:
    return ledger.balance(AccountKind.AFFILIATE_AVAILABLE, affiliate.pk)


def reserved(shop: Shop) -> int:
    return ledger.balance(AccountKind.SELLER_RESERVE, shop.pk)


def escrow() -> int:
    return ledger.balance(AccountKind.ESCROW)


def assert_books_are_clean() -> None:
    assert ledger.reconciliation().is_clean
    found = reconciliation()
    assert found.is_clean, found
