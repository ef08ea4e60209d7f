"""Streams that come by way of a media engine: who may send them, and what the engine tells of them.

Every function is idempotent. Word of an older stream changes nothing, because OBS is often back before
the engine has noticed that it was gone.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from livestream import queries
from livestream.models import EngineRecording, EngineStream, LiveSession, Permission, StreamKey
from livestream.operations.air import welcome
from livestream.operations.locking import locked

_KEY_BYTES = 16


@transaction.atomic
def issue_key(session: LiveSession, *, user: User) -> str:
    """A new key, told this once. The one before it, and whatever is being sent with it, ends."""
    revoke_key(session, user=user)
    key = secrets.token_urlsafe(_KEY_BYTES)
    StreamKey.objects.create(session=session, user=user, digest=_digest(key))
    return key


@transaction.atomic
def revoke_key(session: LiveSession, *, user: User) -> None:
    locked(session.code)
    keys = StreamKey.objects.filter(session=session, user=user, revoked_at__isnull=True)
    if keys.update(revoked_at=timezone.now()):
        EngineStream.objects.filter(session=session, ended_at__isnull=True).update(ended_at=timezone.now())


def authorise_key(*, code: str, key: str) -> bool:
    """Whether OBS may send this session with this key now."""
    session = welcome().filter(code=code).first()
    if session is None:
        return False
    digest = _digest(key)
    keys = StreamKey.objects.filter(session=session, revoked_at__isnull=True).select_related("user")
    found = [known for known in keys if hmac.compare_digest(known.digest, digest)]
    return any(_may_host(known.user, session) for known in found)


@transaction.atomic
def begin_stream(code: str, *, stream_id: str) -> bool:
    """The engine has pictures for this session. False when they are not wanted."""
    if not welcome().filter(code=code).exists():
        return False
    session = locked(code)
    if not StreamKey.objects.filter(session=session, revoked_at__isnull=True).exists():
        return False
    known = EngineStream.objects.filter(session=session, stream_id=stream_id).first()
    if known is not None:
        return known.ended_at is None
    EngineStream.objects.filter(session=session, ended_at__isnull=True).update(ended_at=timezone.now())
    EngineStream.objects.create(session=session, stream_id=stream_id)
    LiveSession.objects.filter(pk=session.pk).update(publisher=session.host_id)  # only hosts have keys
    return True


def end_stream(code: str, *, stream_id: str) -> None:
    streams = EngineStream.objects.filter(session__code=code, stream_id=stream_id, ended_at__isnull=True)
    streams.update(ended_at=timezone.now())


def note_trouble(code: str, *, stream_id: str, trouble: str) -> None:
    """What the host should read about a stream whose pictures cannot be used; empty when they can."""
    streams = EngineStream.objects.filter(session__code=code, stream_id=stream_id)
    streams.update(trouble=trouble[:100])


def note_recording(code: str, *, path: str) -> None:
    session = LiveSession.objects.filter(code=code).first()
    if session is not None:
        EngineRecording.objects.get_or_create(session=session, path=path[:400])


def open_streams() -> list[tuple[str, str]]:
    """What the engine carries, for a media process that has just started: codes and stream ids."""
    streams = EngineStream.objects.filter(ended_at__isnull=True, session__in=welcome())
    return list(streams.values_list("session__code", "stream_id"))


def is_stream_wanted(code: str, *, stream_id: str) -> bool:
    streams = EngineStream.objects.filter(stream_id=stream_id, ended_at__isnull=True)
    return streams.filter(session__in=welcome().filter(code=code)).exists()


def _digest(key: str) -> str:
    """Keys are random and long, so a plain hash is enough."""
    return hashlib.sha256(key.encode()).hexdigest()


def _may_host(user: User, session: LiveSession) -> bool:
    sessions = queries.sessions_run_by(user, Permission.HOST)
    return user.is_active and sessions.filter(pk=session.pk).exists()
