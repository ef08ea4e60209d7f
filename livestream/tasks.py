"""Periodic work of live sessions."""

from __future__ import annotations

from celery import shared_task


@shared_task(ignore_result=True)
def close_abandoned_sessions() -> None:
    """A host who has been gone for half an hour does not come back."""
    from livestream.operations import air

    air.end_abandoned()
