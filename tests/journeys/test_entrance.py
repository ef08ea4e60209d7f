"""From nobody to a stall with goods: sign up, confirm by mail, open a shop, hang out the first product."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.journey, pytest.mark.timeout(120, func_only=True)]

PhoneOf = Callable[..., Page]
EMAIL, PASSWORD = "bu.ratna@contoh.test", "tempe-mendoan-9"


def test_somebody_new_opens_a_stall(phone_of: PhoneOf, tmp_path: Path) -> None:
    phone = phone_of(None)

    sign_up(phone, on_the_way_to="/live/")
    confirm_by_mail(phone)
    expect(phone).to_have_url(re.compile(r"/live/$"))

    log_out(phone)
    log_in(phone)
    open_shop(phone)
    add_product(phone, photo_of_chips(tmp_path / "keripik.jpg"))
    see_product(phone)


def sign_up(phone: Page, *, on_the_way_to: str) -> None:
    phone.goto(f"/akun/signup/?next={on_the_way_to}")
    phone.get_by_label("Nama lengkap").fill("Bu Ratna")
    phone.get_by_label("Email").fill(EMAIL)
    phone.get_by_label("Kata sandi", exact=True).fill(PASSWORD)
    phone.get_by_role("button", name="Daftar").click()


def confirm_by_mail(phone: Page) -> None:
    phone.get_by_role("link", name="buka kotak suratnya").click()
    phone.get_by_role("link").filter(has_text=EMAIL).first.click()
    phone.get_by_role("link", name=re.compile("confirm-email")).click()
    phone.get_by_role("button", name="Ya, ini emailku").click()


def log_out(phone: Page) -> None:
    phone.goto("/akun/")
    phone.get_by_role("button", name="Keluar").click()


def log_in(phone: Page) -> None:
    """Wrong first, as happens; then right."""
    phone.goto("/akun/login/?next=/akun/")
    for password in ("salah-sekali", PASSWORD):
        phone.get_by_label("Email").fill(EMAIL)
        phone.get_by_label("Kata sandi", exact=True).fill(password)
        phone.get_by_role("button", name="Masuk", exact=True).click()
        if password != PASSWORD:
            expect(phone.get_by_text("kata sandinya tidak cocok")).to_be_visible()
    expect(phone.get_by_role("heading", name="Bu Ratna")).to_be_visible()


def open_shop(phone: Page) -> None:
    phone.get_by_role("link", name="Buka lapak").first.click()
    phone.get_by_label("Nama lapak").fill("Dapur Bu Ratna")
    phone.get_by_label("Kota atau kabupaten").fill("Kota Yogyakarta")
    phone.locator("main").get_by_role("button", name="Buka lapak").click()
    expect(phone.get_by_text("Lapakmu sudah buka.")).to_be_visible()


def add_product(phone: Page, photo: Path) -> None:
    phone.goto("/toko/produk/baru/")
    phone.locator("input[type=file]").set_input_files(photo)
    phone.get_by_label("Nama produk").fill("Keripik Tempe Sagu")
    phone.get_by_label("Harga").fill("15000")
    phone.get_by_label("Stok").fill("12")
    phone.get_by_label("Kategori").select_option(label="Camilan")
    phone.get_by_role("button", name="Gelar produk").click()
    phone.wait_for_url(re.compile(r"/toko/produk/\d+/$"))


def see_product(phone: Page) -> None:
    """As a shopper does: found by its name, with its picture drawn."""
    phone.goto("/cari/?q=keripik+tempe+sagu")
    phone.get_by_role("link", name="Keripik Tempe Sagu").click()
    expect(phone.get_by_role("heading", name="Keripik Tempe Sagu")).to_be_visible()
    expect(phone.locator(".offer__price")).to_contain_text("Rp15.000")
    picture = phone.get_by_role("img", name="Keripik Tempe Sagu")
    expect(picture).to_be_visible()
    is_drawn = "picture => picture.complete && picture.naturalWidth > 300"
    phone.wait_for_function(is_drawn, arg=picture.element_handle())


def photo_of_chips(path: Path) -> Path:
    picture = Image.new("RGB", (900, 900), "#C9A46B")
    pen = ImageDraw.Draw(picture)
    for number in range(12):
        x, y = 60 + number % 4 * 200, 80 + number // 4 * 260
        pen.ellipse((x, y, x + 180, y + 200), fill="#E8C88B", outline="#7A4F1D", width=6)
    picture.save(path, quality=90)
    return path
