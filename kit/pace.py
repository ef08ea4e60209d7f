"""How often somebody may do something."""

from __future__ import annotations

from django.core.cache import cache
from redis.exceptions import RedisError


def is_too_fast(key: str, *, most: int, within: int) -> bool:
    """Count one more; true when that makes more than `most` in `within` seconds.

    It only spares the market work, so nobody is stopped while Valkey cannot count.
    """
    key = f"pace:{key}"
    try:
        cache.add(key, 0, timeout=within)
        return int(cache.incr(key)) > most
    except (RedisError, ValueError):  # gone, or ran out in between
        return False
