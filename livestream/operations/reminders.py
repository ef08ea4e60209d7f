"""Asking to be reminded, and being reminded: soon, now, and when the time has changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

import structlog
from django.core.mail import get_connection
from django.db import transaction
from django.db.models import Count, Exists, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from accounts.models import User
from livestream import letters
from livestream.models import LiveSession, Notice, Reminder, SessionState

SOON = timedelta(minutes=15)
STILL_NEW = timedelta(minutes=20)  # who is told later than this has missed the beginning
MOST_A_DAY = 3  # notices from one shop to one person
MOST_WAITING = 50  # sessions that one person waits for
AT_ONCE = 100
log = structlog.get_logger(__name__)


class NotUpcoming(Exception):
    """There is nothing left to wait for."""


class NotSent(Exception):
    """The post office took no letters; they are due again the next time."""


class TooManyReminders(Exception):
    """One person waits for so many sessions."""


def remind(session: LiveSession, *, user: User, language: str) -> Reminder:
    """Tell this person when the session is near; asked again, nothing changes."""
    if session.state != SessionState.UPCOMING:
        raise NotUpcoming
    waiting = Reminder.objects.filter(user=user, session__in=LiveSession.objects.upcoming())
    if waiting.exclude(session=session).count() >= MOST_WAITING:
        raise TooManyReminders
    known = {"language": language, "planned_at": session.planned_at}
    reminder, _ = Reminder.objects.get_or_create(session=session, user=user, defaults=known)
    return reminder


def forget(session: LiveSession, *, user: User) -> None:
    Reminder.objects.filter(session=session, user=user).delete()


def forget_shop(*, user_id: int, shop_id: int) -> int:
    """No more notices from this shop; how many sessions this person waited for."""
    waited = Reminder.objects.filter(user=user_id, session__shop=shop_id)
    count = waited.filter(session__in=LiveSession.objects.upcoming()).count()
    waited.delete()
    return count


def send_notices(now: datetime | None = None) -> int:
    """Send what is due now; how many letters went out. Two workers never send the same one."""
    now = now or timezone.now()
    kinds = {Notice.Kind.MOVED: _moved, Notice.Kind.SOON: _soon, Notice.Kind.BEGUN: _begun}
    return sum(_send_all(kind, find(now), now) for kind, find in kinds.items())


# ---- what is due -----------------------------------------------------------------------------------


def _soon(now: datetime) -> QuerySet[Reminder]:
    near = LiveSession.objects.upcoming().filter(planned_at__gt=now, planned_at__lte=now + SOON)
    return _untold(Notice.Kind.SOON).filter(session__in=near)


def _begun(now: datetime) -> QuerySet[Reminder]:
    fresh = LiveSession.objects.on_air().filter(went_live_at__gt=now - STILL_NEW)
    return _untold(Notice.Kind.BEGUN).filter(session__in=fresh)


def _moved(now: datetime) -> QuerySet[Reminder]:
    ahead = LiveSession.objects.upcoming().filter(planned_at__gt=now)
    moved = _untold(Notice.Kind.MOVED).exclude(planned_at=F("session__planned_at"))
    return moved.filter(session__in=ahead)


def _untold(kind: Notice.Kind) -> QuerySet[Reminder]:
    told = Notice.objects.filter(
        reminder=OuterRef("pk"), kind=kind, planned_at=OuterRef("session__planned_at")
    )
    reminders = Reminder.objects.filter(user__is_active=True, session__shop__suspended_at__isnull=True)
    return reminders.exclude(Exists(told))


def _not_too_often(reminders: QuerySet[Reminder], now: datetime) -> QuerySet[Reminder]:
    """Whoever had enough from the shop today is left in peace."""
    today = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    sent = Notice.objects.filter(
        reminder__user=OuterRef("user"),
        reminder__session__shop=OuterRef("session__shop"),
        sent_at__gte=today,
    )
    counted = sent.order_by().values("reminder__user").annotate(count=Count("pk")).values("count")
    return reminders.annotate(today=Coalesce(Subquery(counted), 0)).filter(today__lt=MOST_A_DAY)


# ---- sending ---------------------------------------------------------------------------------------


def _send_all(kind: Notice.Kind, due: QuerySet[Reminder], now: datetime) -> int:
    return sum(_send(notices) for notices in _claims(kind, due, now))


def _claims(kind: Notice.Kind, due: QuerySet[Reminder], now: datetime) -> Iterator[Sequence[Notice]]:
    while notices := _claim(kind, _not_too_often(due, now), now):
        yield notices


@transaction.atomic
def _claim(kind: Notice.Kind, due: QuerySet[Reminder], now: datetime) -> Sequence[Notice]:
    """Write down some notices before they are sent; rows that another worker holds are left to it."""
    free = due.select_related("session__shop__regency", "user").order_by("pk")
    reminders = list(free.select_for_update(of=("self",), skip_locked=True, no_key=True)[:AT_ONCE])
    notices = [
        Notice(reminder=each, kind=kind, planned_at=each.session.planned_at, sent_at=now)
        for each in reminders
    ]
    Notice.objects.bulk_create(notices)
    if kind == Notice.Kind.MOVED:
        for each in reminders:
            Reminder.objects.filter(pk=each.pk).update(planned_at=each.session.planned_at)
    return notices


def _send(notices: Sequence[Notice]) -> int:
    """What the post office does not take is taken back, to be tried again."""
    mail = get_connection()
    failed = []
    for notice in notices:
        try:
            mail.send_messages([letters.notice(notice)])
        except OSError as problem:
            log.warning("reminder_not_sent", notice=notice.pk, problem=str(problem))
            failed.append(notice.pk)
    if failed:
        Notice.objects.filter(pk__in=failed).delete()
        raise NotSent(len(failed))
    return len(notices)
