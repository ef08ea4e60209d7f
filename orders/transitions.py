"""What may happen to an order in which state, and where it leads. This table is the only such list."""

from __future__ import annotations

from enum import StrEnum

from orders.models import Order

State = Order.State


class Event(StrEnum):
    PAY = "pay"
    CONFIRM = "confirm"  # the buyer stands by a parcel to be paid at the door
    EXPIRE = "expire"
    PACK = "pack"
    SHIP = "ship"
    RECEIVE = "receive"
    REFUSE = "refuse"  # at the door, by who had ordered it
    LOSE = "lose"  # what was sent does not arrive: it is lost, or back at its shop
    CANCEL = "cancel"
    REFUND = "refund"


# Paying late has two ends: the units are taken once more, or the money goes back.
STEPS: dict[tuple[Order.State, Event], frozenset[Order.State]] = {
    (State.PENDING, Event.PAY): frozenset({State.CONFIRMED, State.REFUND_DUE}),
    (State.PENDING, Event.CONFIRM): frozenset({State.CONFIRMED}),
    (State.PENDING, Event.EXPIRE): frozenset({State.EXPIRED}),
    (State.PENDING, Event.CANCEL): frozenset({State.CANCELLED}),
    (State.EXPIRED, Event.PAY): frozenset({State.CONFIRMED, State.REFUND_DUE}),
    (State.CANCELLED, Event.PAY): frozenset({State.REFUND_DUE}),
    (State.CONFIRMED, Event.PACK): frozenset({State.PACKED}),
    (State.CONFIRMED, Event.CANCEL): frozenset({State.CANCELLED, State.REFUND_DUE}),
    (State.PACKED, Event.SHIP): frozenset({State.SHIPPED}),
    (State.PACKED, Event.CANCEL): frozenset({State.CANCELLED, State.REFUND_DUE}),
    (State.SHIPPED, Event.RECEIVE): frozenset({State.RECEIVED}),
    (State.SHIPPED, Event.REFUSE): frozenset({State.CANCELLED}),
    (State.SHIPPED, Event.LOSE): frozenset({State.CANCELLED, State.REFUND_DUE}),
    (State.REFUND_DUE, Event.REFUND): frozenset({State.REFUNDED}),
}

BUYER_MAY_CANCEL = frozenset({State.PENDING, State.CONFIRMED})


def allows(state: str, event: Event) -> bool:
    return (State(state), event) in STEPS
