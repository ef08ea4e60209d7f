"""Reads of what was asked and answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.contrib.postgres.search import TrigramSimilarity
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
    return [AskedTogether(group, _known_answer(session, group)) for group in groups]


def answers_on(product: Product) -> QuerySet[Answer]:
    """What was answered about a product in shows that are over, the newest first."""
    saved = Answer.objects.filter(
        product=product, is_saved=True, session__ended_at__isnull=False, session__is_rehearsal=False
    )
    return saved.select_related("session").order_by("-created_at", "-pk")[:MOST_ON_PRODUCT]


def _known_answer(session: LiveSession, messages: Sequence[RoomEvent]) -> Answer | None:
    key = key_of(messages[0].text)
    saved = Answer.objects.filter(shop=session.shop_id, is_saved=True, key__trigram_similar=key)
    alike = saved.annotate(likeness=TrigramSimilarity("key", key)).filter(likeness__gte=ALIKE)
    return alike.order_by("-likeness", "-pk").first()
