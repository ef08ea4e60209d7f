"""The whole market as `make run` runs it, on a database of its own inside the test engines."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from umkm_market.engines import BASE_DIR, free_port

# The market's clocks, short enough for a story to reach its end.
CLOCKS = {"RETURN_WINDOW_SECONDS": "2", "LIVE_GRACE_SECONDS": "20"}


@dataclass(frozen=True)
class Market:
    """A running market: where it is, and who and what was put into it."""

    url: str
    environment: dict[str, str]
    seeded: dict[str, Any]

    def run(self, *arguments: str) -> str:
        """One command against this market's data; what it printed."""
        done = subprocess.run(
            [sys.executable, *arguments],
            check=False,
            cwd=BASE_DIR,
            env=self.environment,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout


@contextmanager
def open_market(var: Path) -> Iterator[Market]:
    port = free_port()
    environment = {
        **os.environ,
        **CLOCKS,
        "VAR": str(var),
        "PORT": str(port),
        "DEMO": "0",
        "SITE_URL": f"http://127.0.0.1:{port}",
        "DATABASE_URL": _fresh_database(),
        "REDIS_URL": os.environ["REDIS_URL"].rpartition("/")[0] + "/15",
    }
    # Hashing static files takes a while; they are made again only when they changed.
    environment |= {"STATIC_ROOT": str(BASE_DIR / "var" / "test-static"), "STATIC_SQUEEZED": "0"}
    for name in ("MEDIA_ROOT", "LIVE_ROOT", "HASHED_STATIC"):
        environment.pop(name, None)
    output = (var / "market.txt").open("w+")
    process = subprocess.Popen(
        [sys.executable, "-m", "umkm_market.market"],
        cwd=BASE_DIR,
        env=environment,
        stdout=output,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    try:
        _wait_until_ready(port, process, Path(output.name))
        market = Market(f"http://127.0.0.1:{port}", environment, {})
        seeded = json.loads(market.run("-m", "tests.journeys.seed").splitlines()[-1])
        yield Market(market.url, environment, seeded)
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(60)


def _fresh_database() -> str:
    base, name = os.environ["DATABASE_URL"], f"journeys_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"
    with psycopg.connect(base, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        connection.execute(f"CREATE DATABASE {name}")
    head, _, query = base.partition("?")
    return f"{head.rpartition('/')[0]}/{name}?{query}"


def _wait_until_ready(port: int, process: subprocess.Popen[bytes], output: Path) -> None:
    end = time.monotonic() + 240
    while time.monotonic() < end:
        if process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=2):
                return
        except OSError:
            time.sleep(0.2)
    raise AssertionError(f"the market did not open:\n{output.read_text()}")
