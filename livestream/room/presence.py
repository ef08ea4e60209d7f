"""Who is there and how much is liked, counted in Valkey; pages read the same numbers."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache

import redis
from django.conf import settings
from redis import asyncio as async_redis

GONE_AFTER = 30  # seconds without a sign of life
SIGN_EVERY = 10.0
KEPT_FOR = 24 * 3600
TIMEOUT = 2.0


def _viewers_key(session_id: int) -> str:
    return f"market:live:{session_id}:viewers"


def _likes_key(session_id: int) -> str:
    return f"market:live:{session_id}:likes"


@dataclass(slots=True)
class Audience:
    """The people of one room in this process, and what the whole market counted last."""

    session_id: int
    likes: int = 0
    viewers: int = 0
    peak: int = 0
    new_likes: int = 0
    seats: dict[str, int] = field(default_factory=dict)  # seat -> open sockets
    _left: set[str] = field(default_factory=set)
    _came: set[str] = field(default_factory=set)
    _signed_at: float = 0.0

    def came(self, seat: str) -> None:
        self.seats[seat] = self.seats.get(seat, 0) + 1
        self._left.discard(seat)
        if self.seats[seat] == 1:
            self._came.add(seat)
        self.viewers = max(self.viewers, len(self.seats))

    def left(self, seat: str) -> None:
        self.seats[seat] -= 1
        if not self.seats[seat]:
            del self.seats[seat]
            self._came.discard(seat)
            self._left.add(seat)

    def signs(self, now: float) -> list[str]:
        """Seats to write down: newcomers at once, everyone now and then."""
        if now - self._signed_at >= SIGN_EVERY:
            self._signed_at = now
            self._came.clear()
            return list(self.seats)
        came, self._came = self._came, set()
        return list(came)

    def farewells(self) -> list[str]:
        left, self._left = self._left, set()
        return list(left)


class Counters:
    """Adds this process's people and likes to everyone's, one round trip for all rooms."""

    def __init__(self) -> None:
        self._valkey: async_redis.Redis = async_redis.from_url(
            settings.REDIS_URL, socket_timeout=TIMEOUT, socket_connect_timeout=TIMEOUT
        )

    async def exchange(self, audiences: Iterable[Audience]) -> None:
        """Afterwards `likes`, `viewers` and `peak` are the market's; a failure loses no like."""
        rooms = [(audience, audience.new_likes) for audience in audiences]
        if not rooms:
            return
        now = time.time()
        pipe = self._valkey.pipeline(transaction=False)
        for audience, likes in rooms:
            self._say(pipe, audience, likes, now)
        try:
            answers = await pipe.execute()
        except redis.RedisError:
            for audience, _ in rooms:
                audience._signed_at = 0.0  # sign everybody in again next time
            raise
        for (audience, likes), total, viewers in zip(rooms, answers[1::6], answers[5::6], strict=True):
            audience.likes, audience.viewers = total, viewers
            audience.peak = max(audience.peak, viewers)
            audience.new_likes -= likes

    async def close(self) -> None:
        await self._valkey.aclose()

    def _say(self, pipe: async_redis.client.Pipeline, audience: Audience, likes: int, now: float) -> None:
        """Six commands for each room, in a fixed order."""
        viewers, total = _viewers_key(audience.session_id), _likes_key(audience.session_id)
        signs, farewells = audience.signs(now), audience.farewells()
        # After a flush the count goes on from what this room saw last.
        pipe.set(total, audience.likes, nx=True, ex=KEPT_FOR)
        pipe.incrby(total, likes)
        pipe.zadd(viewers, dict.fromkeys(signs, now) or {"": 0.0})
        pipe.zrem(viewers, "", *farewells)
        pipe.zremrangebyscore(viewers, 0, now - GONE_AFTER)
        pipe.zcard(viewers)


def count_viewers(session_ids: Iterable[int]) -> dict[int, int]:
    """How many watch each session now; nought everywhere while Valkey is away."""
    wanted = list(session_ids)
    since = time.time() - GONE_AFTER
    pipe = _pages_valkey().pipeline(transaction=False)
    for session_id in wanted:
        pipe.zcount(_viewers_key(session_id), since, "+inf")
    try:
        return dict(zip(wanted, pipe.execute(), strict=True))
    except redis.RedisError:
        return dict.fromkeys(wanted, 0)


@cache
def _pages_valkey() -> redis.Redis:
    return redis.Redis.from_url(settings.REDIS_URL, socket_timeout=TIMEOUT, socket_connect_timeout=TIMEOUT)
