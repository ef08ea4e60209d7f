"""Periodic work of insights."""

from __future__ import annotations

from celery import shared_task


@shared_task(ignore_result=True)
def thin_old_shows() -> None:
    """The marks of people are not kept for ever."""
    from insights import operations

    operations.thin_old_shows()
