"""Forgetting what is too old to be kept in full."""

from __future__ import annotations

from dataclasses import asdict
from datetime import timedelta

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from insights.models import ShowSummary
from insights.queries.people import people_of
from insights.queries.timeline import samples_of
from livestream.models import AudienceSample, LiveSession, ProductTap, Visit

AT_ONCE = 50
# Minutes in place of five seconds: the most viewers of each, and the sums of the rest.
MINUTES = """
SELECT date_trunc('minute', at), min(at_ms), max(viewers), sum(entered), sum(stayed), sum(gone), sum(likes)
FROM livestream_audiencesample WHERE session_id = %s GROUP BY 1 ORDER BY 1
"""


def thin_old_shows() -> int:
    """Keep of shows that ended long ago only sums; how many were thinned."""
    before = timezone.now() - timedelta(days=settings.AUDIENCE_KEPT_DAYS)
    old = LiveSession.objects.ended().filter(ended_at__lt=before, summary__isnull=True)
    shows = list(old.order_by("ended_at", "pk")[:AT_ONCE])
    for session in shows:
        thin(session)
    return len(shows)


@transaction.atomic
def thin(session: LiveSession) -> None:
    """The report says the same as before; nothing tells any more which tap was whose."""
    people = people_of(session, samples=samples_of(session))
    ShowSummary.objects.create(
        session=session,
        entered=people.funnel.entered,
        tapped=people.funnel.tapped,
        sources=[asdict(row) for row in people.sources],
    )
    Visit.objects.filter(session=session).delete()
    ProductTap.objects.filter(session=session).update(seat=-F("pk"))
    _merge_samples(session)


def _merge_samples(session: LiveSession) -> None:
    with connection.cursor() as cursor:
        cursor.execute(MINUTES, [session.pk])
        names = ("at", "at_ms", "viewers", "entered", "stayed", "gone", "likes")
        minutes = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    AudienceSample.objects.filter(session=session).delete()
    AudienceSample.objects.bulk_create(AudienceSample(session=session, **minute) for minute in minutes)
