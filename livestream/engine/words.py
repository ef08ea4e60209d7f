"""What the market and a media engine say to each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, Protocol

from accounts.models import User
from livestream.models import LiveSession

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
    expires_at: datetime | None  # a key for OBS holds until it is taken back
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
    kbps: int  # what arrived in the last second; nought when nothing does
    lag_ms: int  # how old the newest picture is
    viewers: int


class LiveEngine(Protocol):
    """What the market needs from a media engine."""

    takes_obs: bool

    def publish_target(
        self, session: LiveSession, user: User, kind: PublisherKind = "browser"
    ) -> PublishTarget: ...

    def playback(self, session: LiveSession) -> Sequence[Playback]: ...

    def poster_url(self, session: LiveSession) -> str: ...

    def still_url(self, session: LiveSession, at_ms: int) -> str: ...

    def stop(self, session: LiveSession) -> None: ...

    def status(self, session: LiveSession) -> Status: ...
