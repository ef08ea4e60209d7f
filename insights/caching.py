"""One answer for everybody who asks within a few seconds."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

import redis
from django.core.cache import cache

T = TypeVar("T")

STALE_AFTER = 20.0  # seconds in which an older answer may stand in while somebody works out a new one
WORKING_FOR = 5


def shared(key: str, *, seconds: float, work_out: Callable[[], T]) -> T:
    """What was worked out at most so many seconds ago; of many who ask at once, one works.

    Without the cache everybody works for themselves.
    """
    try:
        kept: tuple[float, T] | None = cache.get(key)
        age = time.time() - kept[0] if kept else STALE_AFTER
        if kept and age < seconds:
            return kept[1]
        if kept and age < STALE_AFTER and not cache.add(f"{key}:busy", True, WORKING_FOR):
            return kept[1]
        fresh = work_out()
        cache.set(key, (time.time(), fresh), STALE_AFTER)
        cache.delete(f"{key}:busy")
    except redis.RedisError:
        return work_out()
    return fresh
