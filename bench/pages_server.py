"""The server of the pages as `make run` starts it, on a port of its own and on any database."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from django.conf import settings

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
        _wait_for(f"http://127.0.0.1:{port}/livez")
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


def _wait_for(url: str, seconds: float = 90) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with suppress(URLError, OSError), urlopen(url, timeout=2):  # noqa: S310
            return
        time.sleep(0.1)
    raise TimeoutError(url)
