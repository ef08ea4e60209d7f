"""An affiliate's link, opened by a stranger elsewhere, earns what the page says it earns."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.market import Market
from tests.journeys.test_live_sale import pay_at_bank, receive, send

pytestmark = [pytest.mark.journey, pytest.mark.timeout(120, func_only=True)]

PhoneOf = Callable[..., Page]
PRICE, RATE_PERCENT = 18_500, 10
EARNED = f"Rp{PRICE * RATE_PERCENT // 100:,}".replace(",", ".")


def test_a_link_earns_a_commission_that_celery_settles(market: Market, phone_of: PhoneOf) -> None:
    affiliate, stranger, seller = phone_of("affiliate"), phone_of(None), phone_of("seller")
    product_path = "/p/{}-{}/".format(*market.seeded["product"])

    address = make_link(affiliate, market.seeded["product"][1])
    stranger.goto(address)
    expect(stranger).to_have_url(re.compile(re.escape(product_path)))
    expect(stranger.get_by_text("mengandung komisi").first).to_be_visible()
    number = buy_as_stranger(stranger, market)

    affiliate.goto("/afiliasi/")
    expect(affiliate.locator("main")).to_contain_text(EARNED)
    send(seller, number)
    receive(stranger, number)

    settled = wait_for_settlement(affiliate)
    expect(settled).to_contain_text(EARNED)
    settled.get_by_role("link").click()
    expect(affiliate.locator("main")).to_contain_text(number)
    expect(affiliate.locator("main")).to_contain_text("10%")


def make_link(affiliate: Page, product_id: int) -> str:
    affiliate.goto("/afiliasi/gabung/")
    affiliate.get_by_label("Nama kreator").fill("ayo-contoh")
    affiliate.get_by_label("Saya akan terus terang").check()
    affiliate.get_by_role("button", name="Gabung").click()
    affiliate.goto(f"/afiliasi/tautan/baru/?product={product_id}")
    affiliate.get_by_role("button", name="Buat tautanku").click()
    affiliate.get_by_role("button", name="Salin", exact=True).click()
    return str(affiliate.evaluate("navigator.clipboard.readText()"))


def buy_as_stranger(stranger: Page, market: Market) -> str:
    stranger.goto("/akun/login/")
    stranger.get_by_label("Email").fill("stranger@contoh.test")
    stranger.get_by_label("Kata sandi", exact=True).fill("rahasia-sekali")
    stranger.get_by_role("button", name="Masuk", exact=True).click()
    stranger.wait_for_url("**/")
    stranger.goto(f"/beli/{market.seeded['variants'][0]}/")
    stranger.get_by_role("button", name="Buat pesanan").click()
    pay_at_bank(stranger)
    expect(stranger.get_by_text("Pembayaran masuk!")).to_be_visible(timeout=30_000)
    return stranger.locator(".payment-card .number").first.inner_text()


def wait_for_settlement(affiliate: Page) -> Locator:
    """Beat rings every ten seconds; the return window of this market is two."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        affiliate.goto("/afiliasi/")
        if affiliate.locator(".media-row:has([data-standing=payable])").count():
            return affiliate.locator(".media-row:has([data-standing=payable])").first
        affiliate.wait_for_timeout(2_000)
    raise AssertionError("nothing was settled within a minute")
