"""Commission from payment to maturity, and what lowers it. Each step happens once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models.functions import Greatest, Now
from django.utils import timezone

from affiliates.arithmetic import commission
from affiliates.attribution import Reason
from affiliates.models import (
    Commission,
    CommissionAdjustment,
    CommissionWake,
    MissedSale,
)
from affiliates.queries import amount_due
from ledger.models import AccountKind, TransactionKind
from ledger.operations import Leg, account, post
from orders.models import Order, OrderLine

Kind = CommissionAdjustment.Kind


@transaction.atomic
def reserve_commission(order: Order) -> None:
    """Set the commission of a paid order aside out of escrow, so that it cannot bounce.

    Belongs into the payment's transaction; again changes nothing.
    """
    lines = list(order.lines.order_by("pk"))
    earned = [_commission(order, line) for line in lines if line.credited_to and line.attribution]
    Commission.objects.bulk_create(earned, ignore_conflicts=True)
    MissedSale.objects.bulk_create(_missed(lines), ignore_conflicts=True)
    amount = sum(one.gross for one in earned)
    if amount:
        leg = Leg(account(AccountKind.ESCROW), account(AccountKind.SELLER_RESERVE, order.shop_id), amount)
        post(TransactionKind.COMMISSION_RESERVED, order.pk, [leg])


def mature_commission(order: Order) -> None:
    """The return window of a received order begins; again changes nothing.

    Never before the present: the settlement looks only a little way back.
    """
    received_at = Order.objects.values_list("received_at", flat=True).get(pk=order.pk)
    if received_at is None:
        return
    window = timedelta(seconds=settings.RETURN_WINDOW_SECONDS)
    waiting = Commission.objects.filter(line__order_id=order.pk, matures_at__isnull=True)
    waiting.update(matures_at=Greatest(received_at + window, Now()))


def hold_commission(order: Order) -> None:
    """Something may come back: what is not settled yet waits until `mature_commission` is called again."""
    Commission.objects.filter(line__order_id=order.pk, matures_at__gt=Now()).update(matures_at=None)


def reverse_commission(line: OrderLine, units: int, source: str) -> None:
    """Some units came back, or were never sent. `source` names the event, which counts once."""
    _lower(line, kind=Kind.RETURN, source=source, units=units)


def refund_commission(line: OrderLine, amount: int, source: str) -> None:
    """Some rupiah of the price went back while the goods stayed."""
    _lower(line, kind=Kind.REFUND, source=source, base_refunded=amount)


def void_commission(line: OrderLine, source: str) -> None:
    """The sale earns nothing after all."""
    _lower(line, kind=Kind.VOID, source=source)


@transaction.atomic
def _lower(line: OrderLine, *, kind: Kind, source: str, **lowered: int) -> None:
    """Write the event, free what it releases, and wake the settlement.

    The lock lets the events of one commission be counted one after the other.
    """
    locked = Commission.objects.select_for_update(no_key=True, of=("self",)).filter(line=line)
    earned = locked.first()
    if earned is None or CommissionAdjustment.objects.filter(source=source).exists():
        return
    before = amount_due(earned)
    event = CommissionAdjustment.objects.create(commission=earned, kind=kind, source=source, **lowered)
    after = amount_due(earned)
    CommissionWake.objects.create(commission_id=earned.pk)
    _release(earned, event, before - after)
    if after == 0 and earned.matures_at is None:
        # Nothing is left to wait for: the next settlement closes it at nought.
        Commission.objects.filter(pk=earned.pk).update(matures_at=Now())


def _release(earned: Commission, event: CommissionAdjustment, amount: int) -> None:
    """Give back to escrow what the shop no longer owes: the buyer is refunded from there.

    Of a settled commission the reserve is short by this much until the settlement has taken it back
    from the affiliate; shop and buyer do not wait for that.
    """
    if amount:
        leg = Leg(account(AccountKind.SELLER_RESERVE, earned.shop_id), account(AccountKind.ESCROW), amount)
        post(TransactionKind.COMMISSION_RELEASED, event.pk, [leg])


def _commission(order: Order, line: OrderLine) -> Commission:
    decision: dict[str, Any] = line.attribution or {}
    return Commission(
        line=line,
        affiliate_id=decision["affiliate"],
        shop_id=order.shop_id,
        rate_id=decision["rate_id"],
        rate_bp=decision["rate_bp"],
        base=line.paid_amount,
        quantity=line.quantity,
        gross=commission(line.paid_amount, decision["rate_bp"]),
    )


def _missed(lines: Sequence[OrderLine]) -> list[MissedSale]:
    """One for each affiliate who came into question and did not win, with the best of their reasons."""
    now = timezone.now()
    missed: dict[tuple[int, int], MissedSale] = {}
    for line in lines:
        for entry in (line.attribution or {}).get("trace", []):
            key = (entry["affiliate"], line.pk)
            if entry["affiliate"] != line.credited_to and key not in missed:
                missed[key] = MissedSale(
                    affiliate_id=entry["affiliate"], line=line, reason=Reason(entry["reason"]), paid_at=now
                )
    return list(missed.values())
