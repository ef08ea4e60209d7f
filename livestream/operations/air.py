"""A session goes on air, is interrupted, comes back and ends: what any media engine tells us.

Every function is idempotent by session and connection. Word of an older connection changes nothing,
because a seller's new connection is often there before the old one is known to be lost.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.models import User
from livestream import broadcasts
from livestream.media.tokens import read_publish_token
from livestream.models import MILLISECOND, LiveSession, Permission, PinInterval
from livestream.operations.locking import locked
from livestream.queries.crew import part_in

ABANDONED_AFTER = timedelta(minutes=30)


def authorise(*, code: str, token: str) -> bool:
    """Whether this token may publish into this session now; whoever comes last carries the picture."""
    claim = read_publish_token(token)
    if claim is None or claim.code != code:
        return False
    session = welcome().filter(code=code).first()
    if session is None or not _may_publish(session, claim.user_id):
        return False
    LiveSession.objects.filter(pk=session.pk).update(publisher=claim.user_id)
    return True


def on_publish(code: str, *, connection_id: UUID) -> bool:
    """Pictures arrive. False when they are not wanted: the session is over, or the shop has another."""
    try:
        return _go_on_air(code, connection_id)
    except IntegrityError:
        return False


def on_unpublish(code: str, *, connection_id: UUID) -> None:
    """The publisher is gone without a goodbye; the session waits for it."""
    with transaction.atomic():
        session = locked(code)
        if session.connection_id != connection_id or session.ended_at:
            return
        _interrupt(session)


def on_progress(code: str, *, connection_id: UUID, media_ms: int) -> bool:
    """Note the media clock. False when this connection no longer carries the session, or may not."""
    carried = welcome().filter(code=code, connection_id=connection_id)
    in_good_standing = Q(publisher__isnull=True) | Q(publisher__is_active=True)
    return bool(carried.filter(in_good_standing).update(media_ms=media_ms))


def dismiss_unwelcome(code: str) -> None:
    """Whoever sends the picture and may no longer: the session waits for the host."""
    with transaction.atomic():
        session = locked(code)
        if session.connection_id and not _may_publish(session, session.publisher_id or session.host_id):
            _interrupt(session)


def on_poster(code: str) -> None:
    LiveSession.objects.filter(code=code).update(poster_at=timezone.now())


def on_recorded(code: str, *, recorded_ms: int) -> None:
    """The replay is complete and this long. Told twice, it does not bring back what was put away."""
    untouched = LiveSession.objects.filter(code=code, hidden_ms=0, replay_deleted_at__isnull=True)
    untouched.update(recorded_ms=recorded_ms)


def end_session(code: str) -> None:
    """The host's last word: nobody can publish into the session any more."""
    with transaction.atomic():
        session = locked(code)
        if session.ended_at:
            return
        now = timezone.now()
        _come_back(session, now)
        session.ended_at = now
        session.connection_id = None
        session.save(update_fields=["ended_at", "connection_id", "interrupted_at", "interrupted_ms"])
        open_pins = PinInterval.objects.filter(session=session, to_ms__isnull=True)
        open_pins.filter(from_ms__gt=session.media_ms).delete()
        open_pins.update(to_ms=session.media_ms)
        broadcasts.state_changed(session)


def end_carried_session(code: str, *, connection_id: UUID) -> bool:
    """The publisher said goodbye; heard only from the connection that carries the session.

    The host's goodbye ends it. A helper only hands the picture back, and the session waits: then False.
    """
    session = LiveSession.objects.filter(code=code, connection_id=connection_id).first()
    if session is None or session.publisher_id in {None, session.host_id}:
        if session is not None:
            end_session(code)
        return True
    on_unpublish(code, connection_id=connection_id)
    return False


def interrupt_all() -> None:
    """The media process has just started: whoever was publishing must come back to it."""
    for code in (
        LiveSession.objects.on_air().filter(interrupted_at__isnull=True).values_list("code", flat=True)
    ):
        with transaction.atomic():
            session = locked(code)
            if not session.ended_at and not session.interrupted_at:
                _interrupt(session)


def end_abandoned() -> None:
    """Sessions whose publisher did not come back within half an hour are over."""
    gone_since = timezone.now() - ABANDONED_AFTER
    abandoned = LiveSession.objects.on_air().filter(interrupted_at__lt=gone_since)
    for code in abandoned.values_list("code", flat=True):
        end_session(code)


@transaction.atomic
def _go_on_air(code: str, connection_id: UUID) -> bool:
    session = locked(code)
    if session.ended_at:
        return False
    if session.connection_id == connection_id:
        return True
    was_seen = session.went_live_at is not None and session.interrupted_at is None
    now = timezone.now()
    session.went_live_at = session.went_live_at or now
    _come_back(session, now)
    session.connection_id = connection_id
    session.save(update_fields=["went_live_at", "interrupted_at", "interrupted_ms", "connection_id"])
    if not was_seen:
        broadcasts.state_changed(session)
    return True


def welcome() -> QuerySet[LiveSession]:
    """Sessions that may be broadcast: not over, of a shop and a person that nobody has suspended."""
    return LiveSession.objects.filter(
        ended_at__isnull=True, host__is_active=True, shop__suspended_at__isnull=True
    )


def _may_publish(session: LiveSession, user_id: int) -> bool:
    """The host at any time; a helper who may, as long as the host has begun."""
    if user_id == session.host_id:
        return True
    helper = User.objects.filter(pk=user_id, is_active=True).first()
    if helper is None or not session.went_live_at:
        return False
    return Permission.PUBLISH in part_in(session, helper).permissions


def _come_back(session: LiveSession, now: datetime) -> None:
    """The commerce clock goes on from where it stood."""
    if session.interrupted_at:
        session.interrupted_ms += (now - session.interrupted_at) // MILLISECOND
    session.interrupted_at = None


def _interrupt(session: LiveSession) -> None:
    session.interrupted_at = timezone.now()
    session.connection_id = None
    session.save(update_fields=["interrupted_at", "connection_id"])
    broadcasts.state_changed(session)
