"""One publisher, seen from the show: its packager, which may be replaced, and how it ends."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Callable
from functools import partial
from uuid import UUID, uuid4

from livestream.media.feed import Feed, Outcome
from livestream.media.wire import Close, Config, Form, Record

STUCK_AFTER_S = 4.0
_MOST_RENEWALS, _WITHIN_S = 3, 60.0


class Connection:
    """Lives on the event loop; what its packager says arrives there too."""

    def __init__(self, form: Form, hear: Callable[[Connection, Outcome], None]) -> None:
        self.id: UUID = uuid4()
        self.notices: asyncio.Queue[str] = asyncio.Queue()
        self.verdict: asyncio.Future[Close] = asyncio.get_running_loop().create_future()
        self.connected_at = time.monotonic()
        self.is_announced = False  # the market knows that it carries the show
        self.said_bye = False
        self.was_silent = False  # for so long that everybody has seen it
        self.failure = ""
        self._form = form
        self._hear = hear
        self._feed: Feed | None = None
        self._feeds = 0
        self._config: Config | None = None
        self._heard_at = time.monotonic()
        self._renewals: deque[float] = deque(maxlen=_MOST_RENEWALS)

    def hang_up(self, code: Close) -> None:
        if not self.verdict.done():
            self.verdict.set_result(code)

    def begin(self, *, start_us: int) -> None:
        """A packager that starts at this moment; what an earlier one still says is not heard."""
        self._feeds += 1
        tell = partial(self._pass_on, asyncio.get_running_loop(), self._feeds)
        self._feed = Feed(self._form, start_us=start_us, tell=tell)
        self._heard_at = time.monotonic()

    def renew(self, *, start_us: int) -> bool:
        """Another packager in the place of one that broke or hangs; it goes on with the next key picture.

        False when the publisher must come again instead: a container cannot be entered in the middle, and
        what breaks again and again is broken.
        """
        if self._form != "frames" or self._config is None or self._broke_too_often():
            return False
        self._renewals.append(time.monotonic())
        self.finish()
        self.begin(start_us=start_us)
        self.put(self._config)
        return True

    def put(self, item: Config | Record | bytes) -> None:
        assert self._feed is not None
        if isinstance(item, Config):
            self._config = item
        if self._feed.backlog == 0:
            self._heard_at = time.monotonic()
        self._feed.put(item)

    def finish(self) -> None:
        """Let out what is held."""
        if self._feed is not None:
            self._feed.finish()

    @property
    def is_stuck(self) -> bool:
        """Messages wait, and nothing has come out for too long."""
        waited_s = time.monotonic() - self._heard_at
        return self._feed is not None and self._feed.backlog > 0 and waited_s > STUCK_AFTER_S

    def _broke_too_often(self) -> bool:
        is_full = len(self._renewals) == _MOST_RENEWALS
        return is_full and time.monotonic() - self._renewals[0] < _WITHIN_S

    def _pass_on(self, loop: asyncio.AbstractEventLoop, feed: int, outcome: Outcome) -> None:
        """Runs on the packager's thread."""
        if not loop.is_closed():
            loop.call_soon_threadsafe(self._receive, feed, outcome)

    def _receive(self, feed: int, outcome: Outcome) -> None:
        if feed == self._feeds:
            self._heard_at = time.monotonic()
            self._hear(self, outcome)
