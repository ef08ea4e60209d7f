"""A mentor's words to the host, which nobody else hears."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from kit.hygiene import tidy_line
from livestream import broadcasts
from livestream.models import Cue, LiveSession
from livestream.models.cues import MOST_LETTERS
from livestream.operations.locking import locked
from livestream.queries.crew import leaders_of

MOST_AT_ONCE = 6  # in PACE; more than that nobody can follow while talking
PACE = timedelta(seconds=30)


class NothingSaid(Exception):
    """Nothing is left of it that can be read."""


class TooLong(Exception):
    """A cue is read at a glance."""


class TooMany(Exception):
    """The host needs a moment."""


class ShowIsOver(Exception):
    """Nobody stands before the camera any more."""


@transaction.atomic
def give_cue(session: LiveSession, *, by: User, text: str) -> Cue:
    """Show it to the host and the co-hosts at once, large, until they put it away."""
    words = tidy_line(text, most=MOST_LETTERS, is_empty=NothingSaid, is_long=TooLong)
    session = locked(session.code)
    if session.ended_at:
        raise ShowIsOver
    lately = Cue.objects.filter(session=session, mentor=by, created_at__gt=timezone.now() - PACE)
    if lately.count() >= MOST_AT_ONCE:
        raise TooMany
    cue = Cue.objects.create(
        session=session, mentor=by, mentor_name=by.chat_name[:60], text=words, media_ms=session.media_ms
    )
    told = {"id": cue.pk, "text": cue.text, "name": cue.mentor_name}
    broadcasts.cue_given(session, leaders_of(session), told)
    return cue
