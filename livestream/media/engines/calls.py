"""Media engines that take RTMP: what they ask and tell, in their own words and in ours.

`live/<code>` is where our gateway pushes a show for the crowd, `obs/<code>` where OBS sends one to us.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, Protocol

CROWD, SELLERS = "live", "obs"
_PATH = re.compile(rf"({CROWD}|{SELLERS})/([\w-]{{1,50}})", re.ASCII)


@dataclass(frozen=True)
class Place:
    """A path at an engine."""

    application: str
    code: str


@dataclass(frozen=True)
class Ask:
    """May this be done? With `begins_as` the answer yes is at the same time the beginning of a stream."""

    action: Literal["publish", "read", "watch", "manage"]
    place: Place
    tokens: tuple[str, ...]
    address: str
    begins_as: str = ""


@dataclass(frozen=True)
class Began:
    place: Place
    stream_id: str


@dataclass(frozen=True)
class Gone:
    place: Place
    stream_id: str


@dataclass(frozen=True)
class Recorded:
    place: Place
    path: str


Call = Ask | Began | Gone | Recorded


def stream_name(code: str, token: str) -> str:
    """What a publisher calls its stream, with what it proves itself."""
    return f"{code}?token={token}"


class Unreadable(Exception):
    """Not what this engine says."""


class Dialect(Protocol):
    """One engine's way of speaking."""

    def read(self, event: str, body: bytes) -> Call | None:
        """What the engine wants; None when it wants nothing. Unreadable when it is not its way to speak."""

    def hls_path(self, code: str) -> str:
        """Below the engine's HLS address."""

    def kick_path(self, place: Place, stream_id: str) -> tuple[str, str]:
        """Method and path, below the engine's control address, that send a publisher away."""


def read_place(path: str) -> Place:
    """Raises Unreadable for paths that are none of ours."""
    found = _PATH.fullmatch(path)
    if found is None:
        raise Unreadable
    return Place(found[1], found[2])
