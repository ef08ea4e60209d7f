"""A viewer whose network becomes too narrow for pictures keeps the sound, and gets the pictures back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from bench.poor_link import PoorLink, Weather, poor_link
from tests.journeys.conftest import PHONE
from tests.journeys.market import Market
from tests.journeys.test_live_sale import go_live, video_plays
from tests.journeys.watch import closed_in_time

pytestmark = [pytest.mark.journey, pytest.mark.timeout(180, func_only=True)]

NARROW_KBPS, WIDE_KBPS = 250, 20_000
SOUND_WITHIN_MS = 60_000
CAMERA = Path("bench/glass/camera.js")  # moves, so that it needs several times what the network carries
ROAD = 'document.querySelector("live-player").dataset.road'
STATE = 'document.querySelector("live-player").dataset.state'


def test_a_narrow_network_leads_to_sound_by_itself_and_back_by_hand(
    market: Market, browser: Browser, phone_of: Callable[..., Page]
) -> None:
    code = market.seeded["island_session"]
    seller = phone_of("islander")
    seller.add_init_script(path=CAMERA)
    go_live(seller, code)
    with viewer_behind_link(market, browser) as (viewer, link):
        viewer.goto(f"/live/{code}/")
        video_plays(viewer)
        assert viewer.evaluate(ROAD) == "near"

        link.down.fall_to(NARROW_KBPS)
        viewer.wait_for_function(f"() => {STATE} === 'audio_only'", timeout=SOUND_WITHIN_MS)
        expect(viewer.locator("[data-weak-road]")).to_contain_text("sekarang suara saja")
        sound_goes_on(viewer)

        link.down.fall_to(WIDE_KBPS)
        viewer.get_by_role("button", name="Coba video lagi").click()
        viewer.wait_for_function(f"() => {ROAD} === 'near' && {STATE} === 'live'", timeout=15_000)
        video_plays(viewer)


@contextmanager
def viewer_behind_link(market: Market, browser: Browser) -> Iterator[tuple[Page, PoorLink]]:
    weather = Weather(delay_s=0.03, down_kbps=WIDE_KBPS)
    with poor_link(int(market.url.rpartition(":")[2]), weather) as link:
        context = browser.new_context(base_url=link.url, viewport=PHONE, locale="id-ID")
        yield context.new_page(), link
        closed_in_time(browser, context.close)


def sound_goes_on(viewer: Page) -> None:
    """What is heard moves on for some seconds on the same narrow network."""
    viewer.wait_for_function(
        """() => {
            const {currentTime, webkitAudioDecodedByteCount} = document.querySelector("live-player video");
            window.heardFrom ??= {currentTime, webkitAudioDecodedByteCount};
            return currentTime > window.heardFrom.currentTime + 3
                && webkitAudioDecodedByteCount > window.heardFrom.webkitAudioDecodedByteCount;
        }""",
        timeout=20_000,
    )
