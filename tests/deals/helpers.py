"""What tests of deals share."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import Sum
from django.utils import timezone

from catalog.models import PriceSpell, Variant
from deals.models import FlashDeal, FlashTake, Voucher, VoucherClaim
from livestream.models import LiveSession
from orders.models import Order, OrderLine
from tests.factories import make_session_on_air, make_variant
from tests.orders.helpers import HOLDING

LIVING = set().union(*HOLDING.values())


def make_flash_deal(variant: Variant | None = None, **fields: Any) -> FlashDeal:
    """A deal of a session on air that began a minute ago and runs for five more."""
    variant = variant or make_variant(stock=20, price=25_000)
    session = fields.pop("session", None) or session_showing(variant)
    fields = {
        "price": 20_000,
        "list_price": variant.price,
        "units": 10,
        "per_buyer": 2,
        "starts_ms": session.clock_ms() - 60_000,
        "ends_ms": session.clock_ms() + 300_000,
        "started_by": session.host,
        **fields,
    }
    return FlashDeal.objects.create(session=session, variant=variant, **fields)


def session_showing(variant: Variant, **fields: Any) -> LiveSession:
    return make_session_on_air(shop=variant.shop, products=[variant.product], **fields)


def make_voucher(session: LiveSession, **fields: Any) -> Voucher:
    """5.000 off, for ten people."""
    fields = {
        "kind": "amount",
        "most_discount": 5_000,
        "budget": 50_000,
        "most_claims": 10,
        "created_by": session.host,
        **fields,
    }
    return Voucher.objects.create(session=session, **fields)


def let_time_pass(session: LiveSession, ms: int) -> None:
    """The session has been on air for so much longer."""
    went_live_at = session.went_live_at - timedelta(milliseconds=ms)
    LiveSession.objects.filter(pk=session.pk).update(went_live_at=went_live_at)
    session.refresh_from_db()


def age_price(variant: Variant, *, days: int = 60, paid: bool = False) -> None:
    """Today's price has stood for so long; `paid`: and somebody bought at it today."""
    since = timezone.now() - timedelta(days=days)
    today = timezone.now().date() if paid else None
    PriceSpell.objects.filter(variant=variant, until_at=None).update(from_at=since, last_charged_on=today)


def assert_deals_add_up() -> None:
    """Every counter of a deal equals what living orders hold, and none is above its limit."""
    for deal in FlashDeal.objects.all():
        lines = _living_lines().filter(rule="flash", deal_id=deal.pk)
        assert deal.taken == _units(lines) <= deal.units
        for take in FlashTake.objects.filter(deal=deal):
            assert take.units == _units(lines.filter(order__buyer=take.buyer)) <= deal.per_buyer
    for claim in VoucherClaim.objects.all():
        order = Order.objects.filter(pk__in=[claim.order_id]).first()
        assert claim.discount == (order.discount if order else 0)
        assert order is None or (order.state in LIVING and order.voucher_claim_id == claim.pk)
    for voucher in Voucher.objects.all():
        assert voucher.claimed == voucher.claims.count() <= voucher.most_claims
        assert voucher.claimed * voucher.most_discount <= voucher.budget


def _living_lines() -> Any:
    return OrderLine.objects.filter(order__state__in=LIVING)


def _units(lines: Any) -> int:
    return lines.aggregate(units=Sum("quantity"))["units"] or 0
