"""Vouchers: made by whoever runs the session, claimed by those who are there."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, connection, transaction
from django.db.models import F, Q
from django.utils import timezone

from accounts.models import User
from deals import broadcasts
from deals.models import Draw, Voucher, VoucherClaim
from deals.operations.refusals import NotANewFollower, NotOnAir, OfTheHouse, TooLate, TooManyAtOnce
from deals.operations.watching import refuse_unless_watched
from deals.queries.vouchers import open_vouchers
from livestream.models import LiveSession
from livestream.operations.follows import follow
from livestream.operations.locking import locked
from livestream.queries.follows import has_left_lately, is_following
from livestream.room.presence import people_present

MOST_AT_ONCE = 3
# Whoever was not seen for longer than this has been away.
LONGEST_BLINK_MS = 25_000
COUNT = """
    INSERT INTO deals_watchtime AS seen (session_id, user_id, watched_ms, seen_ms)
    SELECT %(session)s, person.id, 0, %(clock)s FROM accounts_user person WHERE person.id = ANY(%(people)s)
    ORDER BY person.id
    ON CONFLICT (session_id, user_id) DO UPDATE SET seen_ms = excluded.seen_ms,
        watched_ms = seen.watched_ms + CASE
            WHEN excluded.seen_ms - seen.seen_ms BETWEEN 0 AND %(blink)s
            THEN excluded.seen_ms - seen.seen_ms ELSE 0 END
"""


@transaction.atomic
def make_voucher(session: LiveSession, *, made_by: User, terms: dict[str, Any]) -> Voucher:
    """`terms` is the cleaned content of a VoucherForm."""
    session = locked(session.code)
    if session.ended_at:
        raise NotOnAir
    if open_vouchers(session).count() >= MOST_AT_ONCE:
        raise TooManyAtOnce
    voucher = Voucher.objects.create(session=session, created_by=made_by, **terms)
    broadcasts.vouchers_changed(session)
    return voucher


@transaction.atomic
def close_voucher(session: LiveSession, *, voucher_id: int) -> None:
    """Nobody claims it any more; who has it keeps it. Nothing happens when it is closed."""
    still_open = Voucher.objects.filter(pk=voucher_id, session=session, closed_at__isnull=True)
    if still_open.update(closed_at=timezone.now()):
        broadcasts.vouchers_changed(session)


def claim_voucher(voucher: Voucher, *, buyer: User) -> VoucherClaim:
    """Put it into the buyer's pocket, once, as long as its session runs and its budget lasts."""
    held = VoucherClaim.objects.filter(voucher=voucher, buyer=buyer)
    if (before := held.first()) is not None:
        return before
    _refuse_unless_earned(voucher, buyer)
    try:
        return _claim(voucher, buyer)
    except IntegrityError:  # pressed twice
        return held.get()


def _refuse_unless_earned(voucher: Voucher, buyer: User) -> None:
    session = voucher.session
    if not session.is_on_air:
        raise NotOnAir
    if session.shop.owner_id == buyer.pk:
        raise OfTheHouse
    if voucher.task == Voucher.Task.WATCH:
        refuse_unless_watched(session, buyer, minutes=voucher.watch_minutes)
    if voucher.task == Voucher.Task.FOLLOW and has_left_lately(session.shop, buyer):
        raise NotANewFollower


@transaction.atomic
def _claim(voucher: Voucher, buyer: User) -> VoucherClaim:
    """The counter decides: two who want the last one do not both get it."""
    room = Voucher.objects.filter(
        pk=voucher.pk,
        closed_at__isnull=True,
        claimed__lt=F("most_claims"),
        budget__gte=(F("claimed") + 1) * F("most_discount"),
    )
    if not room.update(claimed=F("claimed") + 1):
        raise TooLate
    claim = VoucherClaim.objects.create(voucher=voucher, buyer=buyer)
    shop = voucher.session.shop
    if voucher.task == Voucher.Task.FOLLOW and not is_following(shop, buyer):
        follow(shop, user=buyer)  # the button said so
    broadcasts.voucher_claimed(voucher)
    return claim


def count_watching() -> None:
    """Write down who goes on watching where a voucher or a giveaway asks for it. Twice counts once."""
    vouchers = Voucher.objects.filter(closed_at__isnull=True, task=Voucher.Task.WATCH)
    draws = Draw.objects.filter(closed_at__isnull=True, task=Draw.Task.WATCH)
    asked = Q(pk__in=vouchers.values("session")) | Q(pk__in=draws.values("session"))
    for session in LiveSession.objects.on_air().filter(asked):
        values: dict[str, Any] = {
            "session": session.pk,
            "clock": session.clock_ms(),
            "people": people_present(session.pk),
            "blink": LONGEST_BLINK_MS,
        }
        with connection.cursor() as cursor:
            cursor.execute(COUNT, values)
