"""Waits for what a bench has started."""

from __future__ import annotations

import time
from contextlib import suppress
from urllib.request import urlopen


def until_it_answers(url: str, seconds: float) -> None:
    """Raises TimeoutError when nothing answers well there within so many seconds."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with suppress(OSError), urlopen(url, timeout=2):  # noqa: S310
            return
        time.sleep(0.05)
    raise TimeoutError(url)
