"""Money has come for an order; whether it is still wanted is decided here."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from django.db import transaction
from django.utils import timezone

from catalog.operations import note_charged
from deals.models import Rule
from deals.operations import DealGone, give_back, take_again
from orders.models import Order
from orders.operations.promises import promised_to
from orders.operations.refusals import NotPossible, OutOfStock
from orders.operations.steps import advance, lock, refuse_unless_allowed
from orders.operations.stock import move_units, units_held_by, units_of
from orders.transitions import Event, State, allows


class PaymentOutcome(StrEnum):
    CONFIRMED = "confirmed"  # the units are the buyer's
    REFUND_DUE = "refund_due"  # too late, and nothing is left: the money goes back
    UNCHANGED = "unchanged"  # was paid before


@transaction.atomic
def mark_paid(order_id: int) -> PaymentOutcome:
    """Confirm the order exactly once, however often it is called.

    An order that expired takes its units again, and what deals and vouchers had promised it, if it can; one
    that cannot owes a refund, and so does one whose parcel nobody pays for any more. Money is never dropped
    and nothing is sold twice.
    """
    order = lock(order_id)
    if not allows(order.state, Event.PAY):
        return PaymentOutcome.UNCHANGED
    now = timezone.now()
    if order.lacks_its_fee:
        _let_units_go(order)
    if order.lacks_its_fee or not _hold_units(order):
        advance(order, Event.PAY, State.REFUND_DUE, at=now)
        Order.objects.filter(pk=order.pk).update(paid_at=now)
        return PaymentOutcome.REFUND_DUE
    advance(order, Event.PAY, State.CONFIRMED, at=now)
    Order.objects.filter(pk=order.pk).update(closed_at=None)
    if not order.is_cod:
        note_list_prices(order)
    return PaymentOutcome.CONFIRMED


@transaction.atomic
def confirm_cod(order_id: int) -> bool:
    """The buyer means it: the units are theirs until the door. False when it was confirmed before.

    Raises NotPossible when the time to confirm is over.
    """
    order = lock(order_id)
    if order.is_cod and order.state == State.CONFIRMED:
        return False
    if not order.is_cod:
        raise NotPossible(order, Event.CONFIRM)
    refuse_unless_allowed(order, Event.CONFIRM)
    if order.waits_for_its_fee or order.lacks_its_fee:
        raise NotPossible(order, Event.CONFIRM)
    try:
        move_units(units_of([order]), source="reserved" if order.holds_units else "home", target="sold")
    except OutOfStock as gone:
        raise NotPossible(order, Event.CONFIRM) from gone
    advance(order, Event.CONFIRM, State.CONFIRMED, at=timezone.now())
    return True


@transaction.atomic
def extend_hold(order_id: int, until: datetime) -> None:
    """Keep the units of an order that still waits, no shorter than they are kept already."""
    order = lock(order_id)
    if order.state == State.PENDING and order.pay_by and order.pay_by < until:
        Order.objects.filter(pk=order.pk).update(pay_by=until)


def note_list_prices(order: Order) -> None:
    """Somebody paid these prices: only such may later stand struck through."""
    lines = order.lines.filter(rule=Rule.LIST)
    note_charged(lines.values_list("variant_id", "price"), placed_at=order.placed_at)


def _let_units_go(order: Order) -> None:
    """Those of an order that will not be sent; one that expired has none any more."""
    if order.state == State.PENDING:
        give_back(promised_to([order]))
        move_units(units_held_by([order]), source="reserved", target="home")


def _hold_units(order: Order) -> bool:
    """Whether the order's units are now counted as sold."""
    units = units_of([order])
    if order.state == State.PENDING and order.holds_units:
        move_units(units, source="reserved", target="sold")
        return True
    if order.state == State.CANCELLED:  # the buyer had changed their mind
        return False
    promised = promised_to([order])
    try:
        with transaction.atomic():
            if order.state != State.PENDING:
                for promise in promised:
                    take_again(promise)
            move_units(units, source="home", target="sold")
    except (DealGone, OutOfStock):
        if order.state == State.PENDING:  # others paid first
            give_back(promised)
        return False
    return True
