"""Who may call the addresses of people's own pages."""

from __future__ import annotations

from typing import Any

from tests.access.rules import BUYER, EVERYONE, MEMBERS, Access

FORM = frozenset({"GET", "POST"})


def _address(world: Any) -> dict[str, Any]:
    return {"pk": world.address.pk}


ACCESS = {
    "accounts:home": Access(MEMBERS),
    "accounts:profile": Access(MEMBERS, FORM, fields=lambda world: {"name": "Nama Baru"}),
    "accounts:addresses": Access(MEMBERS),
    "accounts:address_new": Access(MEMBERS, FORM),
    "accounts:address_edit": Access(frozenset({BUYER}), FORM, kwargs=_address),
    "accounts:address_delete": Access(frozenset({BUYER}), FORM, kwargs=_address),
    "accounts:regencies": Access(EVERYONE),
    "accounts:areas": Access(EVERYONE),
}
