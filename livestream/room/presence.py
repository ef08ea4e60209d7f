"""Who is there and how much is liked, counted in Valkey; pages read the same numbers."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import redis
from django.conf import settings
from redis import asyncio as async_redis

from livestream.room import seats
from livestream.room.audience import ALIVE_FOR, Audience

KEPT_FOR = 24 * 3600
TIMEOUT = 2.0


def _key(session_id: int, name: str) -> str:
    return f"market:live:{session_id}:{name}"


def _viewers_key(session_id: int) -> str:
    return _key(session_id, "viewers")


@dataclass(slots=True)
class _Asked:
    """What was said to Valkey about one room, and where in the pipeline its answers stand."""

    audience: Audience
    likes: int
    newcomers: list[str]
    stayers: list[str]
    missed: list[str]
    places: dict[str, int] = field(default_factory=dict)


class Counters:
    """Adds this process's people and likes to everyone's, one round trip for all rooms."""

    def __init__(self) -> None:
        self.valkey: async_redis.Redis = async_redis.from_url(
            settings.REDIS_URL, socket_timeout=TIMEOUT, socket_connect_timeout=TIMEOUT
        )

    async def exchange(self, audiences: Iterable[Audience]) -> None:
        """Afterwards `likes`, `viewers` and `peak` are the market's; a failure loses no like."""
        now = time.time()
        pipe = self.valkey.pipeline(transaction=False)
        asked = [_ask(pipe, audience, now) for audience in audiences]
        if not asked:
            return
        try:
            answers = await pipe.execute()
        except redis.RedisError:
            for room in asked:
                room.audience.sign_in_again()
            raise
        for room in asked:
            _learn(room, {name: answers[place] for name, place in room.places.items()}, now)

    async def close(self) -> None:
        await self.valkey.aclose()


def _ask(pipe: async_redis.client.Pipeline, audience: Audience, now: float) -> _Asked:
    viewers, total = _viewers_key(audience.session_id), _key(audience.session_id, "likes")
    signs, farewells = audience.signs(now), audience.farewells()
    asked = _Asked(
        audience,
        likes=audience.new_likes,
        newcomers=audience.newcomers(),
        stayers=audience.stayers(),
        missed=audience.missed(now),
    )
    # After a flush the count goes on from what this room saw last.
    pipe.set(total, audience.likes, nx=True, ex=KEPT_FOR)
    _note(asked, pipe, "likes", pipe.incrby(total, asked.likes))
    pipe.zadd(viewers, signs or {"": 0.0})
    pipe.zrem(viewers, "", *farewells)
    pipe.zremrangebyscore(viewers, 0, now - ALIVE_FOR)
    _note(asked, pipe, "viewers", pipe.zcard(viewers))
    if asked.missed:
        _note(asked, pipe, "missed", pipe.zmscore(viewers, asked.missed))
    for name, people in (("entered", asked.newcomers), ("stayed", asked.stayers)):
        if people:
            key = _key(audience.session_id, name)
            _note(asked, pipe, name, pipe.sadd(key, *people))
            pipe.expire(key, KEPT_FOR)
    return asked


def _note(asked: _Asked, pipe: async_redis.client.Pipeline, name: str, _: Any) -> None:
    """The answer to what was just added stands here."""
    asked.places[name] = len(pipe) - 1


def _learn(asked: _Asked, answers: dict[str, Any], now: float) -> None:
    audience = asked.audience
    audience.likes, audience.new_likes = answers["likes"], audience.new_likes - asked.likes
    audience.viewers = answers["viewers"]
    audience.peak = max(audience.peak, audience.viewers)
    entered, stayed = answers.get("entered", 0), answers.get("stayed", 0)
    audience.counted(now, likes=asked.likes, entered=entered, stayed=stayed)
    audience.recognise(asked.newcomers, asked.stayers)
    scores = answers.get("missed", [])
    audience.forget({seat: score is not None for seat, score in zip(asked.missed, scores, strict=True)})


def count_viewers(session_ids: Iterable[int]) -> dict[int, int]:
    """How many watch each session now; nought everywhere while Valkey is away."""
    wanted = list(session_ids)
    since = time.time() - ALIVE_FOR
    pipe = _pages_valkey().pipeline(transaction=False)
    for session_id in wanted:
        pipe.zcount(_viewers_key(session_id), since, "+inf")
    try:
        return dict(zip(wanted, pipe.execute(), strict=True))
    except redis.RedisError:
        return dict.fromkeys(wanted, 0)


def people_present(session_id: int) -> list[int]:
    """Who is logged in and watches now; nobody while Valkey is away."""
    since = time.time() - ALIVE_FOR
    try:
        present: Any = _pages_valkey().zrangebyscore(_viewers_key(session_id), since, "+inf")
    except redis.RedisError:
        return []
    names = [name.decode() for name in present]
    return [int(name[1:]) for name in names if seats.is_person(name)]


@cache
def _pages_valkey() -> redis.Redis:
    return redis.Redis.from_url(settings.REDIS_URL, socket_timeout=TIMEOUT, socket_connect_timeout=TIMEOUT)
