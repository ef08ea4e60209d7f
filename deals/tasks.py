"""Periodic work of deals."""

from __future__ import annotations

from celery import shared_task


@shared_task(ignore_result=True)
def run_due() -> None:
    """Draws and auctions whose time is up."""
    from deals.operations import due

    due.run_due()


@shared_task(ignore_result=True)
def close_finished_deals() -> None:
    """Flash deals whose time has run out leave the room's strip."""
    from deals import operations

    operations.close_finished_deals()


@shared_task(ignore_result=True)
def count_watching() -> None:
    """Who goes on watching where a voucher asks for it."""
    from deals.operations import vouchers

    vouchers.count_watching()


@shared_task(ignore_result=True)
def tell_winners() -> None:
    """Mails to those who have just won."""
    from deals.operations import telling

    telling.tell_winners()
