"""What the media process asks and tells the rest of the market. Every engine uses the same words."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from livestream.media.outlets import Outlet, Standing, Trouble


class Phase(StrEnum):
    """What viewers see of a show."""

    UPCOMING = "upcoming"
    LIVE = "live"
    RECONNECTING = "reconnecting"
    PAUSED = "paused"
    ENDED = "ended"


@dataclass(frozen=True)
class Showing:
    """A session as the media process needs to know it."""

    phase: Phase
    interrupted_at: datetime | None = None
    is_private: bool = False  # a rehearsal; decided when it is planned and never changed


@dataclass(frozen=True)
class Progress:
    """How far a show is, and how well it arrives."""

    media_ms: int
    kbps: int
    lag_ms: int


class Hooks(Protocol):
    """Idempotent by session and connection; word of an older connection changes nothing."""

    async def showing(self, code: str) -> Showing | None: ...

    async def authorise(self, code: str, token: str) -> bool: ...

    async def on_publish(self, code: str, connection_id: UUID) -> bool: ...

    async def on_unpublish(self, code: str, connection_id: UUID) -> None: ...

    async def on_progress(self, code: str, connection_id: UUID, progress: Progress) -> bool: ...

    async def on_poster(self, code: str) -> None: ...

    async def on_recorded(self, code: str, recorded_ms: int) -> None: ...

    async def outlets(self, code: str) -> list[Outlet]: ...

    async def on_outlet(self, code: str, name: str, standing: Standing, trouble: Trouble) -> None: ...

    async def end_session(self, code: str, connection_id: UUID) -> bool: ...

    async def may_replay(self, code: str) -> bool: ...

    async def may_watch(self, code: str, cookies: str) -> bool: ...

    async def interrupt_all(self) -> None: ...

    async def end_abandoned(self) -> None: ...
