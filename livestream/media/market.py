"""The hooks of the embedded engine: straight into the market's database."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any, ParamSpec, TypeVar
from uuid import UUID

from asgiref.sync import sync_to_async
from django.conf import settings
from django.db import close_old_connections
from django.utils import timezone

from livestream.media.hooks import Phase, Showing
from livestream.models import LiveSession
from livestream.operations import air

P = ParamSpec("P")
T = TypeVar("T")

_THREADS = ThreadPoolExecutor(4, "live-database")


class MarketHooks:
    """Each call takes a database thread; the event loop never waits for the database."""

    async def showing(self, code: str) -> Showing | None:
        return await in_database(_showing)(code)

    async def authorise(self, code: str, token: str) -> bool:
        return await in_database(air.authorise)(code=code, token=token)

    async def on_publish(self, code: str, connection_id: UUID) -> bool:
        return await in_database(air.on_publish)(code, connection_id=connection_id)

    async def on_unpublish(self, code: str, connection_id: UUID) -> None:
        await in_database(air.on_unpublish)(code, connection_id=connection_id)

    async def on_progress(self, code: str, connection_id: UUID, media_ms: int) -> bool:
        note = in_database(air.on_progress)
        return await note(code, connection_id=connection_id, media_ms=media_ms)

    async def on_poster(self, code: str) -> None:
        await in_database(air.on_poster)(code)

    async def on_recorded(self, code: str, recorded_ms: int) -> None:
        await in_database(air.on_recorded)(code, recorded_ms=recorded_ms)

    async def end_session(self, code: str, connection_id: UUID) -> None:
        await in_database(air.end_carried_session)(code, connection_id=connection_id)

    async def interrupt_all(self) -> None:
        await in_database(air.interrupt_all)()

    async def end_abandoned(self) -> None:
        await in_database(air.end_abandoned)()


def in_database(call: Callable[P, T]) -> Callable[P, Coroutine[Any, Any, T]]:
    """The call on a database thread, which keeps no broken connection for the next one."""

    def run(*args: P.args, **kwargs: P.kwargs) -> T:
        close_old_connections()
        try:
            return call(*args, **kwargs)
        finally:
            close_old_connections()

    return sync_to_async(run, thread_sensitive=False, executor=_THREADS)


def _showing(code: str) -> Showing | None:
    session = LiveSession.objects.filter(code=code, shop__suspended_at__isnull=True).first()
    return Showing(_phase(session), session.interrupted_at) if session else None


def _phase(session: LiveSession) -> Phase:
    if session.ended_at:
        return Phase.ENDED
    if not session.went_live_at:
        return Phase.UPCOMING
    if not session.interrupted_at:
        return Phase.LIVE
    grace = timedelta(seconds=settings.LIVE_GRACE_SECONDS)
    is_in_grace = timezone.now() - session.interrupted_at <= grace
    return Phase.RECONNECTING if is_in_grace else Phase.PAUSED
