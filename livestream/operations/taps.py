"""Writing down who looked at which product, in bulk and after the fact."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

from django.utils import timezone

from livestream.models import MILLISECOND, LiveSession, PinInterval, ProductTap, ShowcaseItem, Visit
from livestream.room import seats, taps
from livestream.room.taps import Tap

JUST_NOW = timedelta(minutes=2)


def write_down_taps() -> int:
    """Store what was gathered of sessions on air; how many were told. Lost in a crash, it harms nobody."""
    gathered = taps.take()
    if gathered:
        _store(gathered)
    return len(gathered)


def _store(gathered: Sequence[Tap]) -> None:
    sessions = _sessions_on_air({tap.code for tap in gathered})
    shown = _shown_in(sessions)
    known = [tap for tap in gathered if tap.code in sessions]
    visitors = _visitors(sessions, known)
    rows = [
        _row(sessions[tap.code], tap)
        for tap in known
        if (sessions[tap.code].pk, tap.product_id) in shown
        # A stranger is believed when a socket of that page was in the room.
        and (seats.is_person(tap.seat) or _place(sessions[tap.code], tap) in visitors)
    ]
    ProductTap.objects.bulk_create(rows, ignore_conflicts=True, batch_size=1000)


def _row(session: LiveSession, tap: Tap) -> ProductTap:
    at = datetime.fromtimestamp(tap.at, UTC)
    return ProductTap(
        session=session,
        product_id=tap.product_id,
        seat=seats.mark(session.pk, tap.seat),
        at_ms=_media_ms(session, at),
        tapped_at=at,
    )


def _media_ms(session: LiveSession, at: datetime) -> int:
    """Where the picture was: the media clock is told every second, the tap waited a little longer."""
    if not session.clock_runs:
        return session.media_ms
    return max(0, session.media_ms - (timezone.now() - at) // MILLISECOND)


def _sessions_on_air(codes: set[str]) -> dict[str, LiveSession]:
    """Also those that ended while the tap waited to be written."""
    recent = LiveSession.objects.filter(code__in=codes, went_live_at__isnull=False)
    on_air = recent.filter(ended_at__isnull=True) | recent.filter(ended_at__gt=timezone.now() - JUST_NOW)
    return {session.code: session for session in on_air}


def _shown_in(sessions: Mapping[str, LiveSession]) -> set[tuple[int, int]]:
    offered = ShowcaseItem.objects.filter(session__in=sessions.values())
    pinned = PinInterval.objects.filter(session__in=sessions.values())
    return {*offered.values_list("session_id", "product_id"), *pinned.values_list("session_id", "product_id")}


def _visitors(sessions: Mapping[str, LiveSession], known: Sequence[Tap]) -> set[tuple[int, int]]:
    strangers = {_place(sessions[tap.code], tap) for tap in known if not seats.is_person(tap.seat)}
    if not strangers:
        return set()
    visits = Visit.objects.filter(
        session__in={session_id for session_id, _ in strangers}, seat__in={seat for _, seat in strangers}
    )
    return set(visits.values_list("session_id", "seat"))


def _place(session: LiveSession, tap: Tap) -> tuple[int, int]:
    return session.pk, seats.mark(session.pk, tap.seat)
