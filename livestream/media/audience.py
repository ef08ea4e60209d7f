"""The viewers of one show: everyone gets every fragment, a slow one waits for the next key picture."""

import asyncio
import time

from livestream.media.packager import Fragment, Init
from livestream.media.wire import ViewerMessage, text_frame, viewer_fragment

_ROOM = 150


class Viewer:
    """One viewer's queue; filled without waiting, emptied by the viewer's socket."""

    def __init__(self) -> None:
        self._queue: asyncio.Queue[str | bytes | None] = asyncio.Queue()
        self._waits_for_key = True
        self.skipped = 0

    @property
    def is_behind(self) -> bool:
        """Whether something waits to be taken."""
        return not self._queue.empty()

    async def next_message(self) -> str | bytes | None:
        """The next thing to send; None means goodbye."""
        return await self._queue.get()

    def tell(self, text: str) -> None:
        self._queue.put_nowait(text)

    def begin(self, init: Init) -> None:
        self._waits_for_key = True
        self.tell(text_frame("init", mime=init.mime))
        self._queue.put_nowait(bytes([ViewerMessage.INIT]) + init.payload)

    def give(self, message: bytes) -> None:
        """Something that can be understood without what came before it."""
        self._queue.put_nowait(message)

    def offer(self, message: bytes, *, is_key: bool, room: int = _ROOM) -> None:
        """Queue the fragment, or let a viewer who is too far behind wait for a key picture."""
        if self._queue.qsize() >= room:
            self._drop_fragments()
        if self._waits_for_key and not is_key:
            self.skipped += 1
            return
        self._waits_for_key = False
        self._queue.put_nowait(message)

    def dismiss(self) -> None:
        self._queue.put_nowait(None)

    def offer_all(self, fragments: list[Fragment]) -> None:
        """In one message, so that a newcomer's player knows at once where the edge is."""
        if fragments:
            payload = b"".join(fragment.payload for fragment in fragments)
            self.offer(viewer_fragment(payload, is_key=True, now=time.monotonic()), is_key=True)

    def _drop_fragments(self) -> None:
        """Texts and init segments stay: without them nothing that follows can be read."""
        kept = []
        while not self._queue.empty():
            message = self._queue.get_nowait()
            if isinstance(message, bytes) and message[0] != ViewerMessage.INIT:
                self.skipped += 1
            else:
                kept.append(message)
        for message in kept:
            self._queue.put_nowait(message)
        self._waits_for_key = True


class Audience:
    """Everyone who watches one show over a socket."""

    def __init__(self) -> None:
        self._viewers: set[Viewer] = set()
        self._taps: set[Viewer] = set()  # hear everything, and are not counted
        self._init: Init | None = None
        self._since_key: list[Fragment] = []

    def __len__(self) -> int:
        return len(self._viewers)

    def join(self, state_text: str) -> Viewer:
        """A newcomer starts with everything since the last key picture."""
        viewer = Viewer()
        viewer.tell(state_text)
        if self._init is not None:
            viewer.begin(self._init)
            viewer.offer_all(self._since_key)
        self._viewers.add(viewer)
        return viewer

    def tap(self) -> Viewer:
        """Somebody who passes the show on."""
        tap = self.join("")
        self._viewers.discard(tap)
        self._taps.add(tap)
        return tap

    def leave(self, viewer: Viewer) -> None:
        self._viewers.discard(viewer)
        self._taps.discard(viewer)

    def tell(self, text: str) -> None:
        for viewer in self._everyone():
            viewer.tell(text)

    def begin(self, init: Init) -> None:
        self._init, self._since_key = init, []
        for viewer in self._everyone():
            viewer.begin(init)

    def show(self, fragment: Fragment) -> None:
        is_key = fragment.starts_with_key
        message = viewer_fragment(fragment.payload, is_key=is_key, now=time.monotonic())
        if is_key:
            self._since_key = []
        self._since_key.append(fragment)
        for viewer in self._everyone():
            viewer.offer(message, is_key=is_key)

    def dismiss(self) -> None:
        for viewer in self._everyone():
            viewer.dismiss()

    def _everyone(self) -> list[Viewer]:
        return [*self._viewers, *self._taps]
