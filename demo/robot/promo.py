"""The robot stall's promotions: there is nearly always one to try."""

from __future__ import annotations

import contextlib

from catalog.models import Product
from deals import operations as deals
from deals.forms.flash import FlashForm
from deals.models import Draw, Voucher
from deals.operations import draws
from deals.operations.refusals import DealRefused
from deals.operations.vouchers import make_voucher
from deals.queries.flash import open_deals, price_limits
from deals.queries.vouchers import open_vouchers
from demo.people import robot_shoppers
from livestream.models import LiveSession

COUNTDOWN_SECONDS, MINUTES, UNITS = 10, 2, 6
GIFT_MS, GIFT_REST_MS = 90_000, 240_000
VOUCHER = {
    "kind": Voucher.Kind.AMOUNT,
    "most_discount": 3_000,
    "min_purchase": 10_000,
    "budget": 3_000_000,
    "most_claims": 1_000,
}


def promote(code: str) -> None:
    """Start a flash deal when none runs, lay out a voucher when there is none, and give away now and then."""
    session = LiveSession.objects.select_related("host").get(code=code)
    if not session.clock_runs:
        return
    if not open_vouchers(session).exists():
        make_voucher(session, made_by=session.host, terms=dict(VOUCHER))
    pin = session.pins.filter(to_ms__isnull=True).select_related("product").first()
    if pin is None:
        return
    _give_away(session, pin.product)
    if open_deals(session).exists():
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


def _give_away(session: LiveSession, product: Product) -> None:
    """One piece, with a rest between two; robot shoppers enter too, and their names say what they are."""
    running = Draw.objects.filter(session=session, kind=Draw.Kind.GIVEAWAY, closed_at__isnull=True).first()
    if running is not None:
        _enter_a_robot(running)
        return
    latest = (
        Draw.objects.filter(session=session).order_by("-ends_ms").values_list("ends_ms", flat=True).first()
    )
    is_rest = latest is not None and session.clock_ms() < latest + GIFT_REST_MS
    gift = product.variants.filter(stock__available__gte=UNITS).order_by("price", "pk").first()
    if is_rest or gift is None:
        return
    with contextlib.suppress(DealRefused):  # the picture comes too late just now
        draws.start_giveaway(session, variant_id=gift.pk, winners=1, duration_ms=GIFT_MS)


def _enter_a_robot(draw: Draw) -> None:
    entered = draw.entries.values_list("user_id", flat=True)
    shopper = next((robot for robot in robot_shoppers() if robot.pk not in set(entered)), None)
    if shopper is not None:
        with contextlib.suppress(DealRefused):  # the last second is over
            draws.enter_draw(draw.pk, user=shopper)
