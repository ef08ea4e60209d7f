"""What the market and a media engine say to each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from accounts.models import User
from livestream.models import LiveSession

PublisherKind = Literal["browser", "obs"]
PlaybackKind = Literal["mse-ws", "hls", "replay"]


class NotSupported(Exception):
    """This engine has no such entry."""


@dataclass(frozen=True)
class PublishTarget:
    """Where a publisher connects and with what it proves itself. The token is never part of the address."""

    url: str
    token: str


@dataclass(frozen=True)
class Playback:
    """One way to watch; the quickest comes first."""

    kind: PlaybackKind
    url: str


class LiveEngine(Protocol):
    """What the market needs from a media engine."""

    takes_obs: bool

    def publish_target(
        self, session: LiveSession, user: User, kind: PublisherKind = "browser"
    ) -> PublishTarget: ...

    def playback(self, session: LiveSession) -> Sequence[Playback]: ...

    def poster_url(self, session: LiveSession) -> str: ...

    def still_url(self, session: LiveSession, at_ms: int) -> str: ...
