"""Wishes written into the chat: each message is understood once. Holding the goods is for whoever sells."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from deals.models import Keep
from deals.queries.keeps import choices_in, message_of
from deals.wishes import Option, Wish, parse, understand
from livestream.models import LiveSession


@dataclass(frozen=True)
class Answer:
    """What the sender is shown. No option: their code is not shown here."""

    code: str
    options: list[Option]
    is_taken_back: bool = False
    taken_back: tuple[UUID, ...] = ()  # the messages whose wishes this one ends


@transaction.atomic
def keep_message(session: LiveSession, *, user: User, message_id: UUID) -> Answer | None:
    """Understand a message that this person has said, once; nothing for ordinary talk, or a second asking."""
    if session.ended_at:
        return None
    text = message_of(session, user, message_id)
    wish = parse(text) if text else None
    if wish is None:
        return None
    if wish.is_taken_back:
        return _take_back(session, user, wish)
    options = understand(wish, choices_in(session))
    _, is_new = Keep.objects.get_or_create(
        session=session, user=user, message_id=message_id, defaults=_understood(options)
    )
    return Answer(wish.code, options) if is_new else None


def mark_answered(*, session_id: int, user_id: int, message_id: UUID) -> None:
    """What was asked for is held, or is for its sender to settle on the sheet: nobody need ask again."""
    of_message = Keep.objects.filter(session_id=session_id, user_id=user_id, message_id=message_id)
    of_message.filter(answered_at__isnull=True).update(answered_at=timezone.now())


def _understood(options: list[Option]) -> dict[str, int]:
    if len(options) != 1:
        return {"quantity": options[0].quantity} if options else {}
    return {"variant_id": options[0].choice.variant_id, "quantity": options[0].quantity}


def _take_back(session: LiveSession, user: User, wish: Wish) -> Answer:
    own = Keep.objects.filter(session=session, user=user, taken_back_at__isnull=True)
    standing = _locked(own.filter(variant__live_code=wish.code))
    if not standing:  # "keep A12 L" may have been understood as A13
        standing = _locked(own.filter(variant__product__in=_products_of(session, wish.code)))
    Keep.objects.filter(pk__in=[keep.pk for keep in standing]).update(taken_back_at=timezone.now())
    messages = tuple(keep.message_id for keep in standing)
    return Answer(wish.code, [], is_taken_back=True, taken_back=messages)


def _products_of(session: LiveSession, code: str) -> list[int]:
    return [choice.product_id for choice in choices_in(session) if choice.live_code == code]


def _locked(keeps: QuerySet[Keep]) -> list[Keep]:
    return list(keeps.order_by("pk").select_for_update(of=("self",)))
