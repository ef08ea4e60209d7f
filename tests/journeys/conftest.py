"""Real browsers in front of the whole market."""

from __future__ import annotations

import os
import shutil
from collections.abc import Generator, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect, sync_playwright

from tests.journeys.market import Market, open_market
from tests.journeys.watch import Ear, closed_in_time, killed_after, leave_behind

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
PERMISSIONS = ["camera", "microphone", "clipboard-read", "clipboard-write"]
LOOKS_WITHIN_S = 30
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
        closed_in_time(browser, browser.close)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A failure leaves behind what its pages looked like."""
    report = yield
    phones = getattr(item, "funcargs", {}).get("phone_of")
    if report.when == "call" and report.failed and isinstance(phones, Phones):
        phones.leave_behind(item.name)
    return report


class Phones:
    """Phones with their own cookies: `phones("buyer")` is logged in, `phones(None)` a guest's."""

    def __init__(self, browser: Browser, url: str) -> None:
        self.contexts: list[BrowserContext] = []
        self._browser, self._url = browser, url
        self._ears: list[Ear] = []

    def __call__(self, role: str | None, **options: Any) -> Page:
        options = {"permissions": PERMISSIONS, "base_url": self._url, **options}
        context = self._browser.new_context(viewport=PHONE, locale="id-ID", **options)
        context.set_default_timeout(15_000)
        self.contexts.append(context)
        page = context.new_page()
        self._ears.append(Ear(page))
        if role:
            log_in(page, role)
        return page

    def leave_behind(self, name: str) -> None:
        with killed_after(LOOKS_WITHIN_S, self._browser):
            leave_behind(name, self.contexts, self._ears)

    def put_away(self) -> None:
        for context in self.contexts:
            closed_in_time(self._browser, context.close)
        assert [line for ear in self._ears for line in ear.broken_policy()] == []


@pytest.fixture
def phone_of(browser: Browser, market: Market) -> Iterator[Phones]:
    phones = Phones(browser, market.url)
    yield phones
    phones.put_away()


def log_in(page: Page, role: str) -> None:
    page.goto("/akun/login/")
    page.get_by_label("Email").fill(f"{role}@contoh.test")
    page.get_by_label("Kata sandi", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Masuk", exact=True).click()
    page.wait_for_url("**/")
