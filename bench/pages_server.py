"""The server of the pages as `make run` starts it, on a port of its own and on any database."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from bench.waiting import until_it_answers
from umkm_market.engines import free_port

WORKERS, THREADS = 2, 4


@contextmanager
def serving(database_url: str, **environment: str) -> Iterator[int]:
    """Granian with two workers; gives its port."""
    port = free_port()
    command = [
        *(str(Path(sys.executable).parent / "granian"), "--interface", "wsgi"),
        *("--host", "127.0.0.1", "--port", str(port), "--workers", str(WORKERS)),
        *("--blocking-threads", str(THREADS), "--backlog", "2048", "--log-level", "warning"),
        "umkm_market.wsgi:application",
    ]
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
