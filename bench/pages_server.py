"""The server of the pages as `make run` starts it, on a port of its own and on any database."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from bench.waiting import until_it_answers
from umkm_market.engines import free_port

WORKERS = 2


@contextmanager
def serving(database_url: str, **environment: str) -> Iterator[int]:
    """Granian with two workers; gives its port."""
    port = free_port()
    command = [sys.executable, "-m", "umkm_market.pages", "127.0.0.1", str(port), str(WORKERS)]
    surroundings = {
        **os.environ,
        "DATABASE_URL": database_url,
        "SITE_URL": f"http://127.0.0.1:{port}",
        "LOG_LEVEL": "ERROR",
        **environment,
    }
    server = subprocess.Popen(command, cwd=settings.BASE_DIR, env=surroundings)
    try:
        until_it_answers(f"http://127.0.0.1:{port}/livez", 90)
        yield port
    finally:
        _stop(server)


def cpu_seconds() -> float:
    """What the workers of the servers started here have used of the processor so far."""
    parents, used = {}, {}
    for place in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            fields = (place / "stat").read_text().rpartition(")")[2].split()
            parents[int(place.name)] = int(fields[1])
            used[int(place.name)] = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    ours = {os.getpid()}
    while grown := {pid for pid, parent in parents.items() if parent in ours} - ours:
        ours |= grown
    return sum(used[pid] for pid in ours - {os.getpid()} if "umkm_market.pages" in _words_of(pid))


def _words_of(pid: int) -> str:
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_text()
    return ""


def database_url(name: str) -> str:
    """The address of another database on the server that Django uses."""
    ours = settings.DATABASES["default"]
    place = f"{ours['USER']}:{ours['PASSWORD']}@" if ours["PASSWORD"] else f"{ours['USER']}@"
    host = str(ours["HOST"])
    if host.startswith("/"):
        return f"postgres://{place}/{name}?host={host}"
    return f"postgres://{place}{host}{':' + str(ours['PORT']) if ours['PORT'] else ''}/{name}"


def _stop(server: subprocess.Popen[bytes]) -> None:
    server.terminate()
    try:
        server.wait(30)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()
