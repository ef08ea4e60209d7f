"""A sale goes on while the host's network fails, for ten seconds and for a whole minute."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from bench.poor_link import PoorLink, Weather, poor_link
from bench.shoppers import Shopper
from tests.journeys.conftest import PHONE, log_in
from tests.journeys.crowd import Crowd, Watcher, crowd_in, wait_until
from tests.journeys.market import Market
from tests.journeys.test_live_sale import go_live, pin
from tests.journeys.watch import closed_in_time

pytestmark = [pytest.mark.journey, pytest.mark.timeout(240, func_only=True)]

CROWD, PAGES = 27, 3
POOR = Weather(delay_s=0.06, up_kbps=1200, down_kbps=2000, stall_every_s=8, stall_s=0.6)
NOTICED_S = 12  # until everybody sees that the host is away
BACK_S = 10  # until everybody sees the host again; a second or two where nothing else runs
STATE = 'document.querySelector("live-room").dataset.state'
DECODED = 'document.querySelector("live-player video").getVideoPlaybackQuality().totalVideoFrames'


@dataclass
class Sale:
    """What the story is about."""

    code: str
    variant: int
    host: Page
    link: PoorLink
    crowd: Crowd
    pages: list[Page]


@pytest.fixture
def sale(market: Market, browser: Browser, phone_of: Callable[..., Page]) -> Iterator[Sale]:
    planted = json.loads(market.run("-m", "tests.journeys.seed_storm", str(CROWD)).splitlines()[-1])
    people = [Shopper(*person) for person in planted["people"]]
    code = planted["session"]
    with ExitStack() as stack:
        link = stack.enter_context(poor_link(int(market.url.rpartition(":")[2]), POOR))
        host = stack.enter_context(host_behind(browser, link))
        go_live(host, code)
        pin(host, "Wedang Jahe")
        crowd = stack.enter_context(crowd_in(market.url, code, people))
        pages = [phone_of(None) for _ in range(PAGES)]
        for page in pages:
            page.goto(f"/live/{code}/")
        yield Sale(code, planted["variant"], host, link, crowd, pages)


@contextmanager
def host_behind(browser: Browser, link: PoorLink) -> Iterator[Page]:
    context = browser.new_context(
        base_url=link.url, viewport=PHONE, locale="id-ID", permissions=["camera", "microphone"]
    )
    context.set_default_timeout(30_000)
    page = context.new_page()
    log_in(page, "storm")
    yield page
    closed_in_time(browser, context.close)


def test_the_sale_goes_on_while_the_hosts_network_fails(sale: Sale) -> None:
    everybody_watches(sale)
    everybody_talks_and_some_buy(sale, "sebelum", buyers=slice(0, 3))

    away_for(sale, 10, "sepuluh", buyers=slice(3, 6))
    away_for(sale, 60, "enam puluh", buyers=slice(6, 9))

    everybody_talks_and_some_buy(sale, "sesudah", buyers=slice(9, 12))
    nobody_lost_a_word(sale)


def everybody_watches(sale: Sale) -> None:
    for page in sale.pages:
        page.wait_for_function(f"() => {STATE} === 'live'", timeout=30_000)
    watchers = sale.crowd.watchers
    wait_until(
        lambda: all(one.pieces > 10 for one in watchers),
        seconds=20,
        why_not=lambda: [one.pieces for one in watchers],
    )
    wait_until(
        lambda: all(one.hello for one in watchers),
        seconds=20,
        why_not=lambda: [bool(one.hello) for one in watchers],
    )


def everybody_talks_and_some_buy(sale: Sale, words: str, *, buyers: slice) -> None:
    watchers = sale.crowd.watchers
    sale.crowd.everybody_says(words)
    wanted = {f"{words} {number}" for number in range(CROWD)}
    wait_until(
        lambda: all(wanted <= set(one.said) for one in watchers),
        seconds=25,
        why_not=lambda: unheard(watchers, wanted),
    )
    assert not {reason for one in watchers for reason in one.refusals} - {"busy", "again"}
    chosen = watchers[buyers]
    assert sale.crowd.buy(chosen, sale.variant) == len(chosen)
    for page in sale.pages:
        expect(page.locator("live-chat")).to_contain_text(f"{words} ")


def unheard(watchers: list[Watcher], wanted: set[str]) -> object:
    return [(sorted(wanted - set(one.said)), one.refusals, one.hung_up) for one in watchers[:4]]


def away_for(sale: Sale, seconds: float, words: str, *, buyers: slice) -> None:
    """The commerce clock stands, talk and trade do not; then the same show goes on."""
    before = clock_ms(sale.crowd.hello())
    cut_at = time.monotonic()
    sale.link.cut()
    everybody_sees(sale, "paused", within=NOTICED_S)
    stopped = sale.crowd.hello()
    everybody_talks_and_some_buy(sale, words, buyers=buyers)
    assert not runs(stopped)
    assert before <= clock_ms(stopped) <= before + NOTICED_S * 1000

    expect(sale.host.locator("cut-off-note")).to_be_visible()
    time.sleep(max(0.0, seconds - (time.monotonic() - cut_at)))
    still = sale.crowd.hello()
    assert clock_ms(still) == clock_ms(stopped)
    shown = [one.pieces for one in sale.crowd.watchers]
    sale.link.mend()

    mended_at = time.monotonic()
    everybody_sees(sale, "live", within=BACK_S)
    print(f"away {seconds} s, everybody back after {time.monotonic() - mended_at:.1f} s")
    wait_until(
        lambda: all(one.pieces > had + 10 for one, had in zip(sale.crowd.watchers, shown, strict=True)),
        seconds=BACK_S,
        why_not=lambda: [(one.pieces, one.states[-1], one.hung_up) for one in sale.crowd.watchers],
    )
    again = sale.crowd.hello()
    assert runs(again)
    assert clock_ms(stopped) <= clock_ms(again) <= clock_ms(stopped) + 2 * BACK_S * 1000
    expect(sale.host.locator("cut-off-note")).to_be_hidden()


def everybody_sees(sale: Sale, state: str, *, within: float) -> None:
    end = time.monotonic() + within
    for page in sale.pages:
        left = max(0.1, end - time.monotonic())
        page.wait_for_function(f"() => {STATE} === '{state}'", timeout=left * 1000)
    if state == "live":
        for page in sale.pages:
            had = page.evaluate(DECODED)
            page.wait_for_function(f"() => {DECODED} > {had} + 5", timeout=within * 1000)


def nobody_lost_a_word(sale: Sale) -> None:
    for one in sale.crowd.watchers:
        assert one.hung_up == 0
        assert one.numbers == list(range(one.numbers[0], one.numbers[0] + len(one.numbers)))
        assert one.states[-1] == "live"
        assert "ended" not in one.states


def clock_ms(hello: dict[str, Any]) -> int:
    clock = hello["clock"]
    return int(clock["ms"] if "ms" in clock else hello["at"] - clock["zero"])


def runs(hello: dict[str, Any]) -> bool:
    return "ms" not in hello["clock"]
