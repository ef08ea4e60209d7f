"""Two people with one picture: it carries the room's address, goes from hand to hand, and comes back."""

from __future__ import annotations

import base64
import io
import time
from collections.abc import Callable

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Page, expect

from tests.journeys.market import Market
from tests.journeys.test_live_sale import go_live, video_plays

pytestmark = [pytest.mark.journey, pytest.mark.timeout(120, func_only=True)]

FRAME = """() => {
    const video = document.querySelector("live-player video");
    const size = {width: video.videoWidth, height: video.videoHeight};
    const canvas = Object.assign(document.createElement("canvas"), size);
    canvas.getContext("2d").drawImage(video, 0, 0);
    return canvas.toDataURL("image/png").split(",")[1];
}"""
READ_WITHIN_S = 20


def test_the_picture_goes_to_a_guest_and_comes_back_with_the_rooms_address(
    market: Market, phone_of: Callable[..., Page]
) -> None:
    code = market.seeded["pair_session"]
    host, guest, viewer = phone_of("pair"), phone_of("guest"), phone_of(None)
    room = f"{market.url}/live/{code}/?dari=qr"

    go_live(host, code)
    host.evaluate("window.isSamePage = true")
    host.get_by_label("Tampilkan QR ruang di gambar").check()
    viewer.goto(f"/live/{code}/")
    video_plays(viewer)
    assert address_in_picture(viewer, room) == room

    take_over(guest, code)
    expect(host.locator("[data-camera-says]")).to_contain_text("dilanjutkan dari HP atau tab lain")
    video_plays(viewer)
    assert address_in(viewer) is None

    guest.get_by_role("button", name="Berhenti siaran").click()
    expect(host.locator("[data-camera-says]")).to_contain_text("dikembalikan kepadamu")
    host.get_by_role("button", name="Lanjutkan siaran").click()
    expect(host.locator("live-publisher")).to_have_attribute("data-state", "live")
    video_plays(viewer)
    assert address_in_picture(viewer, room) == room
    assert host.evaluate("window.isSamePage") is True
    expect(guest.get_by_role("button", name="Ambil alih siaran")).to_be_enabled()


def take_over(guest: Page, code: str) -> None:
    guest.goto(f"/studio/{code}/")
    guest.get_by_role("button", name="Ambil alih siaran").click()
    expect(guest.locator("live-publisher")).to_have_attribute("data-state", "live")


def address_in_picture(viewer: Page, wanted: str) -> str | None:
    """What the code in the picture leads to, as soon as there is one."""
    end = time.monotonic() + READ_WITHIN_S
    while (found := address_in(viewer)) != wanted and time.monotonic() < end:
        time.sleep(0.3)
    return found


def address_in(viewer: Page) -> str | None:
    picture = Image.open(io.BytesIO(base64.b64decode(viewer.evaluate(FRAME))))
    found = zxingcpp.read_barcode(picture)
    return found.text if found else None
