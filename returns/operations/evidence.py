"""Photos that one side shows the other."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from kit.pictures import Picture
from kit.pictures.rows import columns_of
from returns.models import Evidence, Party, Return
from returns.operations.refusals import NotPossible, TooManyPhotos
from returns.operations.steps import lock, record
from returns.transitions import Event

MOST_PHOTOS = 12  # of one side


@transaction.atomic
def add_evidence(
    request: Return, *, party: Party, by: User, note: str, pictures: Sequence[Picture]
) -> Return:
    """Show and say more while nothing is decided."""
    locked = lock(request)
    if not locked.is_open:
        raise NotPossible(locked, Event.DISPUTE)
    keep(locked, party, pictures)
    record(locked, "show", party=party, actor=by, at=timezone.now(), before=locked.state, note=note)
    return locked


def keep(request: Return, party: Party, pictures: Sequence[Picture]) -> None:
    """Under the return's lock, or before anybody else sees it."""
    if request.evidence.filter(party=party).count() + len(pictures) > MOST_PHOTOS:
        raise TooManyPhotos
    Evidence.objects.bulk_create(
        Evidence(request=request, party=party, **columns_of(picture)) for picture in pictures
    )
