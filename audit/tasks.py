"""Periodic work of the log."""

from __future__ import annotations

from celery import shared_task


@shared_task(ignore_result=True)
def forget_old() -> None:
    from audit import operations

    operations.forget_old()
