"""Who may call the addresses of orders."""

from __future__ import annotations

from typing import Any

from tests.access.rules import BUYER, MEMBERS, SELLER, Access


def _number(world: Any) -> dict[str, Any]:
    return {"number": world.order.number}


POST = frozenset({"POST"})
ACCESS = {
    "orders:list": Access(MEMBERS),
    "orders:order": Access(frozenset({BUYER}), kwargs=_number),
    "orders:desk": Access(MEMBERS),  # empty for who has no shop
    "orders:desk_order": Access(frozenset({SELLER}), kwargs=_number),
    "orders:pack": Access(frozenset({SELLER}), POST, kwargs=_number),
    "orders:ship": Access(
        frozenset({SELLER}),
        POST,
        kwargs=_number,
        fields=lambda world: {"courier": "JNE", "waybill": "JNE0001"},
    ),
}
