"""The money of what was granted goes back, by whichever way it came."""

from __future__ import annotations

import structlog
from django.db import transaction
from django.utils import timezone

from payments.operations import RefundRefused, refund_lines
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
        return False
    _close(request, sum(refund.amount for refund in refunds))
    return True


@transaction.atomic
def _close(request: Return, amount: int) -> None:
    locked = lock(request)
    if locked.state == State.REFUNDING:
        advance(locked, Event.REFUND, State.REFUNDED, at=timezone.now(), facts={"amount": amount})
