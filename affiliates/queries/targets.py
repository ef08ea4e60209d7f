"""What a link can lead to, and what a sale through it pays."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max, Min

from affiliates.models import Affiliate, ReferralLink
from affiliates.queries.offers import products_with_rates
from catalog.models import Product, Shop
from livestream.models import LiveSession


@dataclass(frozen=True)
class Target:
    shop: Shop
    product: Product | None = None
    session: LiveSession | None = None

    @property
    def name(self) -> str:
        return str(self.session or self.product or self.shop)

    @property
    def field(self) -> tuple[str, str]:
        """How addresses name it."""
        if self.session:
            return "session", self.session.code
        return ("product", str(self.product.pk)) if self.product else ("shop", self.shop.slug)


@dataclass(frozen=True)
class Terms:
    """What is paid at present: for one product in rupiah, for a shop or session as a range of rates."""

    least_bp: int
    most_bp: int
    price: int | None = None
    earns: int | None = None


def find_target(*, product: int | None, shop: str, session: str) -> Target | None:
    """The product, session or shop that people can reach at present."""
    open_shops = Shop.objects.filter(suspended_at__isnull=True)
    if product:
        goods = Product.objects.on_sale().select_related("shop").filter(pk=product).first()
        return Target(shop=goods.shop, product=goods) if goods else None
    if session:
        sessions = LiveSession.objects.public().filter(code=session, shop__in=open_shops)
        live = sessions.select_related("shop").first()
        return Target(shop=live.shop, session=live) if live else None
    found = open_shops.filter(slug=shop).first()
    return Target(shop=found) if found else None


def terms_of(target: Target, at: datetime) -> Terms | None:
    """Nothing when no sale through it would pay."""
    paying = products_with_rates(at).filter(shop=target.shop, rate_bp__isnull=False)
    if target.product:
        offered = paying.filter(pk=target.product.pk).first()
        if offered is None or offered.rate_bp is None:
            return None
        return Terms(offered.rate_bp, offered.rate_bp, offered.price, offered.earns)
    rates = paying.aggregate(least=Min("rate_bp"), most=Max("rate_bp"))
    return Terms(rates["least"], rates["most"]) if rates["least"] else None


def link_to(affiliate: Affiliate, target: Target) -> ReferralLink | None:
    links = affiliate.links.filter(shop=target.shop, product=target.product, session=target.session)
    return links.first()
