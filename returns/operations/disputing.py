"""Both sides do not agree, and somebody of the market decides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts.models import User
from kit.pictures import Picture
from returns import clocks
from returns.models import MOST_DISPUTES, Dispute, Party, Return
from returns.operations.evidence import keep
from returns.operations.refusals import NotAllUnits, NothingAsked, NotPossible, TooManyDisputes
from returns.operations.sending import put_away
from returns.operations.steps import advance, lock, refuse_unless_allowed
from returns.transitions import Event, State

Outcome = Dispute.Outcome


@dataclass(frozen=True)
class Decision:
    """What the market says. `granted` maps lines to pieces that are paid back: all, or a part."""

    outcome: str
    ground: str
    note: str
    granted: Mapping[int, int]
    with_shipping: bool = False


@transaction.atomic
def dispute(request: Return, *, by: User, text: str, pictures: Sequence[Picture] = ()) -> Dispute:
    """The buyer does not take the shop's no."""
    return _open(request, Event.DISPUTE, party=Party.BUYER, by=by, text=text, pictures=pictures)


@transaction.atomic
def object_to(request: Return, *, by: User, text: str, pictures: Sequence[Picture] = ()) -> Dispute:
    """What came back to the shop is not what had left it."""
    return _open(request, Event.OBJECT, party=Party.SHOP, by=by, text=text, pictures=pictures)


@transaction.atomic
def decide(found: Dispute, *, by: User, decision: Decision) -> Return:
    """One decision, for good; what is granted is paid back, all of it or a part."""
    locked, now = lock(found.request), timezone.now()
    refuse_unless_allowed(locked, Event.DECIDE)
    state = _grant(locked, decision)
    open_ = Dispute.objects.filter(pk=found.pk, decided_at__isnull=True)
    is_new = open_.update(
        outcome=decision.outcome,
        ground=decision.ground,
        note=decision.note,
        decided_by=by,
        decided_at=now,
    )
    if not is_new:  # the other dispute of this return is the one that waits
        raise NotPossible(locked, Event.DECIDE)
    due_at = now + clocks.SEND_BACK if state == State.SEND_BACK else None
    facts = {"outcome": decision.outcome, "ground": decision.ground, "granted": _as_text(decision.granted)}
    advance(locked, Event.DECIDE, state, at=now, due_at=due_at, actor=by, note=decision.note, facts=facts)
    return locked


def _open(
    request: Return, event: Event, *, party: Party, by: User, text: str, pictures: Sequence[Picture]
) -> Dispute:
    """The order's row, which is locked, stands for its list of disputes."""
    locked, now = lock(request), timezone.now()
    refuse_unless_allowed(locked, event)
    number = Dispute.objects.filter(order=locked.order_id).count() + 1
    if number > MOST_DISPUTES:
        raise TooManyDisputes
    keep(locked, party, pictures)
    found = Dispute.objects.create(
        request=locked, order=locked.order, number=number, opened_by=party, text=text, opened_at=now
    )
    advance(locked, event, State.DISPUTED, at=now, actor=by, note=text)
    return found


def _grant(locked: Return, decision: Decision) -> State:
    """What is paid back. Goods that came back are counted; whether they can be sold, the shop knows."""
    if decision.outcome == Outcome.REJECT:
        return State.REJECTED
    if decision.outcome == Outcome.SEND_BACK:
        return State.SEND_BACK
    _grant_units(locked, decision.granted)
    if not decision.with_shipping and locked.shipping_back:
        locked.shipping_back = 0
        locked.save(update_fields=["shipping_back"])
    if locked.waybill:
        put_away(locked)
    return State.REFUNDING


def _grant_units(locked: Return, granted: Mapping[int, int]) -> None:
    rows = {row.line_id: row for row in locked.lines.all()}
    if not any(granted.values()):
        raise NothingAsked
    if any(line not in rows or not 0 <= count <= rows[line].units for line, count in granted.items()):
        raise NotAllUnits
    for line, count in granted.items():
        locked.lines.filter(line=line, units__gte=F("granted")).update(granted=count)


def _as_text(granted: Mapping[int, int]) -> dict[str, int]:
    return {str(line): count for line, count in granted.items()}
