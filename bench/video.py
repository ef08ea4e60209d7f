"""How far behind the seller a shopper is, measured from camera to screen in real Chromium.

The baseline is a stock HLS player on the same segments, measured in the same run; on a poor mobile
network both come through the same link.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser

from bench import publishers
from bench.glass.measure import ages, back_after, chromium, first_frames, pace, seller, shopper
from bench.glass.process import media_process
from bench.poor_link import Weather, poor_link
from bench.report import Figures, figure

_WARM_S = 6.0  # a live playlist needs a few segments before players can start
_FALL_S = 14.0


@dataclass(frozen=True)
class Length:
    """How long to look."""

    seconds: float
    poor_seconds: float
    first_frames: int


WHOLE = Length(seconds=20, poor_seconds=34, first_frames=10)
QUICK = Length(seconds=6, poor_seconds=12, first_frames=4)


def run(options: Mapping[str, Any]) -> Figures:
    """Latencies in milliseconds: `near` over the socket, `far` over HLS, `poor` on a poor network."""
    length = QUICK if options.get("quick") else WHOLE
    with media_process() as process, chromium() as browser:
        site = process.url
        with seller(browser, site):
            time.sleep(_WARM_S)
            figures = _on_this_machine(browser, site, length) | _on_a_poor_network(
                browser, process.port, length
            )
        figures |= _when_the_uplink_falls(browser, process.port)
    return figures | publishers.figures(options)


def _on_this_machine(browser: Browser, site: str, length: Length) -> Figures:
    waits = first_frames(browser, f"{site}/near", times=length.first_frames)
    stock_waits = first_frames(browser, f"{site}/stock", times=max(2, length.first_frames // 2))
    near = ages(browser, f"{site}/near", seconds=length.seconds)
    far = ages(browser, f"{site}/far", seconds=length.seconds)
    stock = ages(browser, f"{site}/stock", seconds=length.seconds)
    return {
        "near_p50": figure(near.p50, "ms", stock.p50),
        "near_p95": figure(near.p95, "ms", stock.p95),
        "far_p95": figure(far.p95, "ms", stock.p95),
        "saver_kbps": figure(pace(browser, f"{site}/saver", seconds=length.seconds), "kbit/s"),
        "first_frame_p50": figure(statistics.median(waits), "ms", statistics.median(stock_waits)),
    }


def _on_a_poor_network(browser: Browser, port: int, length: Length) -> Figures:
    with poor_link(port) as link:
        near = ages(browser, f"{link.url}/near", seconds=length.poor_seconds)
        stock = ages(browser, f"{link.url}/stock", seconds=length.poor_seconds)
    return {
        "poor_p95": figure(near.p95, "ms", stock.p95),
        "poor_stalls": figure(near.stalls, "stalls", stock.stalls),
    }


def _when_the_uplink_falls(browser: Browser, port: int) -> Figures:
    """From 1.2 to 0.3 Mbit/s: seconds until the picture is less than a second old again."""
    with (
        poor_link(port, Weather(up_kbps=1200)) as link,
        seller(browser, link.url),
        shopper(browser, f"http://127.0.0.1:{port}/near") as page,
    ):
        time.sleep(_WARM_S)
        back_s = back_after(page, change=lambda: link.up.fall_to(300), limit_ms=1000, seconds=_FALL_S)
    return {"uplink_back_s": figure(back_s, "s")}
