"""What happens when somebody's time is over."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from returns.models import Return
from returns.operations.answering import accept
from returns.operations.sending import put_away
from returns.operations.steps import advance, lock
from returns.transitions import Event, State


def lapse_due(limit: int = 200) -> int:
    """Take the step of whoever did not; how many were taken. Run twice or at once, each happens once."""
    due = Return.objects.filter(due_at__lte=timezone.now()).order_by("due_at", "pk")
    return sum(_lapse(request) for request in due[:limit])


@transaction.atomic
def _lapse(request: Return) -> bool:
    """Somebody may have been quicker: what is due is asked again under the lock."""
    locked, now = lock(request), timezone.now()
    if locked.due_at is None or locked.due_at > now:
        return False
    match locked.state:
        case State.ASKED:  # silence is a yes
            accept(locked, Event.LAPSE, at=now)
        case State.SENT_BACK:  # nobody objected
            _take_as_good(locked, at=now)
        case State.SEND_BACK:
            advance(locked, Event.LAPSE, State.LAPSED, at=now)
        case State.REFUSED:
            advance(locked, Event.LAPSE, State.REJECTED, at=now)
    return True


def _take_as_good(locked: Return, *, at: datetime) -> None:
    """Paid back in full; the shelf gets nothing that the shop has not looked at."""
    locked.lines.update(granted=F("units"))
    put_away(locked)
    advance(locked, Event.LAPSE, State.REFUNDING, at=at)
