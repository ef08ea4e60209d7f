"""Recording that somebody came through a link, and forgetting it again."""

from __future__ import annotations

import secrets
import uuid
from datetime import datetime, timedelta

from django.db import connection, transaction

from accounts.models import User
from affiliates.models import Click, DayKey, ReferralLink
from affiliates.networks import network_hash
from affiliates.operations.deciding import join_touches

SAME_CLICK = timedelta(minutes=30)
KEPT = timedelta(days=35)


@transaction.atomic
def record_click(
    link: ReferralLink,
    *,
    visitor: uuid.UUID | None,
    user: User | None,
    address: str,
    browser: str,
    at: datetime,
) -> uuid.UUID:
    """Count the visit and renew the touch; the visitor's number comes back, a new one if there was none.

    A repetition within half an hour is not counted again. Losing the last moment in a crash is
    acceptable, so the commit does not wait for the disk.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit = off; SET LOCAL statement_timeout = '2s'")
    known, visitor = visitor is not None, visitor or uuid.uuid4()
    fingerprint = network_hash(_key_of_day(at), address=address, browser=browser)
    if not _is_repeated(link, visitor=visitor if known else None, fingerprint=fingerprint, at=at):
        Click.objects.create(link=link, visitor=visitor, network_hash=fingerprint, clicked_at=at)
    _renew_touch(link, visitor=visitor, user=user, at=at)
    if user and known:
        join_touches(visitor, user)
    return visitor


def purge_clicks(now: datetime) -> int:
    """Forget clicks, touches and day keys that are too old; how many clicks."""
    before = now - KEPT
    DayKey.objects.filter(day__lt=before.date()).delete()
    _delete_touches(before)
    count, _ = Click.objects.filter(clicked_at__lt=before).delete()
    return count


def _key_of_day(at: datetime) -> bytes:
    day = at.date()
    key = DayKey.objects.filter(day=day).values_list("key", flat=True).first()
    if key is None:
        DayKey.objects.bulk_create([DayKey(day=day, key=secrets.token_bytes(32))], ignore_conflicts=True)
        key = DayKey.objects.values_list("key", flat=True).get(day=day)
    return bytes(key)


def _is_repeated(link: ReferralLink, *, visitor: uuid.UUID | None, fingerprint: bytes, at: datetime) -> bool:
    """The same visitor; of one without a cookie, the same network and browser."""
    lately = Click.objects.filter(link=link, clicked_at__gt=at - SAME_CLICK)
    same = lately.filter(visitor=visitor) if visitor else lately.filter(network_hash=fingerprint)
    return same.exists()


def _renew_touch(link: ReferralLink, *, visitor: uuid.UUID, user: User | None, at: datetime) -> None:
    """The touch keeps its latest moment, in whatever order clicks are written."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO affiliates_touch AS known (visitor, user_id, link_id, shop_id, clicked_at) "
            "VALUES (%s, %s, %s, %s, %s) ON CONFLICT (visitor, link_id, user_id) DO UPDATE "
            "SET clicked_at = greatest(known.clicked_at, EXCLUDED.clicked_at)",
            [visitor, user.pk if user else None, link.pk, link.shop_id, at],
        )


def _delete_touches(before: datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM affiliates_touch WHERE clicked_at < %s", [before])
