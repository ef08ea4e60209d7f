"""The shop says yes or no."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts.models import User
from kit.pictures import Picture
from returns import clocks
from returns.models import Party, Return
from returns.operations.evidence import keep
from returns.operations.steps import advance, lock, refuse_unless_allowed
from returns.transitions import Event, State


@transaction.atomic
def approve(request: Return, *, by: User, note: str = "", without_goods: bool = False) -> Return:
    """Send it back; or, when the shop does not want it back, the money goes at once."""
    locked = lock(request)
    refuse_unless_allowed(locked, Event.APPROVE)
    if without_goods:
        locked.keeps_goods = True
        locked.save(update_fields=["keeps_goods"])
    accept(locked, Event.APPROVE, at=timezone.now(), actor=by, note=note)
    return locked


@transaction.atomic
def refuse(request: Return, *, by: User, note: str, pictures: Sequence[Picture] = ()) -> Return:
    """No, and why. The buyer may have the market decide."""
    locked, now = lock(request), timezone.now()
    refuse_unless_allowed(locked, Event.REFUSE)
    keep(locked, Party.SHOP, pictures)
    advance(locked, Event.REFUSE, State.REFUSED, at=now, due_at=now + clocks.APPEAL, actor=by, note=note)
    return locked


def accept(locked: Return, event: Event, *, at: datetime, actor: User | None = None, note: str = "") -> None:
    """A yes, by word, by silence or by decision: all that was asked for is granted."""
    if locked.keeps_goods:
        locked.lines.update(granted=F("units"))
        advance(locked, event, State.REFUNDING, at=at, actor=actor, note=note)
    else:
        due_at = at + clocks.SEND_BACK
        advance(locked, event, State.SEND_BACK, at=at, due_at=due_at, actor=actor, note=note)
