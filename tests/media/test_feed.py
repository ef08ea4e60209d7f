import queue
import time
from collections import deque

import pytest

from livestream.media.feed import Failed, Feed, Finished, Outcome, Overloaded
from livestream.media.packager import Fragment, Init
from tests.media.material import config, messages, webm


class Heard:
    """Collects what a feed tells, until it is finished."""

    def __init__(self):
        self._queue: queue.Queue[Outcome] = queue.Queue()
        self.tell = self._queue.put

    def until_finished(self):
        outcomes: list[Outcome] = []
        while not outcomes or not isinstance(outcomes[-1], Finished):
            outcomes.append(self._queue.get(timeout=5))
        return outcomes


def run(form, items):
    heard = Heard()
    feed = Feed(form, start_us=0, tell=heard.tell)
    for item in items:
        feed.put(item)
    feed.finish()
    return heard.until_finished()


def test_lets_everything_out_and_finishes():
    outcomes = run("frames", [config(), *messages(1)])

    assert isinstance(outcomes[0], Init)
    assert [piece for piece in outcomes if isinstance(piece, Fragment)][-1].end_us >= 1_000_000


def test_reads_webm_piece_by_piece():
    recorded = webm(2)

    outcomes = run("webm", [recorded[first : first + 3000] for first in range(0, len(recorded), 3000)])

    pieces = [piece for piece in outcomes if isinstance(piece, Fragment)]
    assert pieces[0].starts_with_key
    assert pieces[-1].end_us == pytest.approx(2_000_000, abs=60_000)


@pytest.mark.parametrize("form", ["frames", "webm", "mp4"])
@pytest.mark.parametrize(
    "rubbish",
    [bytes(5000), bytes(range(256)) * 40, b"<!doctype html><title>hi</title>" * 50, b"\x1a\x45\xdf\xa3" * 99],
    ids=["zeros", "noise", "a page", "half a WebM"],
)
def test_rubbish_ends_this_feed_with_a_reason(form, rubbish):
    outcomes = run(form, [rubbish])

    assert [type(outcome) for outcome in outcomes] == [Failed, Finished]
    assert outcomes[0].reason


def test_refuses_what_phones_cannot_play():
    outcomes = run("webm", [webm(1, codec="libvpx")])

    assert outcomes[0] == Failed("the browser did not send H.264")


def test_other_feeds_go_on_when_one_fails():
    heard = Heard()
    healthy = Feed("frames", start_us=0, tell=heard.tell)
    healthy.put(config())

    run("frames", [b"\xff" * 100])

    for message in messages(1):
        healthy.put(message)
    healthy.finish()
    assert not any(isinstance(outcome, Failed) for outcome in heard.until_finished())


def test_never_waits_for_a_feed_that_does_not_keep_up():
    feed = Feed("frames", start_us=0, tell=lambda _: time.sleep(0.5))
    feed.put(config())
    started = time.monotonic()

    with pytest.raises(Overloaded):
        deque(map(feed.put, [*messages(3)] * 8))

    assert time.monotonic() - started < 0.4
