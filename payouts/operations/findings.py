"""The daily proof: what does not add up is written down, and taken off when it does again."""

from __future__ import annotations

from datetime import datetime

import structlog
from django.db import transaction
from django.utils import timezone

from orders.models import Order
from payments.models import Ticket
from payments.operations import close_done, open_ticket
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


def ticket_key(finding: Finding) -> str:
    """Each time it comes back it is a ticket of its own."""
    return f"{finding.key}:{finding.pk}"


@transaction.atomic
def _record(found: dict[str, dict[str, object]], now: datetime) -> list[Finding]:
    standing = Finding.objects.filter(gone_at__isnull=True)
    for finding in standing.exclude(key__in=found):
        close_done(f"{Ticket.Kind.BOOKS}:{ticket_key(finding)}", by=None, note="Bukunya cocok lagi.")
    standing.exclude(key__in=found).update(gone_at=now)
    known = set(standing.values_list("key", flat=True))
    return [_open(key, facts, now) for key, facts in found.items() if key not in known]


def _open(key: str, facts: dict[str, object], now: datetime) -> Finding:
    finding = Finding.objects.create(key=key, facts=facts, found_at=now)
    kind, _, name = key.partition(":")
    about = Order.objects.filter(number=name).first() if kind in ("order", "late") else None
    open_ticket(Ticket.Kind.BOOKS, ticket_key(finding), reference=key[:64], order=about, facts=facts)
    return finding
