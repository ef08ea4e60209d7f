"""What watches over the journeys hears where a page breaks its policy, and ends what would never end."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.journeys import watch

pytestmark = [pytest.mark.journey, pytest.mark.timeout(60, func_only=True)]

PAGE = "<!doctype html>\n<p>\n<b style='color: red'>merah</b>"
URL = "http://127.0.0.1:1/lapak/"


def test_names_page_line_and_element_of_a_broken_policy_and_keeps_a_picture(
    browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watch, "LEFT_BEHIND", tmp_path)
    context = browser.new_context()
    page = context.new_page()
    ear = watch.Ear(page)
    headers = {"Content-Type": "text/html", "Content-Security-Policy": "style-src 'self'"}
    page.route(URL, lambda route: route.fulfill(headers=headers, body=PAGE))

    page.goto(URL)
    page.evaluate("() => new Promise(requestAnimationFrame)")
    watch.leave_behind("test_story[dark]", [context], [ear])

    assert any(f"{URL}:3" in line and "<b style=" in line for line in ear.broken_policy())
    assert URL in (tmp_path / "test_story-dark-" / "pages.txt").read_text()
    assert (tmp_path / "test_story-dark-" / "0.png").stat().st_size > 1000
    watch.closed_in_time(browser, context.close)


def test_a_browser_that_never_answers_is_killed(browser: Browser) -> None:
    page = browser.new_page()
    began_at = time.monotonic()

    with watch.killed_after(1, browser):
        page.evaluate("() => new Promise(() => {})")

    assert time.monotonic() - began_at < 15
    assert not browser.is_connected()
