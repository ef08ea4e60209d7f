"""Periodic work of returns, and of what has to be kept for them."""

from __future__ import annotations

from celery import shared_task


@shared_task(ignore_result=True)
def lapse_due() -> None:
    from returns import operations

    operations.lapse_due()


@shared_task(ignore_result=True)
def refund_due() -> None:
    from returns import operations

    operations.refund_due()


@shared_task(ignore_result=True)
def sweep_recordings() -> None:
    """Old recordings are given up, and the files of those go, but for what may be evidence."""
    from django.conf import settings

    from livestream.operations import replay
    from returns.queries import sessions_with_evidence

    replay.expire_replays()
    replay.sweep_recordings(settings.LIVE_ROOT, kept=sessions_with_evidence())
