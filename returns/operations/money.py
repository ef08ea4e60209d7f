"""The money of what was granted goes back, by whichever way it came."""

from __future__ import annotations

import structlog
from django.db import transaction
from django.utils import timezone

from payments.models import Refund, Ticket
from payments.operations import RefundRefused, refund_lines, refund_rest
from payments.operations.tickets import close_done, open_ticket
from returns.models import Return
from returns.operations.steps import advance, lock
from returns.transitions import Event, State

log = structlog.get_logger(__name__)


def refund_due(limit: int = 100) -> int:
    """Have paid back what was granted; how many returns. Done twice, or after a crash, it is paid once."""
    waiting = Return.objects.filter(state=State.REFUNDING).select_related("order").order_by("pk")
    return sum(_refund(request) for request in waiting[:limit])


def _refund(request: Return) -> bool:
    """The payment keeps the key, so that a worker that dies here changes nothing."""
    units = dict(request.lines.filter(granted__gt=0).values_list("line_id", "granted"))
    refunds: list[Refund] | None
    try:
        refunds = refund_lines(
            request.order,
            units,
            reason=request.get_reason_display()[:100],
            key=f"return:{request.code}",
            shipping=request.shipping_back,
        )
    except RefundRefused as problem:
        log.error("return_not_refunded", request=request.code, problem=repr(problem))
        refunds = _what_is_left(request, units)
        if refunds is None:
            return False
    else:
        close_done(_ticket_key(request), by=None, note="Uangnya sudah dikembalikan.")
    _close(request, sum(refund.amount for refund in refunds))
    return True


def _what_is_left(request: Return, units: dict[int, int]) -> list[Refund] | None:
    """More was granted than is left of the order's money: nothing, until somebody at the desk has looked."""
    lines = {line.pk: line for line in request.order.lines.all()}
    wanted = sum(lines[pk].paid_amount * count // lines[pk].quantity for pk, count in units.items())
    ticket = open_ticket(
        Ticket.Kind.RETURN_STUCK,
        request.code,
        reference=request.code,
        amount=wanted + request.shipping_back,
        order=request.order,
    )
    if ticket.closed_at is None:
        return None
    return refund_rest(request.order, reason=request.get_reason_display()[:100], key=f"return:{request.code}")


def _ticket_key(request: Return) -> str:
    return f"{Ticket.Kind.RETURN_STUCK}:{request.code}"


@transaction.atomic
def _close(request: Return, amount: int) -> None:
    locked = lock(request)
    if locked.state == State.REFUNDING:
        advance(locked, Event.REFUND, State.REFUNDED, at=timezone.now(), facts={"amount": amount})
