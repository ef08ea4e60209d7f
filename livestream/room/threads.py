"""Database work of the room process: a few threads that keep their connections."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import ParamSpec, TypeVar

from django.db import close_old_connections, connections

THREADS = 4

P = ParamSpec("P")
R = TypeVar("R")
_pool = ThreadPoolExecutor(THREADS, thread_name_prefix="room-database")


async def in_thread(function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """Call a function that asks the database, without stopping the loop."""
    call = partial(_with_fresh_connection, function, *args, **kwargs)
    return await asyncio.get_running_loop().run_in_executor(_pool, call)


def close_threads() -> None:
    """Hang up every connection of the pool; it opens new ones when it is used again."""
    everyone = threading.Barrier(THREADS)
    for done in [_pool.submit(_hang_up, everyone) for _ in range(THREADS)]:
        done.result()


def _hang_up(everyone: threading.Barrier) -> None:
    connections.close_all()
    everyone.wait()  # so that each thread takes one


def _with_fresh_connection(function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    close_old_connections()
    try:
        return function(*args, **kwargs)
    finally:
        close_old_connections()
