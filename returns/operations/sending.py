"""The goods on their way back, and what the shop finds in the parcel."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts.models import User
from orders.operations import take_back
from returns import clocks
from returns.models import Return
from returns.operations.refusals import NotAllUnits
from returns.operations.steps import advance, lock, refuse_unless_allowed
from returns.transitions import Event, State


@transaction.atomic
def send_back(request: Return, *, by: User, courier: str, waybill: str) -> Return:
    """The buyer has given it to a courier."""
    locked, now = lock(request), timezone.now()
    refuse_unless_allowed(locked, Event.SEND)
    locked.courier, locked.waybill = courier, waybill
    locked.save(update_fields=["courier", "waybill"])
    facts = {"courier": courier, "waybill": waybill}
    due_at = now + clocks.CHECK
    advance(locked, Event.SEND, State.SENT_BACK, at=now, due_at=due_at, actor=by, facts=facts)
    return locked


@transaction.atomic
def confirm(request: Return, *, by: User, sellable: Mapping[int, int], note: str = "") -> Return:
    """It is here: the money goes back, and what can be sold goes on the shelf.

    `sellable` maps lines of the order to numbers of pieces; what is not named stays off the shelf.
    """
    locked = lock(request)
    refuse_unless_allowed(locked, Event.CONFIRM)
    locked.lines.update(granted=F("units"))
    _note_sellable(locked, sellable)
    put_away(locked)
    facts = {"sellable": {str(line): count for line, count in sellable.items()}}
    advance(locked, Event.CONFIRM, State.REFUNDING, at=timezone.now(), actor=by, note=note, facts=facts)
    return locked


def put_away(locked: Return) -> None:
    """Count what came back, and put on the shelf what the shop said can be sold; variants in their order."""
    lines = locked.lines.select_related("line").order_by("line__variant_id")
    for row in lines.filter(granted__gt=0):
        take_back(row.line, units=row.granted, to_shelf=row.sellable)


def _note_sellable(locked: Return, sellable: Mapping[int, int]) -> None:
    rows = {row.line_id: row for row in locked.lines.all()}
    for line, count in sellable.items():
        if line not in rows or not 0 <= count <= rows[line].units:
            raise NotAllUnits
        rows[line].sellable = count
        rows[line].save(update_fields=["sellable"])
