"""The chat of a room as one reader sees it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import template
from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from catalog.models import Product
from livestream import queries
from livestream.models import LiveSession, RoomEvent
from livestream.queries.follows import is_following
from livestream.room.wire import milliseconds

register = template.Library()


@dataclass(frozen=True)
class Speaking:
    """What somebody may do in a chat."""

    is_crew: bool = False
    silence: str = ""  # the moment in ms a mute ends, "forever" or "banned"; empty for whoever may speak
    is_for_followers: bool = False  # nobody else may speak at present
    follows: bool = False


@register.simple_tag
def speaking(session: LiveSession, user: User | AnonymousUser) -> Speaking:
    if isinstance(user, User) and user.pk in queries.crew_in_chat(session):
        return Speaking(is_crew=True)
    is_for_followers = queries.rules_of(session).followers_only
    if not isinstance(user, User):
        return Speaking(is_for_followers=is_for_followers)
    return Speaking(
        silence=_silence_of(session, user),
        is_for_followers=is_for_followers,
        follows=is_following(session.shop, user),
    )


def _silence_of(session: LiveSession, user: User) -> str:
    silence = queries.silence_of(session, user)
    if silence is None:
        return ""
    return "banned" if silence.is_banned else str(milliseconds(silence.until) or "forever")


@register.simple_tag
def comment_above(session: LiveSession) -> RoomEvent | None:
    """The message that is pinned above the chat."""
    return None if session.ended_at else queries.pinned_comment(session)


@register.inclusion_tag("livestream/_answers.html")
def product_answers(product: Product) -> dict[str, Any]:
    """What was asked and answered about a product in shows that are over."""
    return {"answers": queries.answers_on(product)}
