"""The whole media process, put together as the settings want it."""

from __future__ import annotations

import asyncio
import base64
import urllib.request
from functools import partial

import structlog
from django.conf import settings

from livestream.media.app import MediaApp
from livestream.media.engine_door import EngineDoor
from livestream.media.engines import SELLERS, Place, stream_name
from livestream.media.market import MarketHooks
from livestream.media.pull import Spring
from livestream.media.station import Station
from livestream.media.streams import Streams
from livestream.media.tokens import gateway_token
from livestream.outside import OutsideEngine, outside_engine

log = structlog.get_logger(__name__)

_KICK_WITHIN_S = 5


def media_app() -> MediaApp:
    """The whole media process, as the settings want it."""
    hooks = MarketHooks()
    station = Station(
        root=settings.LIVE_ROOT,
        hooks=hooks,
        grace_s=settings.LIVE_GRACE_SECONDS,
        max_shows=settings.LIVE_MAX_SHOWS,
    )
    origins = frozenset(settings.CSRF_TRUSTED_ORIGINS)
    outside = outside_engine()
    if outside is None:
        return MediaApp(station, trusted_origins=origins)
    streams_of_engine = Streams(
        station, hooks, spring=partial(_spring, outside), kick=partial(_kick, outside)
    )
    door = EngineDoor(engine=outside.name, secret=outside.secret, book=streams_of_engine)
    return MediaApp(station, trusted_origins=origins, streams=streams_of_engine, engine_door=door)


def _spring(outside: OutsideEngine, code: str) -> Spring:
    return Spring(f"{outside.rtmp_url}/{SELLERS}", key=lambda: stream_name(code, gateway_token(code=code)))


async def _kick(outside: OutsideEngine, place: Place, stream_id: str) -> None:
    """Send a publisher away. One that stays is refused when it comes again, and nobody sees it."""
    if not outside.control_url:
        return
    method, path = outside.dialect.kick_path(place, stream_id)
    credentials = base64.b64encode(f"market:{outside.secret}".encode()).decode()
    request = urllib.request.Request(  # noqa: S310  # an address from the settings
        f"{outside.control_url}/{path}", method=method, headers={"Authorization": f"Basic {credentials}"}
    )
    try:
        await asyncio.to_thread(lambda: urllib.request.urlopen(request, timeout=_KICK_WITHIN_S).close())  # noqa: S310
    except OSError as error:
        log.warning("live_kick_failed", session=place.code, why=type(error).__name__)
