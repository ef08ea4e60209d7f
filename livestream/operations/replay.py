"""The life of a recording: hidden, shown again, deleted, and in the end too old."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Collection
from datetime import timedelta
from pathlib import Path

import structlog
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from livestream.models import LiveSession
from livestream.operations.locking import locked

log = structlog.get_logger(__name__)

CLIPS = ".clips"
_GONE = ".gone-"
_CLIPS_LAST_S = 3600
_ORPHANS_AFTER_S = 3600
_LAST_WORDS = timedelta(minutes=1)  # the media process may still be writing the end


class NoReplay(Exception):
    """There is no recording, or not any more."""


@transaction.atomic
def hide_replay(session: LiveSession) -> None:
    session = locked(session.code)
    if session.hidden_ms:
        return
    if not session.recorded_ms:
        raise NoReplay
    session.hidden_ms, session.recorded_ms = session.recorded_ms, 0
    session.save(update_fields=["hidden_ms", "recorded_ms"])


@transaction.atomic
def show_replay(session: LiveSession) -> None:
    session = locked(session.code)
    if session.recorded_ms:
        return
    if not session.hidden_ms:
        raise NoReplay
    session.recorded_ms, session.hidden_ms = session.hidden_ms, 0
    session.save(update_fields=["hidden_ms", "recorded_ms"])


@transaction.atomic
def delete_replay(session: LiveSession) -> None:
    """Nobody finds it from now on; its files go with the next sweep."""
    session = locked(session.code)
    if not session.ended_at:
        raise NoReplay
    session.recorded_ms = session.hidden_ms = 0
    session.poster_at = None
    session.replay_deleted_at = session.replay_deleted_at or timezone.now()
    session.save(update_fields=["recorded_ms", "hidden_ms", "poster_at", "replay_deleted_at"])


def expire_replays() -> None:
    """Recordings older than the market keeps them."""
    before = timezone.now() - timedelta(days=settings.LIVE_REPLAY_DAYS)
    old = LiveSession.objects.filter(ended_at__lt=before, replay_deleted_at__isnull=True)
    for session in old.order_by("pk").iterator():
        delete_replay(session)


def sweep_recordings(root: Path, *, kept: Collection[str] = ()) -> None:
    """Remove what no session wants any more, but for what is kept. May be killed anywhere, and run again."""
    if not root.is_dir():
        return
    folders = [path for path in root.iterdir() if path.is_dir()]
    for leftover in (path for path in folders if path.name.startswith(_GONE)):
        shutil.rmtree(leftover, ignore_errors=True)
    shows = [path for path in folders if not path.name.startswith(".")]
    unwanted = _unwanted({path.name for path in shows})
    for folder in shows:
        if (folder.name in unwanted and folder.name not in kept) or _is_orphan(folder):
            _remove(folder)
    _remove_old_clips(root / CLIPS)


def _unwanted(codes: set[str]) -> set[str]:
    deleted = LiveSession.objects.filter(
        code__in=codes, replay_deleted_at__isnull=False, ended_at__lt=timezone.now() - _LAST_WORDS
    )
    return set(deleted.values_list("code", flat=True))


def _is_orphan(folder: Path) -> bool:
    """Of a session that is not there at all, and not of one that is just being made."""
    is_old = time.time() - folder.stat().st_mtime > _ORPHANS_AFTER_S
    return is_old and not LiveSession.objects.filter(code=folder.name).exists()


def _remove(folder: Path) -> None:
    """Out of sight at once, so that nobody ever sees half of it."""
    gone = folder.with_name(_GONE + folder.name)
    try:
        os.replace(folder, gone)
    except OSError:
        log.exception("live_recording_not_removed", folder=folder.name)
        return
    shutil.rmtree(gone, ignore_errors=True)
    log.info("live_recording_removed", session=folder.name)


def _remove_old_clips(folder: Path) -> None:
    for clip in folder.glob("*.mp4"):
        if time.time() - clip.stat().st_mtime > _CLIPS_LAST_S:
            clip.unlink(missing_ok=True)
