"""How far behind the seller a shopper is, measured from camera to screen in real Chromium.

The baseline is a stock HLS player on the same segments, measured in the same run.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench.glass.measure import ages, chromium, first_frames, seller
from bench.report import Figures, figure
from umkm_market.engines import free_port

_PROJECT = Path(__file__).resolve().parent.parent
_WARM_S = 6.0  # a live playlist needs a few segments before players can start


def run(options: Mapping[str, Any]) -> Figures:
    """Latencies in milliseconds: `near` over the socket, `far` over HLS."""
    seconds, first_frame_times = (6, 4) if options.get("quick") else (20, 10)
    with glass_site() as site, chromium() as browser, seller(browser, site):
        time.sleep(_WARM_S)
        waits = first_frames(browser, f"{site}/near", times=first_frame_times)
        stock_waits = first_frames(browser, f"{site}/stock", times=max(2, first_frame_times // 2))
        near = ages(browser, f"{site}/near", seconds=seconds)
        far = ages(browser, f"{site}/far", seconds=seconds)
        stock = ages(browser, f"{site}/stock", seconds=seconds)
    return {
        "near_p50": figure(near.p50, "ms", stock.p50),
        "near_p95": figure(near.p95, "ms", stock.p95),
        "far_p95": figure(far.p95, "ms", stock.p95),
        "first_frame_p50": figure(statistics.median(waits), "ms", statistics.median(stock_waits)),
    }


@contextmanager
def glass_site() -> Iterator[str]:
    """The media process on a free port with a folder that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="glass-") as root:
        port = free_port()
        environment = {**os.environ, "GLASS_ROOT": root}
        process = subprocess.Popen(_command(port), cwd=_PROJECT, env=environment, stdout=sys.stderr)
        try:
            _wait_for(f"http://127.0.0.1:{port}/media-live/health")
            yield f"http://127.0.0.1:{port}"
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


def _wait_for(url: str) -> None:
    end = time.monotonic() + 15
    while True:
        try:
            urllib.request.urlopen(url, timeout=1).close()  # noqa: S310
            return
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.05)
