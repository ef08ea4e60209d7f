"""The task of watching for a while, as vouchers and giveaways ask for it."""

from __future__ import annotations

from accounts.models import User
from deals.operations.refusals import NotWatchedEnough
from deals.queries.people import watched_ms
from livestream.models import LiveSession


def refuse_unless_watched(session: LiveSession, user: User, *, minutes: int) -> None:
    left_ms = minutes * 60_000 - watched_ms(session, user)
    if left_ms > 0:
        raise NotWatchedEnough(left_ms)
