"""The gallery shows every component; a real browser finds nothing wrong with them."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-dev-shm-usage", "--disable-sync"]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SCROLLS = ".rail, .tabs, .desk__nav, .chat__log, .hearts, .room__loading, .visually-hidden, .footer__skyline"
BEYOND_THE_EDGE = """([width, scrolls]) => [...document.querySelectorAll("body *")]
  .filter((element) => element.getBoundingClientRect().right > width + 0.5 && !element.closest(scrolls))
  .map((element) => element.outerHTML.slice(0, 120))"""
SMALL_TARGETS = """() => [...document.querySelectorAll("button, select, summary, nav a, .button, .input")]
  .filter((element) => element.checkVisibility() && !element.closest(".room__seller, .chat__line"))
  .filter((element) => Math.round(element.getBoundingClientRect().height) < 44)
  .map((element) => element.outerHTML.slice(0, 120))"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    # Playwright keeps an event loop running in this thread, which Django takes for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield opened
        opened.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def show(browser: Browser, live_server: LiveServer, settings: Settings) -> Iterator[ShowPage]:
    settings.DEMO = True
    show = ShowPage(browser, live_server.url)
    yield show
    assert show.complaints == []
    show.close()


class ShowPage:
    """Opens the gallery and remembers what the browser complained about, but for a network we cut."""

    def __init__(self, browser: Browser, url: str) -> None:
        self.browser, self.url = browser, url
        self.complaints: list[str] = []

    def __call__(
        self, path: str = "/_galeri/", *, theme: str = "day", width: int = 360, script: bool = True
    ) -> Page:
        self.context = self.browser.new_context(
            viewport={"width": width, "height": 740}, reduced_motion="reduce", java_script_enabled=script
        )
        self.context.add_cookies([{"name": "theme", "value": theme, "url": self.url}])
        page = self.context.new_page()
        page.on("console", self._note)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.goto(self.url + path)
        return page

    def _note(self, message: ConsoleMessage) -> None:
        if message.type == "error" and "INTERNET_DISCONNECTED" not in message.text:
            self.complaints.append(message.text)

    def close(self) -> None:
        self.context.close()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("theme", ["day", "night"])
@pytest.mark.parametrize("path", ["/_galeri/", "/en/_galeri/"])
def test_has_no_accessibility_violation(show: ShowPage, path: str, theme: str) -> None:
    page = show(path, theme=theme)

    found = Axe().run(page, options={"runOnly": RULES}).response["violations"]

    assert [(violation["id"], violation["nodes"][0]["html"]) for violation in found] == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("width", [320, 360, 768, 1280])
def test_stays_within_the_screen(show: ShowPage, width: int) -> None:
    page = show(width=width)

    assert page.evaluate(BEYOND_THE_EDGE, [width, SCROLLS]) == []


@pytest.mark.django_db(transaction=True)
def test_has_targets_for_a_thumb(show: ShowPage) -> None:
    assert show().evaluate(SMALL_TARGETS) == []


@pytest.mark.django_db(transaction=True)
def test_a_sheet_opens_closes_and_gives_the_focus_back(show: ShowPage) -> None:
    page = show()
    opener = page.get_by_role("button", name="Beli dari live")

    opener.click()
    assert page.get_by_role("dialog", name="Beli dari live").is_visible()
    page.keyboard.press("Escape")

    assert page.get_by_role("dialog").count() == 0
    assert opener.evaluate("(element) => element === document.activeElement")


@pytest.mark.django_db(transaction=True)
def test_the_lamp_turns_day_into_night_without_a_reload_and_keeps_it(show: ShowPage) -> None:
    page = show()
    page.evaluate("() => { window.isSame = true; }")

    with page.expect_response("**/tampilan/"):
        page.get_by_role("button", name="Matikan lampu").click()

    assert page.evaluate("() => [window.isSame, document.documentElement.dataset.theme]") == [True, "night"]
    page.reload()
    assert page.evaluate("() => document.documentElement.dataset.theme") == "night"


@pytest.mark.django_db(transaction=True)
def test_the_lamp_works_without_javascript(show: ShowPage) -> None:
    page = show(script=False)

    page.get_by_role("button", name="Matikan lampu").click()

    assert page.locator("html").get_attribute("data-theme") == "night"


@pytest.mark.django_db(transaction=True)
def test_going_offline_is_said(show: ShowPage) -> None:
    page = show()

    show.context.set_offline(True)
    page.get_by_text("Kamu sedang offline.").wait_for()
    show.context.set_offline(False)

    page.get_by_text("Sudah tersambung lagi.").wait_for()


@pytest.mark.django_db(transaction=True)
def test_the_stepper_counts(show: ShowPage) -> None:
    page = show()
    stepper = page.get_by_role("group", name="Jumlah")

    stepper.get_by_role("button", name="Tambah").click()

    assert stepper.get_by_role("spinbutton").input_value() == "3"
