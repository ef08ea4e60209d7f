"""Telling one person one thing, in the transaction of whatever has happened."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.db import connection, transaction
from django.utils import timezone, translation

from accounts.models import User
from inbox.models import MARKETING, Channel, Delivery, Kind, Notice, Silence
from inbox.operations.reading import forget_count
from inbox.queries import MOST_A_DAY, told_today, ways

SPOKEN_LOCK = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))"


@dataclass(frozen=True)
class Message:
    """What a notice says. `path` is where it leads; `letter` is what only a mail has room for."""

    title: str
    text: str
    path: str
    letter: str = ""


@transaction.atomic
def tell(
    user: User, *, kind: Kind, key: str, compose: Callable[[], Message], shop_id: int | None = None
) -> Notice | None:
    """Write the notice with what has to be sent of it, or nothing when it is not wanted.

    Told again under the same key, nothing is added: nobody hears a thing twice. `compose` is called in
    the reader's own language.
    """
    channels = ways(user, kind)
    if not user.is_active or not channels or _is_too_much(user, kind=kind, shop_id=shop_id):
        return None
    with translation.override(user.language):
        message = compose()
    notice, is_new = Notice.objects.get_or_create(
        user=user,
        key=key,
        defaults={
            "kind": kind,
            "shop_id": shop_id,
            "language": user.language,
            "title": message.title[:120],
            "text": message.text[:400],
            "path": message.path,
            "letter": message.letter,
            "is_listed": Channel.INBOX in channels,
        },
    )
    if not is_new:
        return None
    _send_by(notice, channels - {Channel.INBOX})
    forget_count(user.pk)
    return notice


def _send_by(notice: Notice, channels: frozenset[str]) -> None:
    Delivery.objects.bulk_create(Delivery(notice=notice, channel=channel) for channel in sorted(channels))


def _is_too_much(user: User, *, kind: Kind, shop_id: int | None) -> bool:
    """A shop that was silenced, or has spoken enough today. One shop speaks to one person at a time."""
    if kind not in MARKETING or shop_id is None:
        return False
    with connection.cursor() as cursor:
        cursor.execute(SPOKEN_LOCK, [f"inbox:{user.pk}:{shop_id}"])
    if Silence.objects.filter(user=user, kind=kind, shop_id=shop_id).exists():
        return True
    return told_today(user, shop_id=shop_id, kinds=MARKETING, now=timezone.now()) >= MOST_A_DAY
