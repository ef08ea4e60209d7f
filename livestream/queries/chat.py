"""Reads of what is said in rooms, who runs their chat, and who has no word."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.models import User
from catalog.models import Shop
from livestream.models import (
    Ban,
    BlockedWord,
    CrewMember,
    HeldMessage,
    LiveSession,
    Mute,
    Permission,
    PinnedComment,
    RoomEvent,
    SessionRules,
)
from livestream.queries.crew import team_on_air

LATEST_MESSAGES = 50
LATEST_QUESTIONS = 12


@dataclass(frozen=True)
class Silence:
    """A person without the word."""

    until: datetime | None
    is_banned: bool


def latest_messages(session: LiveSession) -> list[RoomEvent]:
    """The newest of what was said and bought, oldest first."""
    kinds = [RoomEvent.Kind.CHAT, RoomEvent.Kind.ANSWER, RoomEvent.Kind.SOLD]
    events = RoomEvent.objects.filter(session=session, kind__in=kinds, removed_at__isnull=True)
    return list(reversed(events.order_by("-seq")[:LATEST_MESSAGES]))


def rules_of(session: LiveSession) -> SessionRules:
    """As they were set, or as a new session has them."""
    return getattr(session, "chat_rules", None) or SessionRules(session=session)


def pinned_comment(session: LiveSession) -> RoomEvent | None:
    pinned = PinnedComment.objects.filter(session=session).select_related("message").first()
    return pinned.message if pinned else None


def crew_in_chat(session: LiveSession) -> dict[int, str]:
    """Whoever runs the chat of a session, and as what they speak in it."""
    helpers = CrewMember.objects.standing().for_session(session)
    moderators = helpers.filter(permissions__contains=[Permission.CHAT]).values_list("user_id", flat=True)
    team = [user_id for _, user_id in team_on_air([session.shop_id])]
    return {**{user_id: "moderator" for user_id in [*moderators, *team] if user_id}, session.host_id: "host"}


def held_messages(session: LiveSession) -> QuerySet[HeldMessage]:
    """What waits for somebody of the crew, the oldest first."""
    waiting = HeldMessage.objects.filter(session=session, decision=HeldMessage.Decision.WAITING)
    return waiting.order_by("pk")


def muted_in(session: LiveSession) -> QuerySet[Mute]:
    """Whoever has no word at the moment, the newest first."""
    still = Q(until__isnull=True) | Q(until__gt=timezone.now())
    return Mute.objects.filter(still, session=session).order_by("-created_at", "-pk")


def silence_of(session: LiveSession, user: User) -> Silence | None:
    """Why somebody may not speak in a room at this moment."""
    if banned_from(session.shop_id).filter(user=user).exists():
        return Silence(until=None, is_banned=True)
    muted = muted_in(session).filter(user=user).first()
    return Silence(until=muted.until, is_banned=False) if muted else None


def words_of(shop: Shop) -> QuerySet[BlockedWord]:
    """What a shop's own list has, as it was written down."""
    return BlockedWord.objects.filter(shop=shop).order_by("pk")


def banned_from(shop_id: int) -> QuerySet[Ban]:
    """Whoever may not speak in a shop's rooms, the newest first."""
    return Ban.objects.filter(shop=shop_id, lifted_at__isnull=True).order_by("-created_at", "-pk")


def latest_questions(session: LiveSession) -> QuerySet[RoomEvent]:
    """What viewers asked last, the newest first."""
    asked = RoomEvent.objects.filter(session=session, asks=True, removed_at__isnull=True)
    return asked.order_by("-seq")[:LATEST_QUESTIONS]


def spoken_in(session: LiveSession) -> QuerySet[RoomEvent]:
    """All messages and answers in their order, also those that were taken back."""
    kinds = [RoomEvent.Kind.CHAT, RoomEvent.Kind.ANSWER]
    return RoomEvent.objects.filter(session=session, kind__in=kinds).order_by("seq")
