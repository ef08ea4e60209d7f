"""Who may call the addresses of payments."""

from __future__ import annotations

from typing import Any

from tests.access.rules import BUYER, EVERYONE, Access


def _number(world: Any) -> dict[str, Any]:
    return {"number": world.order.number}


ACCESS = {
    "payments:pay": Access(frozenset({BUYER}), kwargs=_number),
    "payments:status": Access(frozenset({BUYER}), kwargs=_number),
    # Open to machines; what is not signed is refused with 400 or 403 (tests/payments/test_hook.py).
    "midtrans_notice": Access(EVERYONE, frozenset({"POST"})),
}
