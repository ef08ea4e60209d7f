"""The sweep that forgets: the database knows who has left."""

from __future__ import annotations

from celery import shared_task
from django.db import OperationalError


@shared_task(acks_late=True, autoretry_for=(OperationalError,), retry_backoff=True, max_retries=5)
def finish_closings() -> None:
    from privacy import operations

    operations.finish_closings()
