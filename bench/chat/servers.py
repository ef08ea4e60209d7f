"""The servers of the bench, each with one core for itself; the bench keeps to the others."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

OURS, STOCK = "umkm_market.asgi:application", "bench.stock_chat:application"
UNBATCHED = "bench.unbatched_room:application"


@dataclass(frozen=True)
class Server:
    """One process that listens."""

    process: subprocess.Popen[bytes]
    port: int

    @property
    def pss_kib(self) -> int:
        """The memory that it alone is to blame for."""
        text = Path(f"/proc/{self.process.pid}/smaps_rollup").read_text()
        return next(int(line.split()[1]) for line in text.splitlines() if line.startswith("Pss:"))


def daphne(application: str, port: int) -> list[str]:
    """Bare for the stock application; ours as `make run` starts it."""
    module = "daphne" if application == STOCK else "umkm_market.rooms"
    return [*_python(module), "-b", "127.0.0.1", "-p", str(port), "-v", "0", application]


def uvicorn(application: str, port: int) -> list[str]:
    """As docs/production.md starts it, with the shortcut for ready frames."""
    return [
        *[*_python("uvicorn"), "--host", "127.0.0.1", "--port", str(port), "--log-level", "warning"],
        *["--ws", "livestream.room.shortcut:RoomProtocol", "--ws-per-message-deflate", "false"],
        *["--ws-max-size", "65536", "--backlog", "4096", "--no-access-log", application],
    ]


def _python(module: str) -> list[str]:
    return [sys.executable, "-m", module]


@contextmanager
def serving(command: Sequence[str], port: int, database: str) -> Iterator[Server]:
    """The process while the block lasts."""
    # The whole crowd comes from one address.
    own = {"DATABASE_URL": database, "LOG_LEVEL": "ERROR", "ROOM_SOCKETS_PER_ADDRESS": "0"}
    surroundings = {**os.environ, **own}
    process = subprocess.Popen(command, cwd=settings.BASE_DIR, env=surroundings, stdout=subprocess.DEVNULL)
    cores = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else []
    try:
        _wait_for(port)
        if len(cores) > 1:
            _keep_to(process.pid, {cores[0]})
            _keep_to(0, set(cores[1:]))
        yield Server(process, port)
    finally:
        process.kill()
        process.wait()
        if len(cores) > 1:
            _keep_to(0, set(cores))


def _keep_to(pid: int, cores: set[int]) -> None:
    """All threads of a process; those it starts later follow."""
    threads = os.listdir(f"/proc/{pid or os.getpid()}/task")
    for thread in threads:
        with suppress(ProcessLookupError):
            os.sched_setaffinity(int(thread), cores)


def _wait_for(port: int, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), 0.5):
            return
        time.sleep(0.1)
    raise TimeoutError(f"nothing answers on port {port}")
