"""Database work of the room process: a few threads that keep their connections."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import ParamSpec, TypeVar

from django.db import InterfaceError, OperationalError, close_old_connections, connection

THREADS = 4
TRUSTED_FOR = 5.0  # seconds after its last use a connection is taken for alive
TRIES = 2

P = ParamSpec("P")
R = TypeVar("R")
_pool = ThreadPoolExecutor(THREADS, thread_name_prefix="room-database")
_here = threading.local()


async def in_thread(function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """Call a function that asks the database, without stopping the loop.

    It may be called twice: a connection that turns out to be broken is replaced once.
    """
    call = partial(_with_connection, partial(function, *args, **kwargs))
    return await asyncio.get_running_loop().run_in_executor(_pool, call)


def _with_connection(call: Callable[[], R]) -> R:
    if time.monotonic() - getattr(_here, "used_at", 0.0) > TRUSTED_FOR:
        close_old_connections()
    try:
        return _at_most_tries(call)
    finally:
        _here.used_at = time.monotonic()
        if connection.settings_dict["CONN_MAX_AGE"] == 0:  # it belongs to a pool
            close_old_connections()


def _at_most_tries(call: Callable[[], R]) -> R:
    for _ in range(TRIES - 1):
        try:
            return call()
        except (InterfaceError, OperationalError):
            close_old_connections()
    return call()
