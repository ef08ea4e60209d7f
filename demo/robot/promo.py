"""The robot stall's promotions: there is nearly always one to try."""

from __future__ import annotations

from deals import operations as deals
from deals.forms.flash import FlashForm
from deals.models import Voucher
from deals.operations.vouchers import make_voucher
from deals.queries.flash import open_deals, price_limits
from deals.queries.vouchers import open_vouchers
from livestream.models import LiveSession

COUNTDOWN_SECONDS, MINUTES, UNITS = 10, 2, 6
VOUCHER = {
    "kind": Voucher.Kind.AMOUNT,
    "most_discount": 3_000,
    "min_purchase": 10_000,
    "budget": 3_000_000,
    "most_claims": 1_000,
}


def promote(code: str) -> None:
    """Start a small flash deal when none runs, and lay out a voucher when there is none."""
    session = LiveSession.objects.select_related("host").get(code=code)
    if not session.clock_runs:
        return
    if not open_vouchers(session).exists():
        make_voucher(session, made_by=session.host, terms=dict(VOUCHER))
    pin = session.pins.filter(to_ms__isnull=True).select_related("product").first()
    if pin is None or open_deals(session).exists():
        return
    variant = pin.product.variants.filter(stock__available__gte=UNITS).order_by("position", "pk").first()
    if variant is None:
        return
    sensible = FlashForm.sensible_for(variant, UNITS, price_limits(variant))
    deals.start_flash_deal(
        session,
        variant_id=variant.pk,
        started_by=session.host,
        **{**sensible, "countdown_seconds": COUNTDOWN_SECONDS, "minutes": MINUTES},
    )
