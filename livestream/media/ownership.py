"""Exactly one process owns a data folder. Another one may wait, ready in every other way, to be next."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path


class AlreadyRunning(Exception):
    """Another process owns the data folder."""


class Ownership:
    """The kernel gives it back the moment that its owner dies, however it dies."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._lock: int | None = None

    def take(self) -> None:
        """Nothing happens when it is ours already."""
        if self._lock is None:
            self._get(fcntl.LOCK_EX | fcntl.LOCK_NB)

    def wait(self) -> None:
        """Until whoever has it is gone."""
        if self._lock is None:
            self._get(fcntl.LOCK_EX)

    def release(self) -> None:
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    @staticmethod
    def owner(root: Path) -> int | None:
        """The process that owns the folder, or owned it last."""
        try:
            return int((root / "media.lock").read_text())
        except (OSError, ValueError):
            return None

    def _get(self, how: int) -> None:
        self._root.mkdir(parents=True, exist_ok=True)
        lock = os.open(self._root / "media.lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(lock, how)
        except OSError as error:
            os.close(lock)
            raise AlreadyRunning(f"another media process uses {self._root}") from error
        os.truncate(lock, 0)
        os.write(lock, str(os.getpid()).encode())
        self._lock = lock
