"""Looks at a page pair through real Chromium: ages of pictures, and the wait for the first one."""

from __future__ import annotations

import shutil
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

_HERE = Path(__file__).parent
_CAMERA = (_HERE / "camera.js").read_text()
_READER = (_HERE / "reader.js").read_text()
_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--use-fake-ui-for-media-stream",
    "--use-fake-device-for-media-stream",
    "--autoplay-policy=no-user-gesture-required",
    "--disable-background-timer-throttling",
    "--disable-renderer-backgrounding",
    "--disable-backgrounding-occluded-windows",
]
_SETTLE_S = 4.0
_BYTES = "document.querySelector('live-player').bytes"


@dataclass(frozen=True)
class Seen:
    """What one shopper saw, in milliseconds."""

    p50: float
    p95: float
    longest_gap: float
    pictures: int
    stalls: int  # since the first picture


@contextmanager
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        path = shutil.which("chromium") or shutil.which("google-chrome")
        browser = playwright.chromium.launch(executable_path=path, args=_ARGUMENTS)
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def seller(browser: Browser, site: str) -> Iterator[Page]:
    """On air for as long as the block runs."""
    page = browser.new_context().new_page()
    page.add_init_script(_CAMERA)
    page.goto(f"{site}/seller")
    page.wait_for_selector('live-publisher[data-state="ready"]', state="attached")
    page.click('[data-role="start"]')
    page.wait_for_selector('live-publisher[data-state="live"]', state="attached")
    try:
        yield page
    finally:
        page.context.close()


def ages(browser: Browser, url: str, *, seconds: float) -> Seen:
    """Watches until it is steady, then for so long."""
    with shopper(browser, url) as page:
        time.sleep(_SETTLE_S)
        page.evaluate("Object.assign(glass, {ages: [], shown: 0, longestGap: 0})")
        time.sleep(seconds)
        glass = page.evaluate("glass")
    return Seen(
        p50=statistics.median(glass["ages"]),
        p95=_percentile(glass["ages"], 95),
        longest_gap=glass["longestGap"],
        pictures=glass["shown"],
        stalls=glass["stalls"],
    )


def pace(browser: Browser, url: str, *, seconds: float) -> float:
    """What somebody who only listens gets, in kbit/s."""
    page = browser.new_context().new_page()
    page.goto(url)
    page.wait_for_selector('live-player[data-state="audio_only"]', state="attached")
    counted = [float(page.evaluate(_BYTES))]
    time.sleep(seconds)
    counted.append(float(page.evaluate(_BYTES)))
    page.context.close()
    return (counted[1] - counted[0]) * 8 / 1000 / seconds


def back_after(page: Page, *, change: Callable[[], None], limit_ms: float, seconds: float) -> float:
    """Seconds from the change until pictures are younger than the limit again, and stay so.

    Looks on for so long; all of it when they are not back by then.
    """
    changed_at = float(page.evaluate("performance.timeOrigin + performance.now()"))
    page.evaluate("Object.assign(glass, {ages: [], seen: []})")
    change()
    time.sleep(seconds)
    glass = page.evaluate("glass")
    # A picture that stands is as old as it was plus how long it stands.
    shown = list(zip(glass["seen"], glass["ages"], strict=True))
    gone_on = [later - at for (at, _), (later, _) in pairwise(shown)]
    old = [at + gap for (at, age), gap in zip(shown, gone_on, strict=False) if age + gap > limit_ms]
    return (max(old, default=changed_at) - changed_at) / 1000


def first_frames(browser: Browser, url: str, *, times: int) -> list[float]:
    """From the start of a fresh page to its first picture, at different moments between key pictures."""
    waits = []
    for number in range(times):
        with shopper(browser, url) as page:
            waits.append(float(page.evaluate("glass.first")))
        time.sleep(0.13 + 0.27 * (number % 4))
    return waits


@contextmanager
def shopper(browser: Browser, url: str) -> Iterator[Page]:
    """A fresh page that has shown its first picture."""
    page = browser.new_context().new_page()
    page.add_init_script(_READER)
    page.goto(url, wait_until="commit")
    page.wait_for_function("window.glass?.first != null", polling=20, timeout=20_000)
    try:
        yield page
    finally:
        page.context.close()


def _percentile(values: list[float], percent: int) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, len(ordered) * percent // 100)]
