"""Our room with a frame for each message, as if there were no ticks; nothing else uses it."""

from __future__ import annotations

from importlib import import_module
from typing import Any

application = import_module("umkm_market.asgi").application  # sets Django up, so it comes first

from livestream.room import hub, wire  # noqa: E402
from livestream.room.fanout import Room  # noqa: E402


class UnbatchedRoom(Room):
    """Writes every message by itself."""

    async def _flush(self) -> None:
        items, self._fresh = self._fresh, []
        now, self._now = self._now, {}
        for item in items:
            self._write_all([item], {})
        if now:
            self._write_all([], now)

    def _write_all(self, items: list[bytes], now: dict[str, Any]) -> None:
        self.told += len(items)
        message = wire.batch(items, last=self.told, now=now)
        for viewer in list(self._in_step):
            viewer.write(message)


setattr(hub, "Room", UnbatchedRoom)  # noqa: B010  # the hub opens rooms by this name
