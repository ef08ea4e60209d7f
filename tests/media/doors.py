"""Hooks that let everyone in and write down what they are told: for tests that need no database."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from livestream.media.hooks import Phase, Progress, Showing
from livestream.media.outlets import Outlet, Standing, Trouble


class OpenDoors:
    """One host, any code."""

    def __init__(self) -> None:
        self.told: list[tuple[Any, ...]] = []
        self.wanted: list[Outlet] = []
        self.standings: dict[str, list[tuple[Standing, Trouble]]] = {}
        self.is_over: Callable[[str], bool] = lambda code: False

    async def showing(self, code: str) -> Showing | None:
        return Showing(Phase.ENDED if self.is_over(code) else Phase.UPCOMING)

    async def authorise(self, code: str, token: str) -> bool:
        return True

    async def on_publish(self, code: str, connection_id: UUID) -> bool:
        self.told.append(("publish", code))
        return True

    async def on_unpublish(self, code: str, connection_id: UUID) -> None:
        self.told.append(("unpublish", code))

    async def on_progress(self, code: str, connection_id: UUID, progress: Progress) -> bool:
        return True

    async def on_poster(self, code: str) -> None:
        self.told.append(("poster", code))

    async def on_recorded(self, code: str, recorded_ms: int) -> None:
        self.told.append(("recorded", code, recorded_ms))

    async def outlets(self, code: str) -> list[Outlet]:
        return self.wanted

    async def on_outlet(self, code: str, name: str, standing: Standing, trouble: Trouble) -> None:
        self.standings.setdefault(name, []).append((standing, trouble))

    async def end_session(self, code: str, connection_id: UUID) -> None:
        self.told.append(("end", code))

    async def may_replay(self, code: str) -> bool:
        return True

    async def may_watch(self, code: str, cookies: str) -> bool:
        return False

    async def interrupt_all(self) -> None: ...

    async def end_abandoned(self) -> None: ...
