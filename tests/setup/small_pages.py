"""Pages that need no market: every one says which server answered it."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

SLOW = "/lama/"
ANSWER_S, SLOW_ANSWER_S = 0.02, 2.0

if loading := os.environ.get("SMALL_PAGES_LOADING"):
    Path(loading).touch()
    time.sleep(30)


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    environ["wsgi.input"].read()
    # So that some are still being answered when the server is told to stop.
    time.sleep(SLOW_ANSWER_S if environ["PATH_INFO"] == SLOW else ANSWER_S)
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [str(os.getppid()).encode()]
