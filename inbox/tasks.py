"""Periodic work of the inbox."""

from __future__ import annotations

from celery import shared_task


@shared_task(ignore_result=True)
def deliver_notices() -> None:
    from inbox import operations

    operations.deliver_due()
