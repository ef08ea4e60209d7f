"""Other platforms to which a session is passed on."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from kit.sealed import seal
from livestream.models import MOST_OUTLETS, LiveSession, SessionOutlet
from livestream.operations.locking import locked

BACK_AFTER = timedelta(seconds=10)  # some platforms let a show in again and throw it out at once


class TooManyOutlets(Exception):
    """All places are taken."""


class AlreadyEnded(Exception):
    """There is nothing left to pass on."""


@transaction.atomic
def add_outlet(session: LiveSession, *, url: str, key: str) -> SessionOutlet:
    """The media process begins within seconds when the session is on air."""
    session = locked(session.code)
    if session.ended_at:
        raise AlreadyEnded
    taken = set(SessionOutlet.objects.filter(session=session).values_list("place", flat=True))
    free = [place for place in range(1, MOST_OUTLETS + 1) if place not in taken]
    if not free:
        raise TooManyOutlets
    return SessionOutlet.objects.create(session=session, place=free[0], url=url, sealed_key=seal(key))


def remove_outlet(session: LiveSession, *, place: int) -> None:
    SessionOutlet.objects.filter(session=session, place=place).delete()


def note_standing(outlet_id: int, *, standing: str, trouble: str) -> None:
    """An outlet that was removed meanwhile is not missed."""
    now = timezone.now()
    outlets = SessionOutlet.objects.filter(pk=outlet_id)
    if standing == SessionOutlet.Standing.LOST:
        _note_death(outlets, now)
    if standing == SessionOutlet.Standing.WAITING:
        outlets.update(died_at=None)
    outlets.update(standing=standing, trouble=trouble, stood_since=now)


def _note_death(outlets: QuerySet[SessionOutlet], now: datetime) -> None:
    """Of a place that carried the show; being let in for a moment since does not make it alive."""
    carried = outlets.filter(standing=SessionOutlet.Standing.CONNECTED)
    carried.filter(Q(died_at__isnull=True) | Q(stood_since__lte=now - BACK_AFTER)).update(died_at=now)


def forget_standings() -> None:
    """The media process has just started: it passes nothing on yet."""
    passed_on = SessionOutlet.objects.exclude(standing=SessionOutlet.Standing.WAITING)
    passed_on.update(
        standing=SessionOutlet.Standing.WAITING, trouble="", stood_since=timezone.now(), died_at=None
    )
