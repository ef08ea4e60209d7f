"""Periodic work on orders."""

from __future__ import annotations

from celery import shared_task
from django.db import OperationalError

BATCH = 500


@shared_task(acks_late=True, autoretry_for=(OperationalError,), retry_backoff=True, max_retries=5)
def expire_unpaid_orders() -> None:
    from orders import operations

    operations.expire_unpaid(BATCH)
