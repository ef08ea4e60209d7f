"""Pictures of a running demo market for docs/pictures: `python -m scripts.take_pictures http://127.0.0.1:8000`.

Chromium is Playwright's, or CHROMIUM. The label's PDF needs `pypdfium2`, which nothing else here does.
"""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

TARGET = Path(__file__).parent.parent / "docs" / "pictures"
PASSWORD = "pasarmalam"  # noqa: S105  # printed at the demo's start
PHONE = {"width": 360, "height": 740}
LABEL_SCALE = 3
ORDERS = "a[href*='/toko/pesanan/PM']"


def main(site: str) -> None:
    with sync_playwright() as player:
        browser = player.chromium.launch(
            executable_path=os.environ.get("CHROMIUM"), args=["--no-sandbox", "--disable-quic"]
        )
        seller = _log_in(browser, site, "penjual@contoh.test")
        seller.goto(f"{site}/toko/pesanan/")
        _take(seller, "order-desk")
        seller.goto(f"{site}/toko/pesanan/?state=received")
        number = seller.locator(ORDERS).first.get_attribute("href") or ""
        seller.goto(f"{site}{number}rincian/")
        _take(seller, "statement")
        buyer = _log_in(browser, site, "pembeli@contoh.test")
        buyer.goto(f"{site}/pesanan/")
        buyer.goto(f"{site}{_first_to_pay(buyer)}")
        buyer.locator(".payment svg, .payment img").first.wait_for()
        _take(buyer, "qris")
        seller.goto(f"{site}/toko/pesanan/?state=confirmed")
        _label(seller, f"{site}{seller.locator(ORDERS).first.get_attribute('href')}")
        browser.close()


def _log_in(browser: Browser, site: str, email: str) -> Page:
    page = browser.new_context(viewport=PHONE, device_scale_factor=2, locale="id-ID").new_page()  # type: ignore[arg-type]
    page.goto(f"{site}/akun/login/")
    page.locator("[name=login]").fill(email)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("[name=password]").press("Enter")
    page.wait_for_url(re.compile(r"^(?!.*/login/)"))
    return page


def _take(page: Page, name: str) -> None:
    page.wait_for_load_state("load")
    shot = TARGET / f"{name}.png"
    page.screenshot(path=shot)
    _shrink(Image.open(shot), name)
    shot.unlink()


def _shrink(picture: Image.Image, name: str) -> None:
    picture.convert("RGB").save(TARGET / f"{name}.webp", quality=80, method=6)


def _label(page: Page, order: str) -> None:
    """One label, printed and drawn as a printer would."""
    import pypdfium2  # type: ignore[import-untyped]

    page.goto(order)
    page.locator("form[action$='/label/'] button").click()
    link = page.locator("a[href$='/pdf/']")
    link.wait_for(timeout=30_000)
    address = page.url + "pdf/"
    pdf = page.request.get(address).body()
    bitmap = pypdfium2.PdfDocument(pdf)[0].render(scale=LABEL_SCALE)
    _shrink(bitmap.to_pil(), "label")


def _first_to_pay(page: Page) -> str:
    """The order that still waits for its money."""
    page.goto(page.url + "?")
    waiting = page.locator("a[href*='/bayar/']").first
    if waiting.count():
        return waiting.get_attribute("href") or ""
    numbers = page.locator("a[href*='/pesanan/PM']")
    for place in range(numbers.count()):
        if "Menunggu" in numbers.nth(place).inner_text():
            return (numbers.nth(place).get_attribute("href") or "").replace("/pesanan/", "/bayar/")
    raise SystemExit("No order waits for its money.")


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/"))
