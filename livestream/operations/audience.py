"""What the room processes counted, written down so that several may write of the same room."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import connection, transaction
from django.db.models.functions import Greatest

from livestream.models import LiveSession, Visit
from livestream.room import seats

ADD = """
INSERT INTO livestream_audiencesample AS known
    (session_id, at, at_ms, viewers, entered, stayed, gone, likes)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s)
ON CONFLICT (session_id, at) DO UPDATE SET
    viewers = GREATEST(known.viewers, EXCLUDED.viewers),
    entered = known.entered + EXCLUDED.entered,
    stayed = known.stayed + EXCLUDED.stayed,
    gone = known.gone + EXCLUDED.gone,
    likes = known.likes + EXCLUDED.likes
"""


@dataclass(frozen=True, slots=True)
class AudienceCount:
    """What one process counted in a room."""

    session_id: int
    likes: int
    peak: int


@dataclass(frozen=True, slots=True)
class Counted:
    """Five seconds of one room as one process saw them; `viewers` is everybody's, the rest its own."""

    session_id: int
    at: datetime
    viewers: int
    entered: int
    stayed: int
    gone: int
    likes: int


@dataclass(frozen=True, slots=True)
class Visitor:
    """A seat that was taken for the first time in one process; others may know it already."""

    session_id: int
    seat: str
    source: str  # of VisitSource
    came_at: float  # seconds since 1970


def record_audiences(counts: Sequence[AudienceCount]) -> None:
    """Keep the greatest counts; several processes may tell of the same room."""
    for count in counts:
        LiveSession.objects.filter(pk=count.session_id).update(
            likes=Greatest("likes", count.likes), peak_viewers=Greatest("peak_viewers", count.peak)
        )


def add_visits(visitors: Sequence[Visitor]) -> None:
    """Each seat once, with the way it came first."""
    known = set(
        LiveSession.objects.filter(pk__in={visitor.session_id for visitor in visitors}).values_list(
            "pk", flat=True
        )
    )
    rows = [
        Visit(
            session_id=visitor.session_id,
            seat=seats.mark(visitor.session_id, visitor.seat),
            source=visitor.source,
            entered_at=datetime.fromtimestamp(visitor.came_at, UTC),
        )
        for visitor in visitors
        if visitor.session_id in known
    ]
    Visit.objects.bulk_create(rows, ignore_conflicts=True, batch_size=1000)


@transaction.atomic
def add_samples(samples: Sequence[Counted]) -> None:
    """Add to what other processes wrote of the same five seconds."""
    ordered = sorted(samples, key=lambda sample: (sample.session_id, sample.at))
    sessions = LiveSession.objects.in_bulk({sample.session_id for sample in ordered})
    rows = [
        (
            sample.session_id,
            sample.at,
            sessions[sample.session_id].clock_ms(sample.at),
            *(sample.viewers, sample.entered, sample.stayed, sample.gone, sample.likes),
        )
        for sample in ordered
        if sample.session_id in sessions
    ]
    with connection.cursor() as cursor:
        cursor.executemany(ADD, rows)
