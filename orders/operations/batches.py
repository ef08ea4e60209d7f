"""What a seller does to many orders in one action."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from orders.desk.waybills import Row, judge
from orders.models import LabelBatch, Order
from orders.operations.fulfilment import pack_order, ship_order
from orders.operations.refusals import NotPossible
from orders.queries import orders_of_seller, orders_to_label

KEPT = timedelta(days=1)
TELL_EVERY = 10


class RowsMoved(Exception):
    """Since the preview some rows cannot be imported any more; nothing was."""

    def __init__(self, rows: list[Row]) -> None:
        super().__init__(len(rows))
        self.rows = rows


def pack_orders(orders: Iterable[Order]) -> tuple[list[Order], list[Order]]:
    """Those that are packed now, and those that could not be: each stands for itself."""
    packed: list[Order] = []
    left: list[Order] = []
    for order in orders:
        try:
            packed.append(pack_order(order))
        except NotPossible:
            left.append(order)
    return packed, left


@transaction.atomic
def import_waybills(seller: User, rows: Sequence[Row]) -> int:
    """Ship all of these, or none: whatever moved since the preview is shown again first.

    `rows` are those that were ready in the preview.
    """
    judged = judge(rows, orders_of_seller(seller))
    if not all(row.is_ready for row in judged):
        raise RowsMoved(judged)
    orders = {
        order.number: order
        for order in orders_of_seller(seller).filter(number__in=[row.number for row in rows])
    }
    try:
        for row in sorted(judged, key=lambda row: orders[row.number].pk):
            _ship(orders[row.number], row)
    except NotPossible as refusal:
        raise RowsMoved(judge(rows, orders_of_seller(seller))) from refusal
    return len(judged)


def _ship(order: Order, row: Row) -> None:
    order.refresh_from_db()
    if order.state == Order.State.SHIPPED and order.waybill == row.waybill:
        return  # left together with another order in its box
    if order.state == Order.State.CONFIRMED:
        pack_order(order)
    ship_order(order, courier=row.courier, waybill=row.waybill)


def want_labels(seller: User, orders: Sequence[Order]) -> LabelBatch:
    """A batch that a worker prints."""
    return LabelBatch.objects.create(
        seller=seller, order_ids=[order.pk for order in orders], total=len(orders)
    )


def print_labels(batch_id: UUID | str) -> None:
    """Draw the batch once, however often it is called; how far it is can be read meanwhile."""
    batch = LabelBatch.objects.get(pk=batch_id)
    if batch.printed_at:
        return
    # Here, because only a worker that prints needs the PDF library, and loading it takes a while.
    from orders.desk import labels

    pdf = labels.draw(orders_to_label(batch.seller, batch.order_ids), told=_progress(batch))
    LabelBatch.objects.filter(pk=batch.pk, printed_at__isnull=True).update(
        pdf=pdf, done=batch.total, printed_at=timezone.now()
    )


def forget_old_labels() -> int:
    """They hold people's addresses, so they are kept for a day."""
    count, _ = LabelBatch.objects.filter(created_at__lt=timezone.now() - KEPT).delete()
    return count


def _progress(batch: LabelBatch) -> Callable[[int], None]:
    def told(done: int) -> None:
        if done % TELL_EVERY == 0:
            LabelBatch.objects.filter(pk=batch.pk).update(done=done)

    return told
