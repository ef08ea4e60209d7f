"""Goods that are asked for in a room's chat: a clear wish becomes an order that waits for its money."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from uuid import UUID, uuid5

from accounts.models import User
from catalog.models import Variant
from checkout import notices, operations, queries
from checkout.operations import Wish
from deals.operations.keeps import Answer, keep_message
from deals.wishes import Option
from livestream.models import LiveSession
from orders.models import Order
from orders.operations import NotPossible, Refused
from payments.queries import offers_for

NAMESPACE = UUID("5b0c2a0e-3d1f-4c55-9d42-6a8f1d6f7c11")
# What the buyer has to settle on the sheet; the wish itself is as good as before.
FOR_THE_SHEET = (
    Refused,
    operations.OnlyPractice,
    operations.WayMissing,
    operations.MethodNotOffered,
    operations.TooManyUnpaid,
)


@dataclass(frozen=True)
class Kept:
    """What became of a message."""

    answer: Answer
    order: Order | None = None  # what it holds
    released: int = 0  # how many holds it ended


def keep(session: LiveSession, *, user: User, message_id: UUID, visitor: UUID | None) -> Kept | None:
    """Do what a message of this person asks for, once; nothing for ordinary talk, or a second asking."""
    answer = keep_message(session, user=user, message_id=message_id)
    if answer is None:
        return None
    if answer.is_taken_back:
        return Kept(answer, released=_release(session, user, answer.taken_back))
    if len(answer.options) != 1 or not session.is_on_air:
        return Kept(answer)
    return Kept(answer, order=_hold(session, user, message_id, answer.options[0], visitor))


def key_of(session: LiveSession, user: User, message_id: UUID) -> UUID:
    """One message, one order: however often it is read."""
    return uuid5(NAMESPACE, f"{session.pk}:{user.pk}:{message_id}")


def _hold(
    session: LiveSession, user: User, message_id: UUID, option: Option, visitor: UUID | None
) -> Order | None:
    """The order, when all that it needs is known of this person; nothing is asked in a chat."""
    variant = Variant.objects.select_related("product", "shop").get(pk=option.choice.variant_id)
    address = next(iter(queries.addresses_of(user)), None)
    method = _method(user, variant)
    if address is None or method is None:
        return None
    wish = Wish(
        variant=variant,
        quantity=option.quantity,
        address=address,
        method=method,
        key=key_of(session, user, message_id),
        shown_total=None,
        session=session,
        visitor=visitor,
        is_to_usual_address=True,
    )
    try:
        order = operations.buy(user, wish=wish)
    except FOR_THE_SHEET:
        return None
    notices.tell_buyer_it_is_held(order.pk)
    return order


def _method(user: User, variant: Variant) -> str | None:
    """As they paid last; but what is paid at the door would be bought, not held."""
    offered = [str(offer.method) for offer in offers_for(variant.shop, user.pk)]
    before = [method for method in offered if method != Order.Method.COD]
    last = queries.last_method(user)
    return last if last in before else next(iter(before), None)


def _release(session: LiveSession, user: User, messages: tuple[UUID, ...]) -> int:
    """Those of the holds that nobody has paid yet."""
    keys = [key_of(session, user, message_id) for message_id in messages]
    held = Order.objects.of_buyer(user).filter(idempotency_key__in=keys, state=Order.State.PENDING)
    count = 0
    for order in held.order_by("pk"):
        with contextlib.suppress(NotPossible):  # paid in this moment
            operations.cancel(order, reason="Dibatalkan lewat obrolan", by_buyer=True)
            count += 1
    return count
