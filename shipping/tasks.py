"""Work on parcels that follows a write, and the sweeps that find what was lost."""

from __future__ import annotations

from celery import shared_task
from django.db import OperationalError

BATCH = 30


@shared_task(acks_late=True, autoretry_for=(OperationalError,), retry_backoff=True, max_retries=5)
def handle_notice(notice_id: int) -> None:
    from shipping import operations
    from shipping.couriers import CourierProblem

    try:
        operations.apply_notice(notice_id)
    except CourierProblem:
        return  # the sweep asks again


@shared_task
def handle_waiting_notices() -> None:
    from shipping import queries

    for notice_id in queries.waiting_notice_ids():
        handle_notice.delay(notice_id)


@shared_task
def ask_about_parcels() -> None:
    from shipping import operations

    operations.ask_about_parcels(BATCH)


@shared_task
def forget_old_quotes() -> None:
    from shipping import operations

    operations.forget_old_quotes()
