"""Work on payments that follows a write, and the sweeps that find what was lost."""

from __future__ import annotations

from contextlib import suppress

from celery import shared_task
from django.db import OperationalError

from kit.notices import hand_out

BATCH = 50


@shared_task(acks_late=True, autoretry_for=(OperationalError,), retry_backoff=True, max_retries=5)
def handle_notice(notice_id: int) -> None:
    from payments import operations
    from payments.gateway import GatewayProblem

    with suppress(GatewayProblem):  # the sweep asks again
        operations.apply_notice(notice_id)


@shared_task
def handle_waiting_notices() -> None:
    from payments import queries

    hand_out(handle_notice, queries.waiting_notice_ids())


@shared_task
def check_old_charges() -> None:
    from payments import operations

    operations.check_old_charges(BATCH)
    operations.retry_refunds(BATCH)


@shared_task
def look_after_proofs() -> None:
    """Remind shops of proofs that wait, and call staff where they wait too long."""
    from payments import operations, telling

    telling.remind_shops(BATCH)
    operations.call_for_silent_shops()


@shared_task
def reconcile_yesterday() -> None:
    from payments import operations

    operations.reconcile_yesterday()
