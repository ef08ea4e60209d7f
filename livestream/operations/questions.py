"""What viewers ask and what they are answered."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction

from accounts.models import User
from livestream import broadcasts, queries
from livestream.models import Answer, AnsweredQuestion, LiveSession, PinInterval, RoomEvent
from livestream.moderation.asking import key_of
from livestream.moderation.refusals import ChatClosed
from livestream.operations.chat import lock_room, tidy


@transaction.atomic
def answer_question(
    session: LiveSession,
    *,
    seqs: Collection[int],
    text: str,
    by: User,
    product_id: int | None = None,
    saves: bool = False,
) -> Answer:
    """Say an answer under the first of these questions; all of them are dealt with then.

    A saved one stands on the product's page after the session, and is offered when somebody asks the same.
    Raises RoomEvent.DoesNotExist when none of them can be answered, NotSaid for what cannot be said.
    """
    words = tidy(text)
    room = lock_room(session.pk)
    if room.session.ended_at:
        raise ChatClosed
    questions = _questions(session, seqs)
    first = questions[0]
    answer = Answer.objects.create(
        session=session,
        shop_id=session.shop_id,
        product_id=product_id or _product_at(first),
        question=first.text,
        key=key_of(first.text),
        text=words,
        media_ms=room.session.media_ms,
        is_saved=saves,
        created_by=by,
    )
    _deal_with(questions, by, answer)
    role = queries.crew_in_chat(session).get(by.pk, "host")
    broadcasts.question_answered(room.session, first, by=by, role=role, text=words)
    broadcasts.crew_needed(session, "questions")
    return answer


@transaction.atomic
def mark_answered(session: LiveSession, *, seqs: Collection[int], by: User) -> None:
    """They were answered aloud, or ask nothing."""
    lock_room(session.pk)
    _deal_with(_questions(session, seqs), by, None)
    broadcasts.crew_needed(session, "questions")


def _questions(session: LiveSession, seqs: Collection[int]) -> list[RoomEvent]:
    """These messages in their order; whoever runs the chat may answer any."""
    said = RoomEvent.objects.filter(
        session=session, seq__in=seqs, kind=RoomEvent.Kind.CHAT, removed_at__isnull=True
    )
    questions = list(said.order_by("seq"))
    if not questions:
        raise RoomEvent.DoesNotExist
    return questions


def _deal_with(questions: list[RoomEvent], by: User, answer: Answer | None) -> None:
    rows = [AnsweredQuestion(message=question, answer=answer, answered_by=by) for question in questions]
    AnsweredQuestion.objects.bulk_create(rows, ignore_conflicts=True)


def _product_at(question: RoomEvent) -> int | None:
    """What was pinned when it was asked."""
    pins = PinInterval.objects.filter(session=question.session_id, pinned_at__lte=question.created_at)
    return pins.order_by("-pinned_at", "-pk").values_list("product_id", flat=True).first()
