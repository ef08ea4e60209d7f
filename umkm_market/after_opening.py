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
    _wait_for(f"http://127.0.0.1:{port}/readyz")
    os.execvp(command[0], command)  # noqa: S606


def _wait_for(address: str) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(address, timeout=2):  # noqa: S310
                return
        except OSError:
            time.sleep(0.2)


if __name__ == "__main__":
    main()
