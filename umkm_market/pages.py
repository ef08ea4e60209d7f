"""`python -m umkm_market.pages HOST PORT WORKERS [APPLICATION]`: the pages' server, which nobody sees leave.

Told to stop, it first tells the edge, which asks at `STAYS` several times a second, and serves on until
nothing comes any more. Only then is Granian told. What had just arrived when it closes its sockets would be
lost, and a form that was lost can be sent again by nobody but its sender.
"""

from __future__ import annotations

import os
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import MPServer

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

STAYS = "/staying"
_APPLICATION = "umkm_market.wsgi:application"
_THREADS = 4
# Three questions of the edge: for one that was told last, and for what was on its way meanwhile.
_SETTLING_S = 0.75
_LONGEST_SILENCE_S = 3.0  # the edge may be gone, or all threads busy when it asks
_LONGEST_ANSWER_S = 20
_BEGINNING_S = 1.0


class PagesServer(MPServer):
    """Granian with an announcement before its end."""

    def __init__(self, target: str, host: str, port: int, *, workers: int) -> None:
        super().__init__(
            target,
            address=host,
            port=port,
            interface=Interfaces.WSGI,
            workers=workers,
            blocking_threads=_THREADS,
            backlog=2048,
            respawn_failed_workers=True,
            workers_kill_timeout=_LONGEST_ANSWER_S,
            log_level=LogLevels.warning,
        )

    def shutdown(self, exit_code: int = 0) -> None:
        _say_goodbye()
        _let_begin()
        super().shutdown(exit_code)  # type: ignore[no-untyped-call]


def main() -> None:
    host, port, workers, target = [*sys.argv[1:], _APPLICATION][:4]
    with tempfile.TemporaryDirectory(prefix="pages-") as folder:
        os.environ["PAGES_FOLDER"] = folder
        PagesServer(target, host, int(port), workers=int(workers)).serve(target_loader=_load)


def _say_goodbye() -> None:
    """Have an edge that asks hear that this server leaves."""
    _sign("leaving").touch()
    if not _sign("asked").exists():
        return
    until = time.monotonic() + _LONGEST_SILENCE_S
    while not _sign("told").exists() and time.monotonic() < until:
        time.sleep(0.05)
    time.sleep(_SETTLING_S)


def _let_begin() -> None:
    """A worker that has just begun to serve misses the one word that tells it to stop."""
    if _sign("loaded").exists():
        time.sleep(max(0.0, _sign("loaded").stat().st_mtime + _BEGINNING_S - time.time()))


def _load(target: str) -> Application:
    """The application as a worker loads it.

    Until Granian gives the worker its own, it has its parent's way of hearing a signal, which ends no worker.
    """
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    module, _, name = target.partition(":")
    application = getattr(__import__(module, fromlist=[name]), name)
    _sign("loaded").touch()
    return telling_the_edge(application)


def telling_the_edge(application: Application) -> Application:
    """`application`, and whether this server stays, told without any of it."""

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if environ["PATH_INFO"] != STAYS:
            return application(environ, start_response)
        leaves = _sign("leaving").exists()
        _sign("told" if leaves else "asked").touch()
        start_response("503 Service Unavailable" if leaves else "200 OK", [("Content-Type", "text/plain")])
        return [b"leaving" if leaves else b"staying"]

    return answer


def _sign(name: str) -> Path:
    """A file by which the server and its workers tell each other one thing."""
    return Path(os.environ["PAGES_FOLDER"]) / name


if __name__ == "__main__":
    main()
