"""Periodic work of deals."""

from __future__ import annotations

from celery import shared_task


@shared_task(ignore_result=True)
def run_due() -> None:
    """Draws and auctions whose time is up."""
    from deals.operations import due

    due.run_due()
