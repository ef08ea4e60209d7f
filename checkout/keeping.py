"""Goods that are asked for in a room's chat: a clear wish becomes an order that waits for its money."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from typing import cast
from uuid import UUID, uuid5

import structlog
from django.utils import timezone

from accounts.models import User
from catalog.models import Variant
from checkout import notices, operations, queries
from checkout.operations import Wish
from deals.models import Keep
from deals.operations.keeps import Answer, keep_message, mark_answered
from deals.queries.keeps import keeps_unanswered
from livestream.models import LiveSession
from orders.models import Order
from orders.operations import NotPossible, Refused
from payments.queries import offers_for

log = structlog.get_logger(__name__)
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
        mark_answered(session_id=session.pk, user_id=user.pk, message_id=message_id)
        return Kept(answer)
    [option] = answer.options
    variant = Variant.objects.select_related("product", "shop").get(pk=option.choice.variant_id)
    order = _hold(session, user, message_id, variant=variant, quantity=option.quantity, visitor=visitor)
    return Kept(answer, order=order)


def hold_what_was_left() -> int:
    """Wishes that were understood by a process that died before it held them; how many are held now.

    The key made of the message lets each become one order, also if it had been placed and only not noted.
    """
    return sum(_hold_again(keep) for keep in keeps_unanswered(timezone.now()))


def _hold_again(keep: Keep) -> bool:
    """One that fails waits for the next round and does not hold up the others."""
    wished = cast(Variant, keep.variant)
    try:
        held = _hold(
            *(keep.session, keep.user, keep.message_id), variant=wished, quantity=keep.quantity, visitor=None
        )
    except Exception:
        log.exception("keep_failed", keep=keep.pk)
        return False
    return held is not None


def key_of(session: LiveSession, user: User, message_id: UUID) -> UUID:
    """One message, one order: however often it is read."""
    return uuid5(NAMESPACE, f"{session.pk}:{user.pk}:{message_id}")


def _hold(
    session: LiveSession,
    user: User,
    message_id: UUID,
    *,
    variant: Variant,
    quantity: int,
    visitor: UUID | None,
) -> Order | None:
    """The order, when all that it needs is known of this person; nothing is asked in a chat.

    If this process dies here, or the database does not answer, `hold_what_was_left` comes back to it.
    """
    order = _order(session, user, message_id, variant=variant, quantity=quantity, visitor=visitor)
    if order:
        notices.tell_buyer_it_is_held(order.pk)
    mark_answered(session_id=session.pk, user_id=user.pk, message_id=message_id)
    return order


def _order(
    session: LiveSession,
    user: User,
    message_id: UUID,
    *,
    variant: Variant,
    quantity: int,
    visitor: UUID | None,
) -> Order | None:
    address = next(iter(queries.addresses_of(user)), None)
    method = _method(user, variant)
    if address is None or method is None:
        return None
    wish = Wish(
        variant=variant,
        quantity=quantity,
        address=address,
        method=method,
        key=key_of(session, user, message_id),
        shown_total=None,
        session=session,
        visitor=visitor,
        is_to_usual_address=True,
    )
    try:
        return operations.buy(user, wish=wish)
    except FOR_THE_SHEET:
        return None


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
