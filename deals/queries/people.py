"""What is known of a person in one room."""

from __future__ import annotations

from datetime import datetime

from accounts.models import User
from deals.models import WatchTime
from livestream.models import LiveSession, RoomEvent
from livestream.queries.crew import sessions_with_part


def is_of_the_house(session: LiveSession, user: User) -> bool:
    """Whether this person helps to run the session, in whatever part."""
    if user.pk in (session.host_id, session.shop.owner_id):
        return True
    return sessions_with_part(user).filter(pk=session.pk).exists()


def has_said(session: LiveSession, user: User, word: str, *, since: datetime) -> bool:
    """Whether this person has written the word into the chat, and it still stands there."""
    said = RoomEvent.objects.filter(session=session, sender=user, kind=RoomEvent.Kind.CHAT)
    return said.filter(created_at__gte=since, removed_at__isnull=True, text__icontains=word).exists()


def watched_ms(session: LiveSession, user: User) -> int:
    """How long this person has watched since a task in the room asked for it."""
    times = WatchTime.objects.filter(session=session, user=user).values_list("watched_ms", flat=True)
    return times.first() or 0
