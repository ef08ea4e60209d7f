"""All places of a room's deals at once."""

from __future__ import annotations

from typing import Any

from livestream.models import LiveSession


def strip_of(session: LiveSession) -> dict[str, Any]:
    """What each place of the room shows now; a place's template stands in `deals/_strip.html`."""
    return {"session": session}
