"""One room for twenty minutes: chat, hearts and people who come and go, on both servers at once.

Memory must be flat once everybody is in. `SOAK_MINUTES` and `SOAK_SOCKETS` make it longer or larger.
"""

from __future__ import annotations

import asyncio
import os
import random
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from typing import Any

import uvloop

from bench.chat import servers
from bench.chat.contestants import SPEAKERS, Contestant, invite, our_room
from bench.chat.servers import Server
from bench.checkout import scratch_database
from bench.crowd import Reply, token
from bench.line import Line, open_line
from bench.pages_server import database_url
from bench.report import Figures, figure
from umkm_market.engines import free_port

CHAT_RATE, LIKE_RATE, CHANGE_RATE = 5.0, 20.0, 5.0  # a second, in the whole room
SIGN_EVERY = 15.0
TELL_EVERY = 30.0
SETTLED_AFTER = 0.25  # of the time; until then a process may still grow into its work


def run(options: Mapping[str, Any]) -> Figures:
    minutes = 1.0 if options.get("quick") else float(os.environ.get("SOAK_MINUTES", 20))
    sockets = int(os.environ.get("SOAK_SOCKETS", 1_000))
    with scratch_database() as name, ExitStack() as stack:
        room, database = our_room(invite()), database_url(name)
        ports = free_port(), free_port()
        commands = servers.daphne(servers.OURS, ports[0]), servers.uvicorn(servers.OURS, ports[1])
        both = [
            stack.enter_context(servers.serving(command, port, database))
            for command, port in zip(commands, ports, strict=True)
        ]
        soak = _Soak(room, both, sockets)
        uvloop.run(soak.run(minutes * 60))
    return soak.figures()


@dataclass
class _Soak:
    room: Contestant
    servers: Sequence[Server]
    sockets: int
    lines: dict[int, _Viewer] = field(default_factory=dict)
    memory: list[tuple[int, ...]] = field(default_factory=list)  # KiB of each server, every half minute
    heard: int = 0
    changes: int = 0
    failures: int = 0
    said: int = 0

    async def run(self, seconds: float) -> None:
        for number in range(self.sockets):
            await self._enter(number)
        work = [
            asyncio.create_task(_often(CHAT_RATE, self._chat)),
            asyncio.create_task(_often(LIKE_RATE, self._like)),
            asyncio.create_task(_often(self.sockets / SIGN_EVERY, self._sign)),
            asyncio.create_task(self._come_and_go()),
        ]
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            await asyncio.sleep(min(TELL_EVERY, end - time.monotonic()))
            self._tell()
        for task in work:
            task.cancel()

    def figures(self) -> Figures:
        settled = self.memory[int(len(self.memory) * SETTLED_AFTER) :]
        names = ("daphne", "uvicorn")
        found: Figures = {
            "changes": figure(self.changes, "sockets"),
            "failed_handshakes": figure(self.failures, "sockets"),
            "heard": figure(self.heard, "messages"),
        }
        for place, name in enumerate(names):
            first, last = settled[0][place], settled[-1][place]
            found[f"{name}_pss_mb"] = figure(last / 1024, "MB", first / 1024)
        return found

    async def _enter(self, number: int) -> None:
        server = self.servers[number % len(self.servers)]
        try:
            self.lines[number] = await open_line(
                lambda: _Viewer(self, self.room.reply),
                server.port,
                self.room.path(number),
                self.room.headers(number),
            )
        except (OSError, TimeoutError):
            self.failures += 1

    async def _come_and_go(self) -> None:
        while True:
            await asyncio.sleep(1 / CHANGE_RATE)
            number = random.randrange(self.sockets)
            if line := self.lines.pop(number, None):
                line.transport.abort()
            await self._enter(number)
            self.changes += 1

    def _chat(self) -> None:
        self.said += 1
        self._anybody(SPEAKERS).say(self.room.template(token(self.said, time.monotonic())))

    def _like(self) -> None:
        self._anybody().say(self.room.like)

    def _sign(self) -> None:
        self._anybody().say('{"type":"here"}')

    def _anybody(self, most: int | None = None) -> _Viewer:
        number = random.choice(list(self.lines))
        return self.lines[number] if most is None or number < most else self._anybody(most)

    def _tell(self) -> None:
        self.memory.append(tuple(server.pss_kib for server in self.servers))
        pss = ", ".join(f"{kib / 1024:.1f} MB" for kib in self.memory[-1])
        print(
            f"  {len(self.memory) * TELL_EVERY / 60:.1f} min: {pss}; {self.changes} came and went, "
            f"{self.failures} failed, {self.heard:,} heard of {self.said:,} said",
            file=sys.stderr,
            flush=True,
        )


class _Viewer(Line):
    def __init__(self, soak: _Soak, reply: Reply | None) -> None:
        super().__init__()
        self._soak = soak
        self._reply = reply

    def heard(self, text: bytes) -> None:
        if self._reply:
            self.say(self._reply(text))
            self._reply = None
        self._soak.heard += text.count(b'"kind":"chat"')


async def _often(rate: float, act: Any) -> None:
    while True:
        await asyncio.sleep(1 / rate)
        with suppress(RuntimeError):  # a socket that was just closed
            act()
