"""Who may call which address of affiliates."""

from __future__ import annotations

from typing import Any

from tests.access.rules import AFFILIATE, EVERYONE, MEMBERS, RIVAL, SHOP, Access


def own_link(world: Any) -> dict[str, Any]:
    return {"code": world.link.code}


POST = frozenset({"POST"})

ACCESS: dict[str, Access] = {
    "affiliates:follow": Access(EVERYONE, kwargs=own_link),
    "affiliates:home": Access(EVERYONE),
    "affiliates:products": Access(EVERYONE),
    "affiliates:join": Access(
        MEMBERS,
        frozenset({"GET", "POST"}),
        fields=lambda world: {"handle": "nama-baru", "agrees": "on"},
    ),
    "affiliates:links": Access(MEMBERS),
    "affiliates:link": Access(
        MEMBERS, frozenset({"GET", "POST"}), fields=lambda world: {"product": world.product.pk}
    ),
    "affiliates:session_link": Access(MEMBERS, POST, kwargs=lambda world: {"code": world.session.code}),
    "affiliates:share": Access(frozenset({AFFILIATE}), kwargs=own_link),
    "affiliates:qr": Access(frozenset({AFFILIATE}), kwargs=own_link),
    "affiliates:commissions": Access(MEMBERS),
    "affiliates:commission": Access(frozenset({AFFILIATE}), kwargs=lambda world: {"pk": world.commission.pk}),
    "affiliates:missed_sale": Access(
        frozenset({AFFILIATE}), kwargs=lambda world: {"pk": world.missed_sale.pk}
    ),
    "affiliates:rates": Access(SHOP | {RIVAL}),
    "affiliates:preview": Access(SHOP | {RIVAL}),
    "affiliates:set_rate": Access(SHOP | {RIVAL}, POST, fields=lambda world: {"rate": "12"}),
    "affiliates:end_rate": Access(SHOP | {RIVAL}, POST),
}
