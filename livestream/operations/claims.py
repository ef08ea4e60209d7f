"""Promises about a product, noted while they are made."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from kit.hygiene import tidy_line
from livestream import broadcasts
from livestream.models import Claim, LiveSession, PinInterval, ShowcaseItem
from livestream.models.claims import MOST_LETTERS
from livestream.operations.locking import locked
from livestream.operations.showcase import NotInShowcase, NotOnAir

MOST_CLAIMS = 8  # about one product in one show


class NothingPromised(Exception):
    """Nothing is left of it that can be read."""


class TooLong(Exception):
    """A promise is a few words."""


class TooManyClaims(Exception):
    """Nobody can keep so many promises apart."""


@transaction.atomic
def note_claim(session: LiveSession, *, product_id: int, text: str, by: User) -> Claim:
    """Everyone sees it beside the product, and orders from now on carry it. Said twice it is one."""
    words = tidy_line(text, most=MOST_LETTERS, is_empty=NothingPromised, is_long=TooLong)
    session = locked(session.code)
    if not session.is_on_air:
        raise NotOnAir
    if not _is_shown(session, product_id):
        raise NotInShowcase
    standing = Claim.objects.standing().filter(session=session, product=product_id)
    if known := standing.filter(text__iexact=words).first():
        return known
    if standing.count() >= MOST_CLAIMS:
        raise TooManyClaims
    pins = PinInterval.objects.filter(session=session, product=product_id, to_ms__isnull=True)
    claim = Claim.objects.create(
        session=session,
        product_id=product_id,
        pin=pins.first(),
        text=words,
        media_ms=session.media_ms,
        made_by=by,
    )
    broadcasts.claims_changed(session, product_id)
    return claim


@transaction.atomic
def withdraw_claim(claim: Claim) -> None:
    """Said by mistake: later orders carry it no more; those that do keep it.

    Of what the host keeps back no card is sent.
    """
    session = locked(claim.session.code)
    standing = Claim.objects.standing().filter(pk=claim.pk)
    if standing.update(withdrawn_at=timezone.now()) and _is_shown(session, claim.product_id):
        broadcasts.claims_changed(session, claim.product_id)


def _is_shown(session: LiveSession, product_id: int) -> bool:
    return ShowcaseItem.objects.shown().filter(session=session, product=product_id).exists()
