"""One step of one return, under its lock: what all steps have in common."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from accounts.models import User
from affiliates.operations import mature_commission
from orders.models import Order
from payouts.operations import release_settlement
from returns import notices
from returns.models import Party, Return, Step
from returns.operations.refusals import NotPossible
from returns.transitions import ENDED, STEPS, WHO, Event, State, allows


def lock(request: Return) -> Return:
    """The return as it is now; its order is locked before it, as whoever refunds does."""
    Order.objects.select_for_update(no_key=True).get(pk=request.order_id)
    locked = Return.objects.select_for_update(no_key=True, of=("self",))
    return locked.select_related("order__shop__owner", "order__buyer").get(pk=request.pk)


def refuse_unless_allowed(request: Return, event: Event) -> None:
    if not allows(request.state, event):
        raise NotPossible(request, event)


def advance(
    request: Return,
    event: Event,
    state: State,
    *,
    at: datetime,
    due_at: datetime | None = None,
    actor: User | None = None,
    note: str = "",
    facts: dict[str, Any] | None = None,
) -> None:
    """Write the new state with its deadline and a step of the trail, and tell both sides."""
    before = State(request.state)
    if state not in STEPS.get((before, event), frozenset()):
        raise NotPossible(request, event)
    request.state, request.due_at = state, due_at
    request.closed_at = at if state in ENDED else None
    request.save(update_fields=["state", "due_at", "closed_at"])
    record(request, event, before=before, at=at, actor=actor, note=note, facts=facts or {})
    if state in ENDED:
        _let_money_go(request)


def record(
    request: Return,
    event: Event | str,
    *,
    at: datetime,
    before: str = "",
    actor: User | None = None,
    party: Party | None = None,
    note: str = "",
    facts: dict[str, Any] | None = None,
) -> Step:
    """A line of the trail, and what is told of it."""
    step = Step.objects.create(
        request=request,
        party=party or WHO[Event(event)],
        actor=actor,
        event=event,
        before=before,
        after=request.state,
        note=note,
        facts=facts or {},
        at=at,
    )
    notices.step_taken(request, step)
    return step


def hold_source(request: Return) -> str:
    return f"return:{request.pk}"


def _let_money_go(request: Return) -> None:
    """Nothing is asked of the order any more: what waited for it goes on."""
    release_settlement(hold_source(request))
    if not Return.objects.open().filter(order=request.order_id).exists():
        mature_commission(request.order)
