"""An old phone, or a network that lost the scripts: read, talk, buy and pay with plain pages and forms."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.market import Market
from tests.journeys.test_live_sale import go_live, pin

pytestmark = [pytest.mark.journey, pytest.mark.timeout(120, func_only=True)]

PhoneOf = Callable[..., Page]
QUESTION = "tanpa skrip juga bisa tanya?"


def test_a_shopper_without_scripts_asks_and_buys(market: Market, phone_of: PhoneOf) -> None:
    code = market.seeded["plain_session"]
    seller, shopper = phone_of("hawker"), phone_of("buyer", java_script_enabled=False)
    go_live(seller, code)
    welcome(seller)

    enter_from_list(shopper)
    expect(shopper.locator(".chat")).to_contain_text("selamat datang")
    ask(shopper)
    expect(seller.locator("live-chat")).to_contain_text(QUESTION)

    pin(seller, "Opak Singkong")
    shopper.reload()
    buy_pinned(shopper)
    number = pay(shopper)
    see_paid(shopper, number)
    end(seller, code)


def welcome(seller: Page) -> None:
    seller.get_by_role("tab", name="Obrolan").click()
    seller.get_by_placeholder("Tulis pesan…").fill("selamat datang semuanya")
    seller.keyboard.press("Enter")
    expect(seller.locator("live-chat")).to_contain_text("selamat datang")


def enter_from_list(shopper: Page) -> None:
    """The first pictures take the live from those to come to those on air."""
    card = shopper.locator(".stall-card", has_text="Malam tanpa skrip")
    for _ in range(20):
        shopper.goto("/live/")
        if card.get_by_text("Live", exact=True).count():
            break
        shopper.wait_for_timeout(500)
    card.get_by_role("link").click()


def ask(shopper: Page) -> None:
    shopper.get_by_placeholder("Tulis pesan…").fill(QUESTION)
    shopper.get_by_role("button", name="Kirim").click()
    expect(shopper.locator(".chat")).to_contain_text(QUESTION)


def buy_pinned(shopper: Page) -> None:
    shopper.locator("#pinned").get_by_role("link", name="Beli").click()
    expect(shopper.get_by_role("heading", name="Beli")).to_be_visible()
    shopper.get_by_role("button", name="Buat pesanan").click()


def pay(shopper: Page) -> str:
    """The bank is elsewhere; afterwards the page, loaded again, knows."""
    expect(shopper.get_by_role("img", name="Kode QRIS")).to_be_visible()
    number = re.search(r"/bayar/(\w+)/", shopper.url)[1]
    with shopper.expect_popup() as opened:
        shopper.get_by_role("link", name="Buka aplikasi bank").click()
    bank = opened.value
    bank.get_by_role("button", name="Bayar").click()
    expect(bank.get_by_text("Pembayaran berhasil")).to_be_visible()
    return number


def see_paid(shopper: Page, number: str) -> None:
    """The bank's word takes a moment; whoever has no script looks again."""
    paid = shopper.get_by_text("Disiapkan penjual")
    for _ in range(20):
        shopper.goto(f"/pesanan/{number}/")
        if paid.count():
            break
        shopper.wait_for_timeout(500)
    expect(paid).to_be_visible()


def end(seller: Page, code: str) -> None:
    seller.goto(f"/studio/{code}/akhiri/")
    seller.get_by_role("button", name="Akhiri live").click()
