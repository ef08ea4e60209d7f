"""Who may call the addresses of deals."""

from __future__ import annotations

from typing import Any

from deals.models import Draw
from deals.operations.draws import start_giveaway
from tests.access.rules import EVERYONE, MEMBERS, SELLER, Access

ACT = frozenset({"POST"})
HOST = frozenset({SELLER})


def _draw(world: Any) -> dict[str, Any]:
    draw = Draw.objects.filter(session=world.session, closed_at=None).first()
    made = draw or start_giveaway(world.session, variant_id=world.variant.pk, winners=1, duration_ms=60_000)
    return {"code": made.code}


ACCESS = {
    "deals:strip": Access(EVERYONE, kwargs=lambda world: {"code": world.session.code}),
    "deals:draw": Access(EVERYONE, kwargs=_draw),
    "deals:draw_json": Access(EVERYONE, kwargs=_draw),
    "deals:enter": Access(MEMBERS, ACT, kwargs=_draw),
}
