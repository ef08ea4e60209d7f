"""Real browsers in front of the whole market."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect, sync_playwright

from tests.journeys.market import Market, open_market

PHONE = ViewportSize(width=360, height=740)
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
    "--autoplay-policy=no-user-gesture-required",
]
PASSWORD = "rahasia-sekali"
expect.set_options(timeout=20_000)


@pytest.fixture(scope="session")
def market(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Market]:
    with open_market(tmp_path_factory.mktemp("market")) as opened:
        yield opened


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Gone with its module: while it runs, nothing else on this worker may run an event loop."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def phone_of(browser: Browser, market: Market, tmp_path: Path) -> Iterator[Callable[..., Page]]:
    """A phone with its own cookies; `phone_of("buyer")` is logged in, `phone_of(None)` a guest."""
    contexts: list[BrowserContext] = []

    def make(role: str | None, **options: Any) -> Page:
        context = browser.new_context(
            base_url=market.url,
            viewport=PHONE,
            locale="id-ID",
            permissions=["camera", "microphone", "clipboard-read", "clipboard-write"],
            **options,
        )
        context.set_default_timeout(15_000)
        contexts.append(context)
        page = context.new_page()
        if role:
            log_in(page, role)
        return page

    yield make
    for context in contexts:
        context.close()


def log_in(page: Page, role: str) -> None:
    page.goto("/akun/login/")
    page.get_by_label("Email").fill(f"{role}@contoh.test")
    page.get_by_label("Kata sandi", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Masuk", exact=True).click()
    page.wait_for_url("**/")
