"""How often somebody may do something."""

from __future__ import annotations

from django.core.cache import cache


def is_too_fast(key: str, *, most: int, within: int) -> bool:
    """Count one more; true when that makes more than `most` in `within` seconds."""
    key = f"pace:{key}"
    cache.add(key, 0, timeout=within)
    try:
        return int(cache.incr(key)) > most
    except ValueError:  # ran out in between
        return False
