"""Periodic work of the whole purchase."""

from celery import shared_task


@shared_task
def confirm_old_deliveries() -> int:
    from checkout import operations

    return operations.confirm_old_deliveries()
