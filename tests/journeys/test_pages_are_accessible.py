"""Every kind of page, for every kind of person, by day and by night: nothing that axe, a narrow phone or the
browser's console would complain about."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.journeys.market import Market
from tests.journeys.watch import Ear

pytestmark = [pytest.mark.journey, pytest.mark.timeout(120, func_only=True)]

PhoneOf = Callable[..., Page]
AXE = Axe()
WIDTHS = (360, 320)
# By night the same pages stand in other colours, so there the colours are what is asked about.
RULES = {
    "light": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    },
    "dark": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]},
}

PAGES: dict[str | None, list[str]] = {
    None: [
        "/",
        "/en/",
        "/live/",
        "/live/?tab=tayang-ulang",
        "/live/{session}/",
        "/cari/?q=keripik",
        "/cari/?q=tidak-ada-apa-apa",
        "/p/{product}/",
        "/lapak/{shop}/",
        "/akun/login/",
        "/akun/signup/",
        "/akun/password/reset/",
        "/afiliasi/",
        "/biaya/",
        "/undian/{draw}/",
        "/tidak-ada/",
    ],
    "buyer": [
        "/live/{session}/",
        "/beli/{variant}/",
        "/pesanan/",
        "/akun/",
        "/akun/alamat/baru/",
        "/akun/email/",
        "/akun/password/change/",
    ],
    "seller": [
        "/toko/",
        "/toko/produk/",
        "/toko/produk/baru/",
        "/toko/lapak/",
        "/toko/pesanan/",
        "/toko/live/",
        "/toko/live/baru/",
        "/toko/afiliasi/",
        "/toko/uang/",
        "/toko/uang/laporan/",
        "/akun/rekening/",
        "/studio/{session}/",
    ],
    "affiliate": ["/afiliasi/gabung/"],
    "veteran": [
        "/studio/{past_session}/laporan/",
        "/studio/{past_session}/rekap/",
        "/studio/{next_session}/kru/",
        "/studio/{next_session}/aturan-obrolan/",
        "/studio/{next_session}/promo/",
        "/studio/{next_session}/promo/voucher/",
    ],
}

BEYOND_THE_EDGE = """(edge) => [...document.querySelectorAll("body *")].filter((element) => {
    const { width, right } = element.getBoundingClientRect();
    if (!width || right <= edge + 1) return false;
    for (let box = element; box; box = box.parentElement) {
        const { overflowX, position } = getComputedStyle(box);
        if (position === "fixed" || (box !== element && overflowX !== "visible")) return false;
    }
    return true;
}).map((element) => element.outerHTML.slice(0, 90))"""


@pytest.mark.parametrize("role", PAGES, ids=str)
@pytest.mark.parametrize("theme", RULES)
def test_nothing_is_in_anybodys_way(market: Market, phone_of: PhoneOf, role: str | None, theme: str) -> None:
    phone = phone_of(role, color_scheme=theme, reduced_motion="reduce")
    ear = Ear(phone)
    complaints: dict[str, Any] = {}
    for path in _paths(market, role):
        phone.goto(path)
        _settle(phone)
        if found := [*_complaints(ear), *_beyond_the_edge(phone), *_violations(phone, theme)]:
            complaints[path] = found
    assert complaints == {}


def _paths(market: Market, role: str | None) -> Iterator[str]:
    seeded = market.seeded
    product, variant = "{}-{}".format(*seeded["product"]), seeded["variants"][0]
    for path in PAGES[role]:
        yield path.format_map({**seeded, "product": product, "variant": variant})


def _complaints(ear: Ear) -> list[str]:
    """What the console said since it was last asked: errors of scripts, of loading, of the content policy."""
    heard = [line for line in ear.heard if not ("404" in line and "/tidak-ada/" in line)]
    ear.heard.clear()
    return heard


def _settle(phone: Page) -> None:
    """Nothing moves any more that would be measured half-way; what never stops is left out."""
    phone.evaluate(
        """() => Promise.race([
            new Promise((resolve) => setTimeout(resolve, 800)),
            Promise.all(document.getAnimations()
                .filter((animation) => animation.effect.getComputedTiming().endTime < 5000)
                .map((animation) => animation.finished.catch(() => undefined))),
        ])"""
    )


def _beyond_the_edge(phone: Page) -> list[str]:
    found = []
    for width in WIDTHS:
        phone.set_viewport_size({"width": width, "height": 740})
        found += [f"wider than {width}: {element}" for element in phone.evaluate(BEYOND_THE_EDGE, width)]
    phone.set_viewport_size({"width": WIDTHS[0], "height": 740})
    return found


def _violations(phone: Page, theme: str) -> list[str]:
    answer = AXE.run(phone, options={"runOnly": RULES[theme], "resultTypes": ["violations"]})
    return [
        f"{violation['id']}: {node['target']} {node['html'][:120]}"
        for violation in answer.response["violations"]
        for node in violation["nodes"]
    ]
