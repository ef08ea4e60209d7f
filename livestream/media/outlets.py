"""Places outside to which a show is passed on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

ENGINE = "engine"  # the name of the outlet that carries our own crowd


class Standing(StrEnum):
    """How an outlet is doing."""

    WAITING = "waiting"
    CONNECTING = "connecting"
    CONNECTED = "connected"
    LOST = "lost"


class Trouble(StrEnum):
    """Why an outlet is lost, as far as we may know."""

    NONE = ""
    UNKNOWN_HOST = "unknown_host"
    PRIVATE_HOST = "private_host"
    UNREACHABLE = "unreachable"
    UNTRUSTED = "untrusted"
    REFUSED = "refused"
    STALLED = "stalled"


@dataclass(frozen=True)
class Outlet:
    """An RTMP server and a path in it. The key is asked for at each connection and never kept."""

    name: str
    url: str
    key: Callable[[], str] = field(compare=False, repr=False)
    version: str = field(default="", repr=False)  # changes with the key
    may_be_private: bool = False
