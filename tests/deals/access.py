"""Who may call the addresses of deals."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from deals.models import Auction, Draw, Turn, Voucher
from deals.operations.auctions import announce_auction
from deals.operations.draws import start_giveaway
from tests.access.rules import BUYER, CREW, EVERYONE, MEMBERS, Access
from tests.deals.helpers import make_voucher

ACT = frozenset({"POST"})
BOTH = frozenset({"GET", "POST"})
FLASH = {"price": 20_000, "units": 5, "per_buyer": 1, "countdown_seconds": 30, "minutes": 5}
VOUCHER = {
    "kind": "amount",
    "most_discount": 5_000,
    "min_purchase": 0,
    "budget": 50_000,
    "most_claims": 5,
    "task": "none",
}


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


def _session(world: Any) -> dict[str, Any]:
    return {"code": world.session.code}


def _kind(world: Any) -> dict[str, Any]:
    return {"code": world.session.code, "kind": "hadiah"}


def _new_giveaway(world: Any) -> dict[str, Any]:
    return {"variant": world.variant.pk, "winners": 1, "minutes": 2}


def _own_auction(world: Any) -> dict[str, Any]:
    return {**_session(world), **_auction(world)}


def _own_draw(world: Any) -> dict[str, Any]:
    return {**_session(world), "draw_id": Draw.objects.get(code=_draw(world)["code"]).pk}


def _bid(world: Any) -> dict[str, Any]:
    return {"maximum": 20_000, "key": uuid4()}


def _variant(world: Any) -> dict[str, Any]:
    return {"code": world.session.code, "variant_id": world.variant.pk}


def _voucher(world: Any) -> dict[str, Any]:
    found = Voucher.objects.filter(session=world.session).first()
    return {"voucher_id": (found or make_voucher(world.session)).pk}


def _place_in_line(world: Any) -> dict[str, Any]:
    Turn.objects.get_or_create(user=world.buyer, variant=world.variant, ended_at=None)
    return {"variant_id": world.variant.pk}


ACCESS = {
    "deals:strip": Access(EVERYONE, kwargs=lambda world: {"code": world.session.code}),
    "deals:console": Access(CREW, kwargs=lambda world: {"code": world.session.code}),
    "deals:flash_start": Access(CREW, BOTH, kwargs=_variant, fields=lambda world: FLASH),
    "deals:flash_stop": Access(CREW, ACT, kwargs=lambda world: {"code": world.session.code, "deal_id": 1}),
    "deals:voucher_make": Access(
        CREW, BOTH, kwargs=lambda world: {"code": world.session.code}, fields=lambda world: VOUCHER
    ),
    "deals:voucher_close": Access(
        CREW, ACT, kwargs=lambda world: {"code": world.session.code, "voucher_id": 1}
    ),
    "deals:claim": Access(MEMBERS, ACT, kwargs=_voucher),
    "deals:mine": Access(MEMBERS, kwargs=lambda world: {"code": world.session.code}),
    "deals:lines": Access(MEMBERS),
    "deals:line": Access(MEMBERS, BOTH, kwargs=lambda world: {"variant_id": world.variant.pk}),
    "deals:line_leave": Access(frozenset({BUYER}), ACT, kwargs=_place_in_line),
    "deals:games": Access(CREW, kwargs=_session),
    "deals:game_begin": Access(CREW, frozenset({"GET", "POST"}), kwargs=_kind, fields=_new_giveaway),
    "deals:auction_start": Access(CREW, ACT, kwargs=_own_auction),
    "deals:auction_stop": Access(CREW, ACT, kwargs=_own_auction),
    "deals:draw_stop": Access(CREW, ACT, kwargs=_own_draw),
    "deals:bid": Access(MEMBERS, frozenset({"GET", "POST"}), kwargs=_auction, fields=_bid),
    "deals:draw": Access(EVERYONE, kwargs=_draw),
    "deals:draw_json": Access(EVERYONE, kwargs=_draw),
    "deals:enter": Access(MEMBERS, ACT, kwargs=_draw),
}
