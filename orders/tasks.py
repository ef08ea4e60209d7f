"""Periodic work on orders."""

from __future__ import annotations

import logging

from celery import shared_task
from django.db import OperationalError

BATCH = 500
logger = logging.getLogger(__name__)


@shared_task(acks_late=True, autoretry_for=(OperationalError,), retry_backoff=True, max_retries=5)
def expire_unpaid_orders() -> None:
    from orders import operations

    operations.expire_unpaid(BATCH)


@shared_task
def prove_orders() -> None:
    """Raise the alarm when counters and orders disagree, or an order points at nothing."""
    from orders import proofs

    found = proofs.look_through()
    if not found.is_clean:
        logger.error("orders and stock do not add up: %s", found)


@shared_task
def follow_parcels() -> None:
    from orders import operations

    operations.follow_parcels()


@shared_task(acks_late=True, autoretry_for=(OperationalError,), retry_backoff=True, max_retries=5)
def print_labels(batch_id: str) -> None:
    from orders import operations

    operations.print_labels(batch_id)


@shared_task
def print_waiting_labels() -> None:
    """Those whose wake-up was lost."""
    from orders import operations, queries

    for batch_id in queries.labels_waiting():
        operations.print_labels(batch_id)
    operations.forget_old_labels()
