"""Following a shop, and hearing that it is on air."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from catalog.models import Shop
from inbox import operations as inbox
from inbox.models import Kind
from livestream import broadcasts, sources
from livestream.models import Follow, LiveSession, Reminder, Unfollow, VisitSource
from livestream.operations.reminders import AT_ONCE, STILL_NEW


def follow(shop: Shop, *, user: User) -> Follow:
    """Hear from it from now on; asked again, nothing changes."""
    inbox.hear_again(user, kind=Kind.NEWS, shop_id=shop.pk)
    found, _was_new = Follow.objects.get_or_create(shop=shop, user=user)
    _tell_rooms(shop, user, is_on=True)
    return found


@transaction.atomic
def unfollow(shop: Shop, *, user: User) -> None:
    count, _by_table = Follow.objects.filter(shop=shop, user=user).delete()
    if count:
        left = {"left_at": timezone.now()}
        Unfollow.objects.update_or_create(shop=shop, user=user, defaults=left)
        _tell_rooms(shop, user, is_on=False)


def _tell_rooms(shop: Shop, user: User, *, is_on: bool) -> None:
    """Some of the shop's rooms may be for followers only, or become so while this person is in them."""
    for session in LiveSession.objects.filter(shop=shop, ended_at__isnull=True):
        broadcasts.follow_changed(session, user.pk, is_on=is_on)


def tell_followers(now: datetime | None = None) -> int:
    """Tell of the shows that have just begun, each person once; how many were told."""
    now = now or timezone.now()
    fresh = (
        LiveSession.objects.public()
        .on_air()
        .filter(went_live_at__gt=now - STILL_NEW, shop__suspended_at__isnull=True)
    )
    shows = list(fresh.select_related("shop"))
    return sum(len(batch) for show in shows for batch in iter(partial(_tell_some, show), []))


@transaction.atomic
def _tell_some(session: LiveSession) -> list[Follow]:
    """Some of those who were not told yet; rows that another worker holds are left to it."""
    free = _untold(session).select_related("user").order_by("user", "pk")
    follows = list(free.select_for_update(of=("self",), skip_locked=True, no_key=True)[:AT_ONCE])
    for each in follows:
        inbox.tell(
            each.user,
            kind=Kind.NEWS,
            key=f"news:{session.pk}",
            compose=lambda: _message(session),
            shop_id=session.shop_id,
        )
    Follow.objects.filter(pk__in=[each.pk for each in follows]).update(told_session_id=session.pk)
    return follows


def _untold(session: LiveSession) -> QuerySet[Follow]:
    """Whoever asked to be reminded of this show hears of it anyway."""
    reminded = Reminder.objects.filter(session=session, user=OuterRef("user"))
    unknown = Q(told_session_id__isnull=True) | ~Q(told_session_id=session.pk)
    return Follow.objects.filter(unknown, shop=session.shop_id, user__is_active=True).exclude(
        Exists(reminded)
    )


def _message(session: LiveSession) -> inbox.Message:
    room = reverse("livestream:room", args=[session.code])
    return inbox.Message(
        title=_("%(shop)s sedang live") % {"shop": session.shop.name},
        text=_("“%(title)s”. Masuk saja, kamu bisa tanya dan beli langsung.") % {"title": session.title},
        path=sources.marked(room, VisitSource.REMINDER),
    )
