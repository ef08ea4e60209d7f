"""Under which names the cache knows what the media process tells of a show. All of it may be lost."""

from __future__ import annotations


def meter_key(code: str) -> str:
    """How well a show arrives, for a few seconds."""
    return f"live-meter:{code}"


def standing_key(code: str) -> str:
    """Whether the engine beside us has a show's pictures."""
    return f"live-engine:{code}"
