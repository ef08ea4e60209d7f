"""The one door between the market and whatever carries its pictures.

An engine gives out where to publish and where to watch; what happens on the way comes back through
`livestream.operations.air`, whichever engine it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal, Protocol

from django.utils import timezone

from accounts.models import User
from livestream.media.tokens import MAX_AGE_S, publish_token
from livestream.models import LiveSession
from livestream.operations import air

PublisherKind = Literal["browser", "obs"]
PlaybackKind = Literal["mse-ws", "hls", "replay"]


class NotSupported(Exception):
    """This engine has no such entry."""


@dataclass(frozen=True)
class Hints:
    """What the engine would like to be sent."""

    codec: str = "avc1.42E01F"
    width: int = 360
    height: int = 640
    fps: int = 25
    kbps: int = 800
    key_every_s: float = 1.0


@dataclass(frozen=True)
class PublishTarget:
    """Where a publisher connects and with what it proves itself. The token is never part of the address."""

    url: str
    token: str
    expires_at: datetime
    hints: Hints = field(default_factory=Hints)


@dataclass(frozen=True)
class Playback:
    """One way to watch; the quickest comes first."""

    kind: PlaybackKind
    url: str
    expected_latency_s: float


@dataclass(frozen=True)
class Status:
    """How a session is doing right now."""

    is_live: bool
    since: datetime | None
    media_ms: int


class LiveEngine(Protocol):
    """What the market needs from a media engine."""

    def publish_target(
        self, session: LiveSession, user: User, kind: PublisherKind = "browser"
    ) -> PublishTarget: ...

    def playback(self, session: LiveSession) -> Sequence[Playback]: ...

    def poster_url(self, session: LiveSession) -> str: ...

    def stop(self, session: LiveSession) -> None: ...

    def status(self, session: LiveSession) -> Status: ...


class EmbeddedEngine:
    """Our own media process, on the same origin as the pages."""

    def publish_target(
        self, session: LiveSession, user: User, kind: PublisherKind = "browser"
    ) -> PublishTarget:
        if kind != "browser":
            raise NotSupported
        return PublishTarget(
            url=f"/media-live/publish/{session.code}",
            token=publish_token(code=session.code, user_id=user.pk),
            expires_at=timezone.now() + timedelta(seconds=MAX_AGE_S),
        )

    def playback(self, session: LiveSession) -> Sequence[Playback]:
        folder = f"/media-live/hls/{session.code}"
        if session.ended_at:
            return [Playback("replay", f"{folder}/replay.m3u8", 0)]
        return [
            Playback("mse-ws", f"/media-live/watch/{session.code}", 0.5),
            Playback("hls", f"{folder}/live.m3u8", 3),
        ]

    def poster_url(self, session: LiveSession) -> str:
        return f"/media-live/poster/{session.code}.jpg"

    def stop(self, session: LiveSession) -> None:
        """The media process learns of it within a second and sends the publisher away."""
        air.end_session(session.code)

    def status(self, session: LiveSession) -> Status:
        session = LiveSession.objects.get(pk=session.pk)
        is_live = session.is_on_air and session.interrupted_at is None
        return Status(is_live, session.went_live_at, session.media_ms)


engine: LiveEngine = EmbeddedEngine()
