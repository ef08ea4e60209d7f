"""Real Chromium at both ends: a camera that carries the time, and a screen it is read from."""

import time

import pytest

from bench.glass.measure import ages, chromium, seller, shopper
from bench.glass.process import media_process

pytestmark = pytest.mark.journey

DECODED = """(() => {
  const video = document.querySelector("video");
  const { totalVideoFrames } = video.getVideoPlaybackQuality();
  return { pictures: totalVideoFrames, sound: video.webkitAudioDecodedByteCount, at: video.currentTime };
})()"""


@pytest.fixture(scope="module")
def browser():
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def site(browser):
    with media_process() as process, seller(browser, process.url):
        time.sleep(4)
        yield process.url


def test_pictures_and_sound_play_on(browser, site):
    with shopper(browser, f"{site}/near") as page:
        before = page.evaluate(DECODED)
        page.wait_for_timeout(2000)
        after = page.evaluate(DECODED)

    assert after["at"] - before["at"] > 1
    assert after["pictures"] - before["pictures"] > 15
    assert after["sound"] > before["sound"] > 0


@pytest.mark.parametrize(("road", "limit_ms"), [("near", 2500), ("far", 6000)])
def test_pictures_are_young(browser, site, road, limit_ms):
    seen = ages(browser, f"{site}/{road}", seconds=2)

    assert seen.p95 < limit_ms


def test_the_screen_moves_on_after_the_seller_was_gone(browser):
    with (
        media_process() as process,
        seller(browser, process.url) as studio,
        shopper(browser, f"{process.url}/near") as page,
    ):
        studio.evaluate("document.querySelector('live-publisher').dropFor(5000)")
        page.wait_for_selector('live-player[data-state="reconnecting"]', state="attached")

        page.wait_for_selector('live-player[data-state="live"]', state="attached", timeout=12_000)

        shown = page.evaluate("glass.shown")
        page.wait_for_function(f"glass.shown > {shown} + 20", timeout=8_000)


def test_who_wants_only_sound_gets_only_sound(browser, site):
    page = browser.new_context().new_page()
    page.goto(f"{site}/saver")

    page.wait_for_selector('live-player[data-state="audio_only"]', state="attached", timeout=15_000)
    page.wait_for_function("document.querySelector('video').currentTime > 0")
    before = page.evaluate(DECODED)
    page.wait_for_timeout(2000)
    after = page.evaluate(DECODED)
    page.context.close()

    assert after["sound"] > before["sound"]
    assert after["at"] - before["at"] > 1
    assert after["pictures"] == 0
