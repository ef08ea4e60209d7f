"""Reads of what was asked and answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import QuerySet
from django.utils import timezone

from catalog.models import Product
from livestream.models import Answer, LiveSession, RoomEvent
from livestream.moderation.asking import grouped, key_of

LATE_AFTER = timedelta(minutes=3)
MOST_QUESTIONS = 200
MOST_GROUPS = 30
ALIKE = 0.45  # as pg_trgm measures it
MOST_ON_PRODUCT = 20
BEST_ANSWERS = """
    SELECT DISTINCT ON (asked.place) asked.place - 1 AS place, answer.*
    FROM unnest(%s::text[]) WITH ORDINALITY AS asked(key, place)
    JOIN livestream_answer AS answer ON answer.key %% asked.key
    WHERE answer.shop_id = %s AND answer.is_saved AND similarity(answer.key, asked.key) >= %s
    ORDER BY asked.place, similarity(answer.key, asked.key) DESC, answer.id DESC
"""


@dataclass(frozen=True)
class AskedTogether:
    """The same question of one or more people, the newest first."""

    messages: list[RoomEvent]
    known: Answer | None  # what was answered to such a question before

    @property
    def newest(self) -> RoomEvent:
        return self.messages[0]

    @property
    def seqs(self) -> str:
        return ",".join(str(message.seq) for message in self.messages)

    @property
    def is_late(self) -> bool:
        return timezone.now() - self.messages[-1].created_at > LATE_AFTER


def open_questions(session: LiveSession) -> QuerySet[RoomEvent]:
    """What nobody has dealt with, the newest first."""
    asked = RoomEvent.objects.filter(session=session, asks=True, removed_at__isnull=True)
    return asked.filter(dealt_with__isnull=True).order_by("-seq")


def question_queue(session: LiveSession) -> list[AskedTogether]:
    """Each open question once, with the saved answer that fits."""
    messages = open_questions(session)[:MOST_QUESTIONS]
    groups = grouped([(key_of(message.text), message) for message in messages])[:MOST_GROUPS]
    known = _known_answers(session, [key_of(group[0].text) for group in groups])
    return [AskedTogether(group, known.get(place)) for place, group in enumerate(groups)]


def answers_on(product: Product) -> QuerySet[Answer]:
    """What was answered about a product in shows that are over, the newest first."""
    saved = Answer.objects.filter(
        product=product, is_saved=True, session__ended_at__isnull=False, session__is_rehearsal=False
    )
    return saved.select_related("session").order_by("-created_at", "-pk")[:MOST_ON_PRODUCT]


def _known_answers(session: LiveSession, keys: Sequence[str]) -> dict[int, Answer]:
    """The saved answer that fits each of these questions best, by the question's place; one query for all."""
    if not keys:
        return {}
    found = Answer.objects.raw(BEST_ANSWERS, [list(keys), session.shop_id, ALIKE])
    return {int(vars(answer)["place"]): answer for answer in found}
