"""A real publisher behind real packet losses and outages: run by hand, as root; it prints what happened.

    .venv/bin/pytest -s tests/journeys/lossy_uplink.py

Not one of the tests that run by themselves: it makes a network namespace (see bench/lossy_way.py).
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import av
import numpy as np
import pytest
from playwright.sync_api import Browser, Page

from bench.lossy_way import OUTSIDE, LossyWay, Way, lossy_way
from bench.poor_link import Weather, poor_link
from livestream.media import clips
from tests.journeys.conftest import FLAGS, PHONE, log_in
from tests.journeys.crowd import Crowd, crowd_in
from tests.journeys.market import Market
from tests.journeys.test_live_sale import go_live, video_plays
from tests.journeys.test_poor_network import clock_ms, runs

pytestmark = [pytest.mark.journey, pytest.mark.timeout(600)]

WAY = Way(rate_kbps=400, loss=0.08, round_trip_s=0.15)
LOOK_S = 40
TOLD_WITHIN_S = 6
BACK_WITHIN_S = 15
HEARD = 0.005  # of full scale; the tone is at 0.035
CAMERA = Path("bench/glass/camera.js")  # a picture that moves and a tone without a pause
WATCH = """() => {
    const room = document.querySelector("live-room"), video = room.querySelector("live-player video");
    const note = () => seen.push([Date.now() / 1000, room.dataset.state]);
    window.seen = [];
    window.ticks = {all: 0, moved: 0, time: video.currentTime};
    new MutationObserver(note).observe(room, {attributeFilter: ["data-state"]});
    setInterval(() => {
        ticks.all += 1;
        ticks.moved += video.currentTime !== ticks.time;
        ticks.time = video.currentTime;
    }, 250);
}"""


@dataclass
class Show:
    code: str
    way: LossyWay
    host: Page
    viewer: Page
    crowd: Crowd
    folder: Path


@pytest.fixture
def show(market: Market, browser: Browser, phone_of: Callable[..., Page], tmp_path: Path) -> Iterator[Show]:
    code = market.seeded["island_session"]
    with ExitStack() as stack:
        way = stack.enter_context(lossy_way(WAY))
        port = int(market.url.rpartition(":")[2])
        door = stack.enter_context(poor_link(port, Weather(), host=OUTSIDE))
        host = stack.enter_context(host_behind(browser, way, door.port, tmp_path))
        go_live(host, code)
        host.evaluate("window.isSamePage = true")
        viewer = phone_of(None)
        viewer.goto(f"/live/{code}/")
        video_plays(viewer)
        viewer.evaluate(WATCH)
        crowd = stack.enter_context(crowd_in(market.url, code, []))
        yield Show(code, way, host, viewer, crowd, Path(market.environment["VAR"]) / "live" / code)


@contextmanager
def host_behind(browser: Browser, way: LossyWay, port: int, folder: Path) -> Iterator[Page]:
    """A browser of its own inside the namespace; `localhost` is what browsers lend a camera to."""
    start = folder / "chromium-behind"
    start.write_text(f'#!/bin/sh\nexec {" ".join(way.inside(str(shutil.which("chromium"))))} "$@"\n')
    start.chmod(0o755)
    flags = [*FLAGS, f"--host-resolver-rules=MAP localhost {OUTSIDE}"]
    far = browser.browser_type.launch(executable_path=str(start), args=flags)
    context = far.new_context(
        base_url=f"http://localhost:{port}",
        viewport=PHONE,
        locale="id-ID",
        permissions=["camera", "microphone"],
    )
    context.set_default_timeout(60_000)
    page = context.new_page()
    page.add_init_script(path=CAMERA)
    log_in(page, "islander")
    yield page
    far.close()


def test_the_show_lives_through_losses_and_outages(show: Show) -> None:
    from_ms = media_ms(show)
    time.sleep(LOOK_S)
    to_ms = media_ms(show)
    ticks = show.viewer.evaluate("ticks")
    print(f"\n{WAY}: {show.way.counted}")
    print(f"viewer's playhead moved in {ticks['moved']} of {ticks['all']} looks, states {states(show)}")
    time.sleep(3)  # the last segment is written
    share = sound_share(show, from_ms, to_ms)
    print(f"media clock {(to_ms - from_ms) / 1000:.1f} s in {LOOK_S} s, with sound {share:.1%}")
    for seconds in (3, 10, 60):
        outage(show, seconds)


def outage(show: Show, seconds: float) -> None:
    show.viewer.evaluate("seen.length = 0")
    before = show.crowd.hello()
    cut_at = time.time()
    show.way.drop()
    time.sleep(seconds - 1)
    during = show.crowd.hello()
    time.sleep(max(0.0, cut_at + seconds - time.time()))
    still = show.crowd.hello()
    show.way.mend()
    show.viewer.wait_for_function(
        "() => document.querySelector('live-room').dataset.state === 'live'", timeout=BACK_WITHIN_S * 1000
    )
    video_plays(show.viewer)
    after = show.crowd.hello()
    told = [(round(at - cut_at, 1), state) for at, state in show.viewer.evaluate("seen")]
    print(f"away for {seconds} s: seen by a viewer, seconds from the loss on: {told}")
    print(
        f"  clock {[(round(clock_ms(one) / 1000, 1), runs(one)) for one in (before, during, still, after)]}"
    )
    if seconds >= 10:
        assert next(at for at, state in told if state == "paused") <= TOLD_WITHIN_S
        assert not runs(during)
        assert clock_ms(during) == clock_ms(still)
    assert runs(after)
    assert show.host.evaluate("window.isSamePage") is True
    assert "ended" not in [state for _, state in told]


def media_ms(show: Show) -> int:
    return int(show.viewer.evaluate("document.querySelector('live-player video').currentTime * 1000"))


def states(show: Show) -> list[str]:
    return [state for _, state in show.viewer.evaluate("seen")]


def sound_share(show: Show, from_ms: int, to_ms: int) -> float:
    """Of what was recorded, how much of it in pieces of 20 ms is not silence."""
    clip = show.folder.parent / "lossy.mp4"
    clips.cut(show.folder, from_ms=from_ms, to_ms=to_ms, target=clip)
    with av.open(str(clip)) as container:
        blocks = [frame.to_ndarray()[0] for frame in container.decode(audio=0)]
        rate = container.streams.audio[0].rate or 48_000
    wave = np.concatenate(blocks)
    pieces = wave[: len(wave) // (rate // 50) * (rate // 50)].reshape(-1, rate // 50)
    return float((np.sqrt((pieces**2).mean(axis=1)) > HEARD).mean())
