"""The ladder of paying at the door: what a buyer's past parcels allow for the next one. No database here."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

ACCEPTED_FOR_TRUST = 2
REFUSALS_THAT_COST_IT = 2
REMEMBERED = timedelta(days=60)


def level(stories: Iterable[tuple[bool, datetime]]) -> int:
    """1 after two accepted parcels; 0 at first, and again after two refusals within 60 days.

    A story is (whether the parcel was accepted, when). Who fell back begins to count anew.
    """
    accepted, refusals = 0, list[datetime]()
    for was_accepted, at in sorted(stories, key=lambda story: story[1]):
        if was_accepted:
            accepted += 1
            continue
        refusals = [*(before for before in refusals if at - before <= REMEMBERED), at]
        if len(refusals) >= REFUSALS_THAT_COST_IT:
            accepted = 0
    return 1 if accepted >= ACCEPTED_FOR_TRUST else 0


def deposit(*, level: int, total: int, shipping_fee: int, free_up_to: int, least: int) -> int:
    """Rupiah to pay ahead: the parcel's way, where trust does not cover its worth."""
    if level >= 1 and total <= free_up_to:
        return 0
    return min(max(shipping_fee, least), total)
