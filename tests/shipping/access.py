"""Who may call the addresses of sending."""

from __future__ import annotations

from typing import Any

from tests.access.rules import RIVAL, SHOP, Access

FORM, POST = frozenset({"GET", "POST"}), frozenset({"POST"})


def _tariff(world: Any) -> dict[str, Any]:
    from shipping.operations import set_tariff

    tariff = set_tariff(world.shop, area="34", place="DI Yogyakarta", fee=9_000, is_per_kilogram=False)
    return {"pk": tariff.pk}


ACCESS = {
    "shipping:setup": Access(SHOP | {RIVAL}, FORM, fields=lambda world: {"free_from": "100000"}),
    "shipping:tariff_set": Access(SHOP | {RIVAL}, POST, fields=lambda world: {"fee": "9000"}),
    "shipping:tariff_drop": Access(SHOP, POST, kwargs=_tariff),
    "biteship_notice": Access(frozenset(), POST),
}
