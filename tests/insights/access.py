"""Who may see the numbers of a show."""

from __future__ import annotations

from typing import Any

from tests.access.rules import CREW, Access


def _code(world: Any) -> dict[str, Any]:
    return {"code": world.session.code}


ACCESS: dict[str, Access] = {
    "insights:board": Access(CREW, kwargs=_code),
    "insights:report": Access(CREW, kwargs=_code),
    "insights:sheet": Access(CREW, kwargs=lambda world: {**_code(world), "name": "waktu"}),
}
