"""One of two room processes dies under load: what do its viewers miss, and what do they see twice?"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from uuid import uuid4

import uvloop
from django.db import connections

from accounts.models import User
from bench.chat import servers
from bench.chat.contestants import path_into, session_on_air
from bench.watchers import Watcher, doubled, jittered, missing, share
from livestream.models import LiveSession
from livestream.operations import chat as operations
from umkm_market.engines import free_port

CROWD, MESSAGES, RATE = 300, 120, 30.0
PATIENCE_S = 30.0


@dataclass(frozen=True)
class Losses:
    missing: int
    missing_without_resume: int
    doubled: int
    back_p99_s: float


def kill_one(database: str, speaker: User) -> Losses:
    """Every second viewer comes back without saying where it was, to show what resuming is worth."""
    session, ports = session_on_air(), [free_port(), free_port()]
    watchers = [
        Watcher(path_into(session, number), ports, jittered(CROWD), resumes=number % 2 == 0)
        for number in range(CROWD)
    ]
    with ExitStack() as stack:
        doomed, _ = (
            stack.enter_context(servers.serving(servers.uvicorn(servers.OURS, port), port, database))
            for port in ports
        )
        uvloop.run(_Show(session, speaker, watchers, doomed.process.kill).run())
    return _losses(watchers)


@dataclass(frozen=True)
class _Show:
    session: LiveSession
    speaker: User
    watchers: Sequence[Watcher]
    kill: Callable[[], None]

    async def run(self) -> None:
        watching = []
        for watcher in self.watchers:
            watching.append(asyncio.create_task(watcher.watch(MESSAGES + 1)))
            await asyncio.sleep(0.003)
        await self._all_are_there()
        await asyncio.to_thread(self._say_all_and_kill)
        await self._all_are_there()
        await asyncio.to_thread(self._say_one, "akhir")
        _, late = await asyncio.wait(watching, timeout=PATIENCE_S)
        for task in late:
            task.cancel()

    async def _all_are_there(self) -> None:
        async with asyncio.timeout(PATIENCE_S):
            while not all(watcher.is_there for watcher in self.watchers):
                await asyncio.sleep(0.05)

    def _say_all_and_kill(self) -> None:
        for number in range(MESSAGES):
            if number == MESSAGES // 3:
                self.kill()
            self._say(f"pesan {number}")
            time.sleep(1 / RATE)
        connections.close_all()

    def _say_one(self, text: str) -> None:
        self._say(text)
        connections.close_all()

    def _say(self, text: str) -> None:
        operations.say(self.session, sender=self.speaker, text=text, client_id=uuid4())


def _losses(watchers: Sequence[Watcher]) -> Losses:
    resuming, forgetful = watchers[::2], watchers[1::2]
    numbers = range(1, MESSAGES + 1)
    return Losses(
        missing=missing(resuming, numbers),
        missing_without_resume=missing(forgetful, numbers),
        doubled=doubled(watchers),
        back_p99_s=share([seconds for watcher in watchers for seconds in watcher.returns], 0.99),
    )
