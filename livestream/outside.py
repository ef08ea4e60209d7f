"""The media engine that stands beside our media process, when the settings name one."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings

from livestream.media.engines import Dialect, dialect_of


@dataclass(frozen=True)
class OutsideEngine:
    """Where it is, for us and for others."""

    name: str
    rtmp_url: str  # as our media process reaches it
    public_rtmp_url: str  # as OBS reaches it
    hls_url: str  # as viewers reach it, through a CDN; empty: they get our own
    control_url: str
    secret: str

    @property
    def dialect(self) -> Dialect:
        return dialect_of(self.name)


def outside_engine() -> OutsideEngine | None:
    if settings.LIVE_ENGINE == "embedded":
        return None
    return OutsideEngine(
        name=settings.LIVE_ENGINE,
        rtmp_url=settings.LIVE_ENGINE_RTMP_URL.rstrip("/"),
        public_rtmp_url=settings.LIVE_ENGINE_PUBLIC_RTMP_URL.rstrip("/"),
        hls_url=settings.LIVE_ENGINE_HLS_URL.rstrip("/"),
        control_url=settings.LIVE_ENGINE_CONTROL_URL.rstrip("/"),
        secret=settings.LIVE_HOOK_SECRET,
    )
