"""Tells the room processes that something is new, without making the caller wait.

A ring may be lost: the truth is in the database, and every room looks there by itself now and then.
"""

from __future__ import annotations

import asyncio
import atexit
import logging
import os
import threading
import time
from typing import Any

from channels.layers import get_channel_layer

MARKET = "live.market"  # what concerns every room process
PATIENCE = 2.0  # seconds for one ring to go out
# Seconds between two rounds of rings. The first word after a silence goes at once; in a rush (a thousand
# sales a second) each round carries what came meanwhile, and the process has its time for people.
PAUSE = 0.01

logger = logging.getLogger(__name__)
Message = dict[str, Any]


def room_group(session_id: int) -> str:
    return f"live.room.{session_id}"


def ring(group: str, **words: int | list[Any]) -> None:
    """Have every room process hear these words soon. Words that wait together travel together."""
    with _lock:
        waiting = _waiting.setdefault(group, {})
        for name, word in words.items():
            waiting[name] = _joined(waiting.get(name), word)
        _start_ringer()
        _lock.notify()


def _joined(old: Any, new: Any) -> Any:
    """Of two numbers the greater, of two lists both."""
    if old is None:
        return new
    return [*old, *new] if isinstance(new, list) else max(old, new)


_lock = threading.Condition()
_waiting: dict[str, Message] = {}
_ringer: threading.Thread | None = None
_is_ringing = False


def _start_ringer() -> None:
    global _ringer
    if _ringer is None or not _ringer.is_alive():
        _ringer = threading.Thread(target=_keep_ringing, name="doorbell", daemon=True)
        _ringer.start()


def _keep_ringing() -> None:
    """The layer keeps one connection per event loop, so one loop lives as long as the process."""
    global _is_ringing
    with asyncio.Runner() as runner:
        while True:
            with _lock:
                _is_ringing = False
                _lock.notify_all()
                _lock.wait_for(lambda: _waiting)
                rings = dict(_waiting)
                _waiting.clear()
                _is_ringing = True
            for group, message in rings.items():
                runner.run(_send(group, message))
            time.sleep(PAUSE)


async def _send(group: str, message: Message) -> None:
    layer = get_channel_layer()
    assert layer is not None
    # The first attempt after a restart of the server may only find out that the connection is gone.
    for is_last in (False, True):
        try:
            await asyncio.wait_for(layer.group_send(group, {"type": "ring", **message}), PATIENCE)
            return
        except Exception as problem:
            if is_last:
                logger.warning("A ring for %s was lost: %r", group, problem)


def _ring_out() -> None:
    """Give the last rings a moment before the process ends."""
    with _lock:
        _lock.wait_for(lambda: not _waiting and not _is_ringing, timeout=1.0)


def _forget_parent() -> None:
    """Threads do not survive a fork."""
    global _ringer, _lock, _is_ringing
    _lock = threading.Condition()
    _waiting.clear()
    _ringer, _is_ringing = None, False


atexit.register(_ring_out)
os.register_at_fork(after_in_child=_forget_parent)
