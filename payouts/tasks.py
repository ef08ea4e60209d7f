"""Wake-ups: the database knows what is due."""

from __future__ import annotations

from celery import shared_task
from django.db import OperationalError
from django.utils import timezone


@shared_task(acks_late=True, autoretry_for=(OperationalError,), retry_backoff=True, max_retries=5)
def settle_orders() -> None:
    from payouts import operations

    now = timezone.now()
    operations.plan_settlements()
    operations.settle_due(now)
    operations.correct_settlements(now)


@shared_task
def prove_books() -> None:
    from payouts import operations

    operations.prove_books()
