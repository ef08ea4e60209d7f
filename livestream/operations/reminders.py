"""Asking to be reminded, and being reminded: soon, now, and when the time has changed."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, F, OuterRef, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from inbox import operations as inbox
from inbox.models import Kind
from kit import moments
from livestream import sources
from livestream.models import LiveSession, Notice, Reminder, SessionState, VisitSource

SOON = timedelta(minutes=15)
STILL_NEW = timedelta(minutes=20)  # who is told later than this has missed the beginning
MOST_WAITING = 50  # sessions that one person waits for
AT_ONCE = 100


class NotUpcoming(Exception):
    """There is nothing left to wait for."""


class TooManyReminders(Exception):
    """One person waits for so many sessions."""


def remind(session: LiveSession, *, user: User) -> Reminder:
    """Tell this person when the session is near; asked again, nothing changes."""
    if session.state != SessionState.UPCOMING:
        raise NotUpcoming
    waiting = Reminder.objects.filter(user=user, session__in=LiveSession.objects.upcoming())
    if waiting.exclude(session=session).count() >= MOST_WAITING:
        raise TooManyReminders
    inbox.hear_again(user, kind=Kind.LIVE, shop_id=session.shop_id)
    known = {"planned_at": session.planned_at}
    reminder, _was_new = Reminder.objects.get_or_create(session=session, user=user, defaults=known)
    return reminder


def forget(session: LiveSession, *, user: User) -> None:
    Reminder.objects.filter(session=session, user=user).delete()


def send_notices(now: datetime | None = None) -> int:
    """Tell what is due now; how many were told. Two workers never tell the same thing."""
    now = now or timezone.now()
    kinds = {Notice.Kind.MOVED: _moved, Notice.Kind.SOON: _soon, Notice.Kind.BEGUN: _begun}
    return sum(_tell_all(kind, find(now), now) for kind, find in kinds.items())


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


# ---- telling ---------------------------------------------------------------------------------------


def _tell_all(kind: Notice.Kind, due: QuerySet[Reminder], now: datetime) -> int:
    return sum(len(batch) for batch in iter(lambda: _tell_some(kind, due, now), []))


@transaction.atomic
def _tell_some(kind: Notice.Kind, due: QuerySet[Reminder], now: datetime) -> list[Notice]:
    """Write some notices, each once; rows that another worker holds are left to it. The inbox sends them."""
    free = due.select_related("session__shop__regency", "user").order_by("user", "pk")
    reminders = list(free.select_for_update(of=("self",), skip_locked=True, no_key=True)[:AT_ONCE])
    notices = [
        Notice(reminder=each, kind=kind, planned_at=each.session.planned_at, sent_at=now)
        for each in reminders
    ]
    Notice.objects.bulk_create(notices)
    for notice in notices:
        _tell(notice)
    if kind == Notice.Kind.MOVED:
        for each in reminders:
            Reminder.objects.filter(pk=each.pk).update(planned_at=each.session.planned_at)
    return notices


def _tell(notice: Notice) -> None:
    session = notice.reminder.session
    inbox.tell(
        notice.reminder.user,
        kind=Kind.LIVE,
        key=f"live:{session.pk}:{notice.kind}:{notice.planned_at.timestamp():.0f}",
        compose=lambda: _message(notice, session),
        shop_id=session.shop_id,
    )


def _message(notice: Notice, session: LiveSession) -> inbox.Message:
    room = reverse("livestream:room", args=[session.code])
    title, text = _words(notice, session)
    return inbox.Message(title=title, text=text, path=sources.marked(room, VisitSource.REMINDER))


def _words(notice: Notice, session: LiveSession) -> tuple[str, str]:
    """The title, and what stands under it."""
    moment = moments.schedule(session.planned_at, seller_zone=session.shop.regency.time_zone)
    said = {"shop": session.shop.name, "title": session.title, "moment": moment}
    if notice.kind == Notice.Kind.SOON:
        return _("%(shop)s live 15 menit lagi") % said, _("“%(title)s”. Mulai: %(moment)s") % said
    if notice.kind == Notice.Kind.BEGUN:
        text = _("“%(title)s”. Masuk saja, kamu bisa tanya dan beli langsung.") % said
        return _("%(shop)s sudah live sekarang") % said, text
    return _("Jam live %(shop)s berubah") % said, _("“%(title)s”. Jam baru: %(moment)s") % said
