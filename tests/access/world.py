"""One small market with one of everything, for the access matrix."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from accounts.models import Address, User
from affiliates.models import Affiliate, Commission, CommissionRate, MissedSale, ReferralLink
from affiliates.operations import reserve_commission
from catalog.models import Product, Shop, Variant
from catalog.models import Role as ShopRole
from livestream.models import MOST, LiveSession, Role
from orders.models import Order
from orders.operations import place_order
from tests.factories import (
    make_address,
    make_crew_member,
    make_member,
    make_product,
    make_session_on_air,
    make_shop,
    make_user,
    make_variant,
)


@dataclass(frozen=True)
class World:
    buyer: User
    seller: User
    rival: User
    affiliate: User
    moderator: User
    stranger: User
    staff: User
    admin: User
    packer: User
    host: User
    finance: User
    shop: Shop
    product: Product
    variant: Variant
    session: LiveSession
    order: Order
    link: ReferralLink
    commission: Commission
    missed_sale: MissedSale
    address: Address


def make_world() -> World:
    buyer, affiliate = make_user(name="Beli Pembeli"), make_user(name="Ayo Afiliasi")
    shop = make_shop()
    make_shop(owner=(rival := make_user(name="Toko Sebelah")))
    product = make_product(shop=shop)
    variant = make_variant(product=product, stock=50)
    rate = CommissionRate.objects.create(shop=shop, rate_bp=1000)
    creator = Affiliate.objects.create(user=affiliate, handle="ayo")
    link = ReferralLink.objects.create(
        affiliate=creator,
        code="ABCDEFGC",
        shop=shop,
        product=product,
    )
    session = make_session_on_air(shop=shop, products=[product])
    moderator = make_crew_member(session, role=Role.MODERATOR, permissions=MOST[Role.MODERATOR])
    address = make_address(buyer)
    order = place_order(
        buyer=buyer,
        shop_id=shop.pk,
        basket={variant.pk: 1},
        method=Order.Method.QRIS,
        address=address.as_snapshot(),
        idempotency_key=uuid.uuid4(),
        attribution={
            variant.pk: {"affiliate": creator.pk, "rate_id": rate.pk, "rate_bp": rate.rate_bp, "trace": []}
        },
    )
    reserve_commission(order)
    return World(
        buyer=buyer,
        seller=shop.owner,
        rival=rival,
        affiliate=affiliate,
        moderator=moderator,
        stranger=make_user(),
        staff=make_user(is_staff=True),
        **{role.value: make_member(shop, role) for role in ShopRole},
        shop=shop,
        product=product,
        variant=variant,
        session=session,
        order=order,
        link=link,
        commission=Commission.objects.get(line__order=order),
        missed_sale=MissedSale.objects.create(affiliate=creator, line=order.lines.get(), reason="older"),
        address=address,
    )
