"""The daily proof: what does not add up is written down, and taken off when it does again."""

from __future__ import annotations

from datetime import datetime

import structlog
from django.db import transaction
from django.utils import timezone

from payouts.models import Finding
from payouts.queries.proof import differences

log = structlog.get_logger(__name__)


def prove_books(now: datetime | None = None) -> list[Finding]:
    """Recompute everything; the differences that are new."""
    now = now or timezone.now()
    found = differences(now)
    fresh = _record(found, now)
    for finding in fresh:
        log.error("books_do_not_add_up", key=finding.key, facts=finding.facts)
    return fresh


@transaction.atomic
def _record(found: dict[str, dict[str, object]], now: datetime) -> list[Finding]:
    Finding.objects.filter(gone_at__isnull=True).exclude(key__in=found).update(gone_at=now)
    known = set(Finding.objects.filter(gone_at__isnull=True).values_list("key", flat=True))
    return [
        Finding.objects.create(key=key, facts=facts, found_at=now)
        for key, facts in found.items()
        if key not in known
    ]
