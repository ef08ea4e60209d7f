"""Wake-ups for Celery. Nothing here decides anything: the database knows what is due."""

from __future__ import annotations

import logging

from celery import shared_task
from django.db import OperationalError
from django.utils import timezone

logger = logging.getLogger(__name__)


@shared_task(autoretry_for=(OperationalError,), retry_backoff=True, max_retries=5)
def settle_commissions() -> None:
    from affiliates import operations

    operations.settle_all(timezone.now())


@shared_task
def purge_old_clicks() -> None:
    from affiliates import operations

    operations.purge_clicks(timezone.now())


@shared_task
def check_books() -> None:
    """Raise the alarm when the books and the events disagree, or a promised day has passed."""
    from affiliates import queries
    from ledger import queries as ledger

    for found in (ledger.reconciliation(), queries.reconciliation()):
        if not found.is_clean:
            logger.error("the books do not add up: %s", found)
    overdue = list(queries.overdue_commissions(timezone.now()).values_list("pk", flat=True)[:20])
    if overdue:
        logger.error("commissions are overdue: %s", overdue)
