"""`python -m umkm_market.media_keeper HOST PORT`: the media process, and a second one that waits.

When the first dies the second has taken its place before a browser tries again; when it hangs, it is
killed. The keeper itself does nothing that could fail: it loads no Django and no codecs.
"""

from __future__ import annotations

import http.client
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from livestream.media.ownership import Ownership

_LOOK_EVERY_S = 0.1
_ASK_EVERY_S = 0.75
_PATIENCE = 4  # questions of a second each that may go unanswered, so that a show is back within eight
_ALONE_S = 4.0  # the first one loads undisturbed
_GOODBYE_S = 8.0


class Keeper:
    """Two children, of which one owns the data folder."""

    def __init__(self, host: str, port: int) -> None:
        self._host, self._port = host, port
        self._children: list[subprocess.Popen[bytes]] = []
        self._began_at = time.monotonic()
        self._has_answered = False
        self._unanswered = 0
        self._asked_at = 0.0

    def run(self) -> None:
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
        try:
            while True:
                self._fill_up()
                self._ask()
                time.sleep(_LOOK_EVERY_S)
        finally:
            self._stop()

    def _fill_up(self) -> None:
        self._children = [child for child in self._children if child.poll() is None]
        is_early = time.monotonic() - self._began_at < _ALONE_S
        while len(self._children) < (1 if is_early else 2):
            command = [sys.executable, "-m", "umkm_market.media", self._host, str(self._port)]
            self._children.append(subprocess.Popen(command))

    def _ask(self) -> None:
        """A process that has answered once and does so no more is stuck, whatever it is stuck in."""
        if time.monotonic() - self._asked_at < _ASK_EVERY_S:
            return
        self._asked_at = time.monotonic()
        if self._answers():
            self._has_answered, self._unanswered = True, 0
            return
        self._unanswered += 1
        if self._has_answered and self._unanswered >= _PATIENCE:
            self._kill_owner()

    def _answers(self) -> bool:
        host = "127.0.0.1" if self._host == "0.0.0.0" else self._host  # noqa: S104
        wire = http.client.HTTPConnection(host, self._port, timeout=1.0)
        try:
            wire.request("GET", "/media-live/health")
            return wire.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False
        finally:
            wire.close()

    def _kill_owner(self) -> None:
        self._has_answered, self._unanswered = False, 0
        owner = Ownership.owner(_live_root())
        for child in self._children:
            if child.pid == owner:
                print(f"media process {owner} does not answer: killed", file=sys.stderr, flush=True)
                child.kill()

    def _stop(self) -> None:
        owner = Ownership.owner(_live_root())
        for child in self._children:
            child.terminate() if child.pid == owner else child.kill()
        end = time.monotonic() + _GOODBYE_S
        for child in self._children:
            try:
                child.wait(max(0.1, end - time.monotonic()))
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()


def _live_root() -> Path:
    """As the settings say it."""
    var = os.environ.get("VAR") or Path(__file__).resolve().parent.parent / "var"
    return Path(os.environ.get("LIVE_ROOT") or Path(var).expanduser() / "live")


if __name__ == "__main__":
    Keeper(sys.argv[1], int(sys.argv[2])).run()
