"""Caches that pages can do without: while Valkey is gone, they know nothing and keep nothing.

`caches["spare"]` is for what is only asked again. What must not be let through unseen, as the limits on
logging in, stays in the default cache, which fails.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

R = TypeVar("R")
MOST_STALE_S = 300


def _unless_gone(otherwise: R) -> Callable[[Callable[..., R]], Callable[..., R]]:
    def decorate(ask: Callable[..., R]) -> Callable[..., R]:
        @wraps(ask)
        def asked(*arguments: Any, **options: Any) -> R:
            try:
                return ask(*arguments, **options)
            except RedisError:
                return otherwise

        return asked

    return decorate


class SpareCache(RedisCache):
    """What is not named here is not used, and fails as ever."""

    set = _unless_gone(None)(RedisCache.set)
    add = _unless_gone(False)(RedisCache.add)
    delete = _unless_gone(False)(RedisCache.delete)
    has_key = _unless_gone(False)(RedisCache.has_key)
    delete_many = _unless_gone(None)(RedisCache.delete_many)

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        try:
            return super().get(key, default, version)
        except RedisError:
            return default


class SessionCache(SpareCache):
    """Sessions lie in the database; a copy that a log-out could not forget dies soon."""

    def set(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        seconds = self.get_backend_timeout(timeout)
        super().set(key, value, MOST_STALE_S if seconds is None else min(seconds, MOST_STALE_S), version)
