"""An old phone, or a network that lost the scripts: read, talk, buy and pay with plain pages and forms."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.journeys.market import Market
from tests.journeys.test_live_sale import go_live, pin

PhoneOf = Callable[..., Page]
QUESTION = "tanpa skrip juga bisa tanya?"


def test_a_shopper_without_scripts_asks_and_buys(market: Market, phone_of: PhoneOf) -> None:
    code = market.seeded["plain_session"]
    seller = phone_of("seller")
    go_live(seller, code)
    pin(seller, "Sambal Teri")
    seller.get_by_role("tab", name="Obrolan").click()
    seller.get_by_placeholder("Tulis pesan…").fill("selamat datang semuanya")
    seller.keyboard.press("Enter")
    expect(seller.locator("live-chat")).to_contain_text("selamat datang")

    shopper = phone_of("buyer", java_script_enabled=False)
    shopper.goto("/live/")
    shopper.get_by_role("link", name="Malam tanpa skrip").first.click()
    expect(shopper.locator("#chat, .chat").first).to_contain_text("selamat datang")
    ask(shopper)
    expect(seller.locator("live-chat")).to_contain_text(QUESTION)

    buy_pinned(shopper)
    number = pay(shopper)
    shopper.goto(f"/pesanan/{number}/")
    expect(shopper.get_by_text("Disiapkan penjual")).to_be_visible()
    seller.goto(f"/studio/{code}/akhiri/")
    seller.get_by_role("button", name="Akhiri live").click()


def ask(shopper: Page) -> None:
    shopper.get_by_placeholder("Tulis pesan…").fill(QUESTION)
    shopper.get_by_role("button", name="Kirim").click()
    expect(shopper.locator(".chat").first).to_contain_text(QUESTION)


def buy_pinned(shopper: Page) -> None:
    shopper.locator("#pinned").get_by_role("link", name="Beli").click()
    expect(shopper.get_by_role("heading", name="Beli")).to_be_visible()
    shopper.get_by_role("button", name="Buat pesanan").click()


def pay(shopper: Page) -> str:
    """The bank is elsewhere; afterwards the page, loaded again, knows."""
    expect(shopper.get_by_role("img", name="Kode QRIS")).to_be_visible()
    number = re.search(r"/bayar/(\w+)/", shopper.url)[1]
    shopper.get_by_role("link", name="Buka aplikasi bank").click()
    bank = shopper.context.pages[-1]
    bank.get_by_role("button", name="Bayar").click()
    expect(bank.get_by_text("Pembayaran berhasil")).to_be_visible()
    return number
