"""Periodic work of the whole purchase."""

from celery import shared_task


@shared_task
def confirm_old_deliveries() -> None:
    from checkout import operations

    operations.confirm_old_deliveries()


@shared_task
def give_up_lost_parcels() -> None:
    from checkout import operations

    operations.give_up_lost_parcels()


@shared_task
def tell_people() -> None:
    from checkout import operations

    operations.tell_people()


@shared_task
def hold_what_was_left() -> None:
    from checkout import keeping

    keeping.hold_what_was_left()
