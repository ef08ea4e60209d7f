"""Work on parcels that follows a write, and the sweeps that find what was lost."""

from __future__ import annotations

from contextlib import suppress

from celery import shared_task
from django.db import OperationalError

from kit.notices import hand_out

BATCH = 30


@shared_task(acks_late=True, autoretry_for=(OperationalError,), retry_backoff=True, max_retries=5)
def handle_notice(notice_id: int) -> None:
    from shipping import operations
    from shipping.couriers import CourierProblem

    with suppress(CourierProblem):  # the sweep asks again
        operations.apply_notice(notice_id)


@shared_task
def handle_waiting_notices() -> None:
    from shipping import queries

    hand_out(handle_notice, queries.waiting_notice_ids())


@shared_task
def ask_about_parcels() -> None:
    from shipping import operations

    operations.ask_about_parcels(BATCH)


@shared_task
def forget_old_quotes() -> None:
    from shipping import operations

    operations.forget_old_quotes()
