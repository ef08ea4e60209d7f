"""A thread of its own for each publisher connection, so that bad input hurts nobody else.

The event loop only ever puts without waiting; what comes out is handed to `tell`, which is called
on this thread.
"""

import queue
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import structlog

from livestream.media.bad_input import BadInput
from livestream.media.containers import Pieces, read_container
from livestream.media.packager import Fragment, Init, Packager
from livestream.media.wire import Config, Form, Record, unpack_records

log = structlog.get_logger(__name__)

_ROOM = 400  # messages: 16 seconds of pictures


@dataclass(frozen=True)
class Failed:
    """This connection's input cannot be used any further."""

    reason: str
    is_ours: bool = False  # nothing was wrong with the input


@dataclass(frozen=True)
class Finished:
    """Everything that was put has come out."""


Outcome = Init | Fragment | Failed | Finished


class Overloaded(Exception):
    """The thread does not keep up; the connection must go."""


class Feed:
    """Put configs and messages, or single records, in; inits and fragments come out."""

    def __init__(self, form: Form, *, start_us: int, tell: Callable[[Outcome], None]) -> None:
        self._form = form
        self._packager = Packager(start_us=start_us)
        self._tell = tell
        self._queue: queue.Queue[Config | Record | bytes | None] = queue.Queue(_ROOM)
        self._thread = threading.Thread(target=self._run, name="live-feed", daemon=True)
        self._thread.start()

    def put(self, item: Config | Record | bytes) -> None:
        try:
            self._queue.put_nowait(item)
        except queue.Full as error:
            raise Overloaded from error

    def finish(self) -> None:
        """Let out what is held, then stop; gives up on a thread that is stuck."""
        try:
            self._queue.put_nowait(None)
        except queue.Full:
            log.warning("live_feed_abandoned")

    @property
    def backlog(self) -> int:
        return self._queue.qsize()

    def _run(self) -> None:
        try:
            for outcome in self._outcomes():
                self._tell(outcome)
        except BadInput as refusal:
            self._tell(Failed(str(refusal)))
        except Exception:
            log.exception("live_feed_failed")
            self._tell(Failed("the packager failed", is_ours=True))
        self._tell(Finished())

    def _outcomes(self) -> Iterator[Init | Fragment]:
        if self._form == "frames":
            yield from self._from_frames()
        else:
            pieces = Pieces(self._next_piece)
            for item in read_container(pieces, self._form):
                if isinstance(item, Config):
                    yield from self._packager.configure(item)
                else:
                    yield from self._packager.feed(item)
        yield from self._packager.flush()

    def _from_frames(self) -> Iterator[Init | Fragment]:
        while (item := self._queue.get()) is not None:
            if isinstance(item, Config):
                yield from self._packager.configure(item)
                continue
            for record in [item] if isinstance(item, Record) else unpack_records(item):
                yield from self._packager.feed(record)

    def _next_piece(self) -> bytes:
        while (item := self._queue.get()) is not None:
            if isinstance(item, bytes):
                return item
        return b""
