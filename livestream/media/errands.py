"""Words to the rest of the market, one after the other, tried again while the market is busy."""

import asyncio
from collections.abc import Awaitable, Callable

import structlog

log = structlog.get_logger(__name__)

Errand = Callable[[], Awaitable[object]]

_PAUSES_S = (0.5, 1, 2, 4, 8, 15)


class Errands:
    """A queue that keeps its order, so that `gone` is never told before `here`."""

    def __init__(self) -> None:
        self._queue: asyncio.Queue[Errand] = asyncio.Queue()
        self._runner: asyncio.Task[None] | None = None

    def add(self, errand: Errand) -> None:
        self._queue.put_nowait(errand)
        if self._runner is None or self._runner.done():
            self._runner = asyncio.create_task(self._run())

    async def finish(self) -> None:
        if self._runner is not None:
            await self._runner

    async def _run(self) -> None:
        while not self._queue.empty():
            await _try_repeatedly(self._queue.get_nowait())


async def _try_repeatedly(errand: Errand) -> None:
    for pause_s in _PAUSES_S:
        try:
            await errand()
            return
        except Exception:
            log.exception("live_errand_failed", retry_in_s=pause_s)
            await asyncio.sleep(pause_s)
    log.error("live_errand_given_up")
