"""`python -m umkm_market.after_opening PORT COMMAND…`: becomes that command once the market's door is open.

On a small machine a dozen processes that start at once keep each other, and the first visitor, waiting.
What nobody sees at first lets the door go before; should it not open, it starts all the same.
"""

from __future__ import annotations

import os
import sys
import time
import urllib.request

PATIENCE_SECONDS = 30


def main() -> None:
    port, *command = sys.argv[1:]
    end = time.monotonic() + PATIENCE_SECONDS
    while not is_open(int(port)) and time.monotonic() < end:
        time.sleep(0.2)
    os.execvp(command[0], command)  # noqa: S606


def is_open(port: int) -> bool:
    """Whether the market behind this port answers, with its database and its cache."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=2) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


if __name__ == "__main__":
    main()
