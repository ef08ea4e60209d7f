"""Starts the engines before Django reads its settings; loaded with `-p` from pyproject.toml.

The controlling process starts them once, in a folder that is gone afterwards; each parallel worker
takes its own database in PostgreSQL and in Valkey.
"""

import atexit
import contextlib
import os
import tempfile

from umkm_market import engines


def _start() -> None:
    cleanup = contextlib.ExitStack()
    folder = cleanup.enter_context(tempfile.TemporaryDirectory(prefix="pasar-malam-test-"))
    atexit.register(cleanup.close)  # after the folder's own, so that it runs before
    os.environ["VAR"] = folder
    os.environ.setdefault("HASHED_STATIC", "0")
    # What is lost when the machine loses its power is no loss here.
    engines.POSTGRES_TUNING |= {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}
    cleanup.enter_context(engines.running())


worker = os.environ.get("PYTEST_XDIST_WORKER", "")
if worker:
    base, _, _ = os.environ["REDIS_URL"].rpartition("/")
    os.environ["REDIS_URL"] = f"{base}/{int(worker.removeprefix('gw')) + 1}"
else:
    _start()
