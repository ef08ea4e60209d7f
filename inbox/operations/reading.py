"""Notices that were read."""

from __future__ import annotations

from django.core.cache import caches
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from inbox.models import Notice
from inbox.queries import unread_key


def mark_read(notice: Notice) -> None:
    """The first time counts."""
    Notice.objects.filter(pk=notice.pk, read_at__isnull=True).update(read_at=timezone.now())
    forget_count(notice.user_id)


def mark_all_read(user: User, *, up_to: int) -> None:
    """Those that stood on the page; what came meanwhile stays new."""
    Notice.objects.of(user).unread().filter(pk__lte=up_to).update(read_at=timezone.now())
    forget_count(user.pk)


def forget_count(user_id: int) -> None:
    transaction.on_commit(lambda: caches["spare"].delete(unread_key(user_id)))
