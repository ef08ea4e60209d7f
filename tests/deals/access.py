"""Who may call the addresses of deals."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from deals.models import Auction, Draw
from deals.operations.auctions import announce_auction
from deals.operations.draws import start_giveaway
from tests.access.rules import EVERYONE, MEMBERS, SELLER, Access

ACT = frozenset({"POST"})
HOST = frozenset({SELLER})


def _draw(world: Any) -> dict[str, Any]:
    draw = Draw.objects.filter(session=world.session, closed_at=None).first()
    made = draw or start_giveaway(world.session, variant_id=world.variant.pk, winners=1, duration_ms=60_000)
    return {"code": made.code}


def _auction(world: Any) -> dict[str, Any]:
    auction = Auction.objects.filter(session=world.session, closed_at=None).first()
    made = auction or announce_auction(
        world.session,
        variant_id=world.variant.pk,
        start_price=20_000,
        duration_ms=60_000,
        counter_ms=10_000,
        is_sudden_death=False,
    )
    return {"auction_id": made.pk}


def _bid(world: Any) -> dict[str, Any]:
    return {"maximum": 20_000, "key": uuid4()}


ACCESS = {
    "deals:strip": Access(EVERYONE, kwargs=lambda world: {"code": world.session.code}),
    "deals:mine": Access(MEMBERS, kwargs=lambda world: {"code": world.session.code}),
    "deals:bid": Access(MEMBERS, frozenset({"GET", "POST"}), kwargs=_auction, fields=_bid),
    "deals:draw": Access(EVERYONE, kwargs=_draw),
    "deals:draw_json": Access(EVERYONE, kwargs=_draw),
    "deals:enter": Access(MEMBERS, ACT, kwargs=_draw),
}
