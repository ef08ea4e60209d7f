"""Pages that need no market: every one says which process answered it."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable
from typing import Any

ANSWER_S = 0.02


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    environ["wsgi.input"].read()
    time.sleep(ANSWER_S)  # so that some are still being answered when the process is told to stop
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [str(os.getppid()).encode()]
