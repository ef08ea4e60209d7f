"""A buyer wants to give something back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet, Sum
from django.utils import timezone

from accounts.models import User
from affiliates.operations import hold_commission
from kit.pictures import Picture
from orders.models import Order
from payments.models import RefundLine
from payouts.operations import hold_settlement
from returns import clocks
from returns.models import MOST_DISPUTES, Dispute, Party, Return, ReturnLine
from returns.operations.evidence import keep
from returns.operations.refusals import NothingAsked, TooLate, TooManyDisputes, TooManyUnits
from returns.operations.steps import advance, hold_source, lock, record
from returns.transitions import Event, State


@dataclass(frozen=True)
class Wanted:
    """What the buyer wrote. `units` maps lines of the order to numbers of pieces."""

    units: Mapping[int, int]
    reason: str
    text: str
    keeps_goods: bool = False
    pictures: Sequence[Picture] = ()


@transaction.atomic
def ask(order: Order, *, by: User, wanted: Wanted) -> Return:
    """Open a return; the order's money waits from now on until it is over."""
    now = timezone.now()
    locked = Order.objects.select_for_update(no_key=True).get(pk=order.pk)
    ends_at = clocks.asking_ends_at(locked)
    if locked.state != Order.State.RECEIVED or ends_at is None or now > ends_at:
        raise TooLate
    if Dispute.objects.filter(order=locked).count() >= MOST_DISPUTES:
        raise TooManyDisputes
    units = {line: count for line, count in wanted.units.items() if count}
    _refuse_units(locked, units)
    request = _open(locked, wanted, units)
    keep(request, Party.BUYER, wanted.pictures)
    hold_commission(locked)
    hold_settlement(locked, source=hold_source(request), reason=request.code)
    record(request, "ask", party=Party.BUYER, actor=by, at=now, note=wanted.text)
    return request


@transaction.atomic
def withdraw(request: Return, *, by: User) -> Return:
    """The buyer keeps it after all."""
    locked = lock(request)
    advance(locked, Event.WITHDRAW, State.WITHDRAWN, at=timezone.now(), actor=by)
    return locked


def units_left(order: Order) -> dict[int, int]:
    """Of each line, how many pieces can be asked for: none that were paid back, or are asked for now."""
    asked = _summed(ReturnLine.objects.filter(line__order=order, request__closed_at__isnull=True))
    refunded = _summed(RefundLine.objects.filter(line__order=order))
    given_back = ReturnLine.objects.filter(line__order=order, request__state=State.REFUNDED, granted__gt=0)
    prizes = given_back.filter(line__discount=F("line__price") * F("line__quantity"))
    taken = (
        Counter(asked) + Counter(refunded) + Counter(_summed(prizes, "granted"))
    )  # of prizes nothing is paid back
    return {pk: max(0, bought - taken[pk]) for pk, bought in order.lines.values_list("pk", "quantity")}


def _summed(rows: QuerySet[Any], units: str = "units") -> dict[int, int]:
    return dict(rows.order_by().values_list("line").annotate(sum=Sum(units)))


def _refuse_units(order: Order, units: Mapping[int, int]) -> None:
    if not units:
        raise NothingAsked
    left = units_left(order)
    if any(count < 1 or count > left.get(line, 0) for line, count in units.items()):
        raise TooManyUnits


def _open(order: Order, wanted: Wanted, units: Mapping[int, int]) -> Return:
    now = timezone.now()
    request = Return.objects.create(
        order=order,
        reason=wanted.reason,
        text=wanted.text,
        keeps_goods=wanted.keeps_goods,
        shipping_back=_shipping_back(order, wanted, units),
        asked_at=now,
        due_at=now + clocks.ANSWER,
    )
    ReturnLine.objects.bulk_create(
        ReturnLine(request=request, line_id=line, units=count) for line, count in sorted(units.items())
    )
    return request


def _shipping_back(order: Order, wanted: Wanted, units: Mapping[int, int]) -> int:
    """The way to the buyer is paid back too when all of it was for nothing, but not for a change of mind."""
    if wanted.reason == Return.Reason.CHANGED_MIND:
        return 0
    bought = dict(order.lines.values_list("pk", "quantity"))
    return order.shipping_fee if dict(units) == bought else 0
