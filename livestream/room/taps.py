"""Who opened a buy sheet in a room: gathered in Valkey, each person and product once, until it is stored.

Looking at a product must never wait for counting it: what Valkey does not take at once is lost.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import redis
from django.conf import settings
from django.core.validators import slug_re

KEY = "market:live:taps"
MOST_WAITING = 20_000
KEPT_FOR = 3600
TIMEOUT = 0.25  # seconds
GATHER = """
if redis.call('HLEN', KEYS[1]) < tonumber(ARGV[3]) then
    redis.call('HSETNX', KEYS[1], ARGV[1], ARGV[2])
    redis.call('EXPIRE', KEYS[1], ARGV[4])
end
"""


@dataclass(frozen=True, slots=True)
class Tap:
    code: str
    product_id: int
    seat: str
    at: float  # seconds since 1970


def gather(code: str, *, product_id: int, seat: str) -> None:
    """Note it if it can be noted."""
    if not seat or not slug_re.match(code):
        return
    try:
        _valkey().eval(
            GATHER, 1, KEY, f"{code}:{product_id}:{seat}", str(time.time()), str(MOST_WAITING), str(KEPT_FOR)
        )
    except redis.RedisError:
        return


def take() -> list[Tap]:
    """What was gathered since the last time; nobody else gets it."""
    pipe = _valkey().pipeline(transaction=True)
    pipe.hgetall(KEY)
    pipe.delete(KEY)
    try:
        gathered, _ = pipe.execute()
    except redis.RedisError:
        return []
    return list(_read(gathered))


def _read(gathered: dict[bytes, bytes]) -> Iterator[Tap]:
    for name, at in gathered.items():
        code, product_id, seat = name.decode().split(":")
        yield Tap(code, int(product_id), seat, float(at))


@cache
def _valkey() -> redis.Redis:
    return redis.Redis.from_url(settings.REDIS_URL, socket_timeout=TIMEOUT, socket_connect_timeout=TIMEOUT)
