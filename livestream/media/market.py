"""The hooks of the embedded engine: straight into the market's database."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from typing import Any, ParamSpec, TypeVar
from uuid import UUID

from asgiref.sync import sync_to_async
from django.conf import settings
from django.core.cache import cache
from django.db import close_old_connections
from django.db.models import Q
from django.utils import timezone
from redis.exceptions import RedisError

from kit.sealed import unseal
from livestream.media.engines import CROWD, stream_name
from livestream.media.hooks import Phase, Progress, Showing
from livestream.media.outlets import ENGINE, Outlet, Standing, Trouble
from livestream.media.signs import meter_key, standing_key
from livestream.media.tokens import gateway_token, is_gateway_token
from livestream.models import LiveSession, SessionOutlet
from livestream.operations import air, outlets, streams
from livestream.outside import OutsideEngine, outside_engine
from livestream.queries.sessions import sessions_open_to
from livestream.room.tickets import person_behind, session_key_in

P = ParamSpec("P")
T = TypeVar("T")

_METER_S = 4
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

    async def on_progress(self, code: str, connection_id: UUID, progress: Progress) -> bool:
        return await in_database(_note_progress)(code, connection_id, progress)

    async def outlets(self, code: str) -> list[Outlet]:
        return await in_database(_outlets)(code)

    async def on_outlet(self, code: str, name: str, standing: Standing, trouble: Trouble) -> None:
        await in_database(_note_outlet)(code, name, standing, trouble)

    async def on_poster(self, code: str) -> None:
        await in_database(air.on_poster)(code)

    async def on_recorded(self, code: str, recorded_ms: int) -> None:
        await in_database(air.on_recorded)(code, recorded_ms=recorded_ms)

    async def end_session(self, code: str, connection_id: UUID) -> bool:
        return await in_database(air.end_carried_session)(code, connection_id=connection_id)

    async def may_replay(self, code: str) -> bool:
        return await in_database(_may_replay)(code)

    async def may_watch(self, code: str, cookies: str) -> bool:
        return await in_database(_may_watch)(code, cookies)

    async def interrupt_all(self) -> None:
        await in_database(_interrupt_all)()

    async def end_abandoned(self) -> None:
        await in_database(air.end_abandoned)()

    # --- what an engine beside us asks and tells

    async def authorise_stream(self, code: str, key: str) -> bool:
        return await in_database(streams.authorise_key)(code=code, key=key)

    async def authorise_gateway(self, code: str, token: str) -> bool:
        return is_gateway_token(token, code=code)

    async def begin_stream(self, code: str, stream_id: str) -> bool:
        return await in_database(streams.begin_stream)(code, stream_id=stream_id)

    async def end_stream(self, code: str, stream_id: str) -> None:
        await in_database(streams.end_stream)(code, stream_id=stream_id)

    async def is_stream_wanted(self, code: str, stream_id: str) -> bool:
        return await in_database(streams.is_stream_wanted)(code, stream_id=stream_id)

    async def open_streams(self) -> list[tuple[str, str]]:
        return await in_database(streams.open_streams)()

    async def note_trouble(self, code: str, stream_id: str, trouble: str) -> None:
        await in_database(streams.note_trouble)(code, stream_id=stream_id, trouble=trouble)

    async def note_recording(self, code: str, path: str) -> None:
        await in_database(streams.note_recording)(code, path=path)


def in_database(call: Callable[P, T]) -> Callable[P, Coroutine[Any, Any, T]]:
    """The call on a database thread, which keeps no broken connection for the next one."""

    def run(*args: P.args, **kwargs: P.kwargs) -> T:
        close_old_connections()
        try:
            return call(*args, **kwargs)
        finally:
            close_old_connections()

    return sync_to_async(run, thread_sensitive=False, executor=_THREADS)


def _note_progress(code: str, connection_id: UUID, progress: Progress) -> bool:
    is_wanted = air.on_progress(code, connection_id=connection_id, media_ms=progress.media_ms)
    if is_wanted:
        with contextlib.suppress(RedisError):
            cache.set(meter_key(code), {"kbps": progress.kbps, "lag_ms": progress.lag_ms}, _METER_S)
    return is_wanted


def _outlets(code: str) -> list[Outlet]:
    """Our own engine first, then where the seller wants to be seen as well. A rehearsal goes nowhere."""
    if LiveSession.objects.filter(code=code, is_rehearsal=True).exists():
        return []
    outside = outside_engine()
    rows = SessionOutlet.objects.filter(session__code=code).order_by("place")
    places = [
        Outlet(
            str(row.pk),
            row.url,
            key=partial(unseal, row.sealed_key),
            version=row.sealed_key,
            may_be_private=settings.LIVE_OUTLETS_MAY_BE_PRIVATE,
        )
        for row in rows
    ]
    return [_engine_outlet(outside, code), *places] if outside else places


def _engine_outlet(outside: OutsideEngine, code: str) -> Outlet:
    return Outlet(
        ENGINE,
        f"{outside.rtmp_url}/{CROWD}",
        key=lambda: stream_name(code, gateway_token(code=code)),
        may_be_private=True,
    )


def _note_outlet(code: str, name: str, standing: Standing, trouble: Trouble) -> None:
    if name == ENGINE:
        with contextlib.suppress(RedisError):  # the show's other errands must not wait for Valkey
            cache.set(standing_key(code), standing.value, timeout=None)
    else:
        outlets.note_standing(int(name), standing=standing.value, trouble=trouble.value)


def _interrupt_all() -> None:
    air.interrupt_all()
    outlets.forget_standings()


def _may_replay(code: str) -> bool:
    """What is recorded of a session may be seen unless it was hidden or deleted."""
    sessions = LiveSession.objects.filter(code=code, shop__suspended_at__isnull=True)
    return sessions.filter(Q(ended_at__isnull=True) | Q(recorded_ms__gt=0)).exists()


def _may_watch(code: str, cookies: str) -> bool:
    """As the room's page decides it, by the same log-in."""
    user = person_behind(session_key_in(cookies))
    return user is not None and sessions_open_to(user).filter(code=code).exists()


def _showing(code: str) -> Showing | None:
    session = LiveSession.objects.filter(code=code, shop__suspended_at__isnull=True).first()
    return Showing(_phase(session), session.interrupted_at, session.is_rehearsal) if session else None


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
