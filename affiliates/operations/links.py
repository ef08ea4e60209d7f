"""Making referral links."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils import timezone

from affiliates import queries
from affiliates.codes import new_code
from affiliates.models import Affiliate, ReferralLink
from catalog.models import Product, Shop
from livestream.models import LiveSession

TRIES = 5


class NotOffered(Exception):
    """The shop pays no commission on this at present."""


def make_link(
    affiliate: Affiliate, *, shop: Shop, product: Product | None = None, session: LiveSession | None = None
) -> ReferralLink:
    """The affiliate's one link to a product, a session or the whole shop, made on first use.

    Raises NotOffered.
    """
    target = {"shop": shop, "product": product, "session": session}
    known = ReferralLink.objects.filter(affiliate=affiliate, **target).first()
    if known:
        return known
    if not queries.is_offered(shop=shop, product=product, at=timezone.now()):
        raise NotOffered
    return _draw(affiliate, target)


def _draw(affiliate: Affiliate, target: dict[str, Shop | Product | LiveSession | None]) -> ReferralLink:
    for _ in range(TRIES):
        try:
            with transaction.atomic():
                link, _made = ReferralLink.objects.get_or_create(
                    affiliate=affiliate, **target, defaults={"code": new_code()}
                )
                return link
        except IntegrityError:
            continue  # one of 34 thousand million codes is taken: draw another
    raise RuntimeError("no free code was found")
