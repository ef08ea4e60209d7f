"""Who may call the addresses of notices."""

from __future__ import annotations

from typing import Any

from inbox.models import Kind
from inbox.operations import Message, tell
from inbox.tokens import off_token
from tests.access.rules import BUYER, EVERYONE, MEMBERS, Access


def _notice(world: Any) -> Any:
    tell(
        world.buyer,
        kind=Kind.ORDER,
        key="access",
        compose=lambda: Message("Pesananmu dikirim", "Lewat JNE", "/pesanan/"),
    )
    return world.buyer.notices.get(key="access")


POST = frozenset({"POST"})
BOTH = frozenset({"GET", "POST"})
ACCESS = {
    "inbox:list": Access(MEMBERS),
    "inbox:read_all": Access(MEMBERS, POST),
    "inbox:wishes": Access(MEMBERS, BOTH),
    "inbox:push_on": Access(MEMBERS, POST),
    "inbox:push_off": Access(MEMBERS, POST),
    "inbox:off": Access(EVERYONE, BOTH, kwargs=lambda world: {"token": off_token(_notice(world))}),
    "inbox:open": Access(frozenset({BUYER}), POST, kwargs=lambda world: {"pk": _notice(world).pk}),
}
