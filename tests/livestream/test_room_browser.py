"""Two phones in one room: a real browser on a real Daphne."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connections
from playwright.sync_api import Browser, Page, expect, sync_playwright

from accounts.models import User
from livestream.models import LiveSession
from livestream.operations import chat as operations
from tests.factories import make_session_on_air, make_user
from tests.sockets import log_in, room_process
from umkm_market.engines import free_port

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.journey]

SOON = 15_000
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = [
    *["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"],
    *["--disable-background-networking", "--disable-component-update", "--disable-dev-shm-usage"],
]


@pytest.fixture
def room():
    return make_session_on_air()


@pytest.fixture
def siti():
    return make_user(name="Siti Aminah")


@pytest.fixture
def key(siti: User) -> str:
    return log_in(siti)


@pytest.fixture
def browser(room: LiveSession, siti: User, key: str) -> Iterator[Browser]:
    """Started after the rows are made: it keeps a loop running, and Django asks no database beside one."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


def test_a_message_and_a_heart_reach_the_other_phone(browser, room_port, room, key):
    mine, theirs = _phone(browser, room_port, room, key), _phone(browser, room_port, room)
    _say(mine, "Masih ada ukuran L?")
    mine.get_by_role("button", name="Suka").click()

    for phone in (mine, theirs):
        expect(phone.locator('[data-seq="1"]')).to_have_text("Siti A. Masih ada ukuran L?", timeout=SOON)
        expect(phone.locator("live-hearts [data-count]")).to_have_text("1", timeout=SOON)
    expect(mine.locator(".chat__line")).to_have_count(1)


def test_what_is_said_while_the_server_is_gone_arrives_once(browser, room, key):
    port = free_port()

    with room_process(port=port):
        mine, theirs = _phone(browser, port, room, key), _phone(browser, port, room)
        _say(mine, "satu")
        expect(theirs.locator('[data-seq="1"]')).to_be_visible(timeout=SOON)
    _say(mine, "dua")
    expect(mine.locator(".chat__line").last).to_have_attribute("data-state", "sending")
    with room_process(port=port):
        for phone in (mine, theirs):
            phone.evaluate('document.body.dispatchEvent(new CustomEvent("room:retry"))')
            if phone is mine and mine.locator("[data-resend]").count():
                mine.locator("[data-resend]").click()
            expect(phone.locator('[data-seq="2"]')).to_contain_text("dua", timeout=SOON)
            expect(phone.locator(".chat__line")).to_have_count(2)


def test_markup_stays_text(browser, room_port, room, siti):
    phone = _phone(browser, room_port, room)
    _aside(_store, room, siti, '<img src=x onerror="alert(1)"> <b>tebal</b>')

    expect(phone.locator('[data-seq="1"]')).to_contain_text("<b>tebal</b>", timeout=SOON)
    assert phone.locator(".chat__list img, .chat__list .chat__line b:not(.chat__name)").count() == 0


def test_who_scrolls_up_is_left_alone_and_told_of_new_lines(browser, room_port, room, siti):
    for number in range(30):
        _aside(_store, room, siti, f"baris {number}")

    phone = _phone(browser, room_port, room)
    log = phone.locator('[role="log"]')
    log.evaluate("log => { log.scrollTop = 0; }")
    phone.wait_for_timeout(300)
    for text in ("baru satu", "baru dua"):
        _aside(_store, room, siti, text)

    newest = phone.get_by_role("button", name="2 komentar baru")
    expect(newest).to_be_visible(timeout=SOON)
    assert log.evaluate("log => log.scrollTop") == 0
    newest.click()
    expect(newest).to_be_hidden()
    assert log.evaluate("log => log.scrollHeight - log.scrollTop - log.clientHeight") < 24


def test_without_script_the_form_says_it_too(browser, room_port, room, key):
    phone = _phone(browser, room_port, room, key, java_script_enabled=False)
    phone.fill('[name="text"]', "Tanpa skrip")
    phone.press('[name="text"]', "Enter")

    expect(phone.locator('[data-seq="1"]')).to_contain_text("Tanpa skrip", timeout=SOON)


def _phone(browser: Browser, port: int, session: LiveSession, key: str = "", **options: Any) -> Page:
    context = browser.new_context(viewport={"width": 360, "height": 740}, **options)
    address = f"http://127.0.0.1:{port}"
    if key:
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": address}])
    page = context.new_page()
    page.goto(f"{address}/live/{session.code}/", timeout=60_000)
    return page


def _say(phone: Page, text: str) -> None:
    phone.fill('[name="text"]', text)
    phone.press('[name="text"]', "Enter")


def _store(session: LiveSession, user: User, text: str) -> None:
    operations.say(session, sender=user, text=text, client_id=uuid4())


def _aside(function, *args):
    """In a thread without a loop."""

    def call():
        try:
            return function(*args)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(call).result()
