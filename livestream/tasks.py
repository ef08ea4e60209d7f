"""Periodic work of live sessions."""

from __future__ import annotations

from celery import shared_task


@shared_task(ignore_result=True)
def close_abandoned_sessions() -> None:
    """A host who has been gone for half an hour does not come back."""
    from livestream.operations import air

    air.end_abandoned()


@shared_task(ignore_result=True)
def write_down_taps() -> None:
    """Who opened which buy sheet lately."""
    from livestream.operations import taps

    taps.write_down_taps()


@shared_task(ignore_result=True)
def send_notices() -> None:
    """Remind whoever asked for it, and tell followers who is on air."""
    from livestream.operations import follows, reminders

    reminders.send_notices()
    follows.tell_followers()


@shared_task(ignore_result=True)
def open_emergency_doors() -> None:
    """Send followers to our room when a place outside has died."""
    from livestream.operations import emergency_door

    emergency_door.open_doors()
