"""The way from a place outside that has died to our own room: followers get the link, once for each show."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from inbox import operations as inbox
from inbox.models import Kind
from livestream import sources
from livestream.models import EmergencyDoor, Follow, LiveSession, SessionOutlet, VisitSource

AT_ONCE = 100
# Most places are back within this; with the sweep and the sending it leaves followers the link in a minute.
COMES_BACK_WITHIN = timedelta(seconds=20)
GONE = (SessionOutlet.Standing.LOST, SessionOutlet.Standing.CONNECTING)


def want_door(session: LiveSession) -> None:
    EmergencyDoor.objects.update_or_create(session=session, defaults={"is_wanted": True})


def forgo_door(session: LiveSession) -> None:
    EmergencyDoor.objects.filter(session=session).update(is_wanted=False)


def open_doors(now: datetime | None = None) -> None:
    """Tell the followers of every show that has lost a place outside. Two workers tell each person once."""
    now = now or timezone.now()
    _wait_for_hosts(now)
    while _tell_some(now):
        pass


def _wait_for_hosts(now: datetime) -> None:
    """A place that gets no pictures hangs up; it has its time from when the host is back."""
    gone = SessionOutlet.objects.filter(standing__in=GONE, died_at__isnull=False)
    silent = LiveSession.objects.on_air().filter(interrupted_at__isnull=False)
    gone.filter(session__in=silent).update(died_at=now)


@transaction.atomic
def _tell_some(now: datetime) -> bool:
    """Whether there was a door to open. The next followers of one show; what another worker holds is left."""
    free = _due(now).select_related("session__shop").order_by("pk")
    door = free.select_for_update(of=("self",), skip_locked=True, no_key=True).first()
    if door is None:
        return False
    followers = _followers(door)
    told = [person for person in followers if _tell(person, door.session)]
    door.opened_at = door.opened_at or now
    door.told += len(told)
    door.told_up_to = followers[-1].pk if followers else door.told_up_to
    door.finished_at = now if len(followers) < AT_ONCE else None
    door.save(update_fields=["opened_at", "told", "told_up_to", "finished_at"])
    return True


def _due(now: datetime) -> QuerySet[EmergencyDoor]:
    """An opened door stays open until all were told, unless the show is over or the host shuts it."""
    shows = LiveSession.objects.public().on_air().filter(shop__suspended_at__isnull=True)
    dead = SessionOutlet.objects.filter(
        session=OuterRef("session"), standing__in=GONE, died_at__lte=now - COMES_BACK_WITHIN
    )
    wanted = EmergencyDoor.objects.filter(is_wanted=True, finished_at__isnull=True, session__in=shows)
    return wanted.filter(Q(opened_at__isnull=False) | Exists(dead), session__interrupted_at__isnull=True)


def _followers(door: EmergencyDoor) -> list[User]:
    """In the order in which all notices to followers are written: no two writers wait for each other."""
    follows = Follow.objects.filter(shop=door.session.shop_id, user__is_active=True, user__gt=door.told_up_to)
    return [each.user for each in follows.select_related("user").order_by("user")[:AT_ONCE]]


def _tell(person: User, session: LiveSession) -> bool:
    notice = inbox.tell(
        person,
        kind=Kind.NEWS,
        key=f"door:{session.pk}",
        compose=lambda: _message(session),
        shop_id=session.shop_id,
    )
    return notice is not None


def _message(session: LiveSession) -> inbox.Message:
    room = reverse("livestream:room", args=[session.code])
    return inbox.Message(
        title=_("%(shop)s masih live di sini") % {"shop": session.shop.name},
        text=_("Siarannya di tempat lain terputus, tapi “%(title)s” jalan terus di Pasar Malam.")
        % {"title": session.title},
        path=sources.marked(room, VisitSource.REMINDER),
    )
