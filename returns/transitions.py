"""What may happen to a return in which state, by whom, and where it leads. The only such list."""

from __future__ import annotations

from enum import StrEnum

from returns.models import Party, Return

State = Return.State


class Event(StrEnum):
    APPROVE = "approve"
    REFUSE = "refuse"
    WITHDRAW = "withdraw"
    SEND = "send"
    CONFIRM = "confirm"
    OBJECT = "object"
    DISPUTE = "dispute"
    DECIDE = "decide"
    LAPSE = "lapse"  # somebody's time is over
    REFUND = "refund"  # the money is on its way


# A yes has two ends: goods that are waste, or never came, are not sent back.
STEPS: dict[tuple[Return.State, Event], frozenset[Return.State]] = {
    (State.ASKED, Event.APPROVE): frozenset({State.SEND_BACK, State.REFUNDING}),
    (State.ASKED, Event.REFUSE): frozenset({State.REFUSED}),
    (State.ASKED, Event.WITHDRAW): frozenset({State.WITHDRAWN}),
    (State.ASKED, Event.LAPSE): frozenset({State.SEND_BACK, State.REFUNDING}),
    (State.SEND_BACK, Event.SEND): frozenset({State.SENT_BACK}),
    (State.SEND_BACK, Event.WITHDRAW): frozenset({State.WITHDRAWN}),
    (State.SEND_BACK, Event.LAPSE): frozenset({State.LAPSED}),
    (State.SENT_BACK, Event.CONFIRM): frozenset({State.REFUNDING}),
    (State.SENT_BACK, Event.OBJECT): frozenset({State.DISPUTED}),
    (State.SENT_BACK, Event.LAPSE): frozenset({State.REFUNDING}),
    (State.REFUSED, Event.DISPUTE): frozenset({State.DISPUTED}),
    (State.REFUSED, Event.LAPSE): frozenset({State.REJECTED}),
    (State.DISPUTED, Event.DECIDE): frozenset({State.SEND_BACK, State.REFUNDING, State.REJECTED}),
    (State.REFUNDING, Event.REFUND): frozenset({State.REFUNDED}),
}

WHO: dict[Event, Party] = {
    Event.APPROVE: Party.SHOP,
    Event.REFUSE: Party.SHOP,
    Event.CONFIRM: Party.SHOP,
    Event.OBJECT: Party.SHOP,
    Event.WITHDRAW: Party.BUYER,
    Event.SEND: Party.BUYER,
    Event.DISPUTE: Party.BUYER,
    Event.DECIDE: Party.MARKET,
    Event.LAPSE: Party.CLOCK,
    Event.REFUND: Party.CLOCK,
}

ENDED = frozenset({State.REFUNDED, State.REJECTED, State.WITHDRAWN, State.LAPSED})


def allows(state: str, event: Event) -> bool:
    return (State(state), event) in STEPS


def may(party: str, event: Event, state: str) -> bool:
    """Whether this side may take this step now."""
    return WHO[event] == party and allows(state, event)
