"""The media process alone, with its doors open, on a free port and in a folder that is gone afterwards."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.waiting import until_it_answers
from umkm_market.engines import free_port

_PROJECT = Path(__file__).resolve().parent.parent.parent
_LOADS_WITHIN_S = 60


@dataclass(frozen=True)
class MediaProcess:
    """A running one: where it is, and where it writes."""

    port: int
    root: Path
    pid: int

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.port}"

    @property
    def url(self) -> str:
        return f"http://{self.address}"


@contextmanager
def media_process() -> Iterator[MediaProcess]:
    with tempfile.TemporaryDirectory(prefix="media-") as root:
        port = free_port()
        environment = {**os.environ, "GLASS_ROOT": root}
        process = subprocess.Popen(_command(port), cwd=_PROJECT, env=environment, stdout=sys.stderr)
        try:
            started = MediaProcess(port, Path(root), process.pid)
            until_it_answers(f"{started.url}/media-live/health", _LOADS_WITHIN_S)
            yield started
        finally:
            process.terminate()
            process.wait(10)


def _command(port: int) -> list[str]:
    return [
        sys.executable,
        *("-m", "uvicorn", "bench.glass.site:application", "--port", str(port)),
        *("--ws-max-size", "2097152", "--ws-per-message-deflate", "false"),
        *("--log-level", "warning", "--no-access-log"),
    ]
