"""How many sockets a person has open, in all processes: of too many only the newest stay."""

from __future__ import annotations

import secrets
import time
from collections import defaultdict

import redis
from redis import asyncio as async_redis

MOST_SOCKETS = 5  # of one person
KEPT_FOR = 24 * 3600
PROCESS_ALIVE_FOR = 30


class Doors:
    """Tells Valkey about this process's sockets and learns which of the market's are too many.

    While Valkey is away each process counts its own.
    """

    def __init__(self, valkey: async_redis.Redis) -> None:
        self._valkey = valkey
        self._process = secrets.token_hex(4)
        self._numbers = 0
        self._opened: defaultdict[int, dict[str, float]] = defaultdict(dict)
        self._closed: defaultdict[int, set[str]] = defaultdict(set)

    def opened(self, user_id: int) -> str:
        """The name of a new socket of this person."""
        self._numbers += 1
        name = f"{self._process}:{self._numbers}"
        self._opened[user_id][name] = time.time()
        return name

    def closed(self, user_id: int, name: str) -> None:
        if name in self._opened[user_id]:
            del self._opened[user_id][name]
        else:
            self._closed[user_id].add(name)

    async def too_many(self) -> list[str]:
        """Names of sockets, here and elsewhere, that must close because their persons opened newer ones."""
        opened, closed = dict(self._opened), dict(self._closed)
        self._opened.clear()
        self._closed.clear()
        try:
            full = await self._exchange(opened, closed)
        except redis.RedisError:
            self._take_back(opened, closed)
            raise
        return [name for user_id in full for name in await self._surplus(user_id)]

    async def _exchange(self, opened: dict[int, dict[str, float]], closed: dict[int, set[str]]) -> list[int]:
        """The persons among these who now have too many."""
        people = [user_id for user_id, names in opened.items() if names]
        pipe = self._valkey.pipeline(transaction=False)
        # With every word about its sockets: after a flush nobody may take this process for a dead one.
        pipe.set(_process_key(self._process), 1, ex=PROCESS_ALIVE_FOR)
        for user_id, gone in closed.items():
            if gone:
                pipe.zrem(_key(user_id), *gone)
        for user_id in people:
            pipe.zadd(_key(user_id), opened[user_id])
            pipe.expire(_key(user_id), KEPT_FOR)
        for user_id in people:
            pipe.zcard(_key(user_id))
        answers = await pipe.execute()
        counts = answers[len(answers) - len(people) :]
        return [user_id for user_id, count in zip(people, counts, strict=True) if count > MOST_SOCKETS]

    async def _surplus(self, user_id: int) -> list[str]:
        """All but the newest; sockets of a process that died are only forgotten."""
        names = [name.decode() for name in await self._valkey.zrevrange(_key(user_id), 0, -1)]
        processes = sorted({_process_of(name) for name in names})
        answers = await self._valkey.mget([_process_key(process) for process in processes])
        alive = {process for process, answer in zip(processes, answers, strict=True) if answer}
        dead = [name for name in names if _process_of(name) not in alive]
        surplus = [name for name in names if _process_of(name) in alive][MOST_SOCKETS:]
        if dead or surplus:
            await self._valkey.zrem(_key(user_id), *dead, *surplus)
        return surplus

    def _take_back(self, opened: dict[int, dict[str, float]], closed: dict[int, set[str]]) -> None:
        for user_id, names in opened.items():
            self._opened[user_id].update(names)
        for user_id, gone in closed.items():
            self._closed[user_id] |= gone


def _key(user_id: int) -> str:
    return f"market:live:sockets:{user_id}"


def _process_key(process: str) -> str:
    return f"market:live:process:{process}"


def _process_of(name: str) -> str:
    return name.partition(":")[0]
