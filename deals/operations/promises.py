"""Units that are promised to winners: set aside at first, bought or put back in the end, never lost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from django.db import IntegrityError, transaction

from accounts.models import User
from catalog.models import Variant
from catalog.operations import put_back, set_aside
from deals.models import Award, Promise
from deals.operations.awards import grant_award
from deals.operations.refusals import AlreadyOne, NotOnAir, NotShown
from deals.queries.goods import variants_shown
from livestream import broadcasts as live
from livestream.models import LiveSession
from livestream.operations.locking import locked

Made = TypeVar("Made", bound=Promise)


@dataclass(frozen=True)
class Offer:
    """Somebody who comes next, and what a unit costs them."""

    buyer: User
    price: int


def locked_promise(promises: type[Made], pk: int) -> Made:
    """The promise with its session as it is once the lock is there."""
    locking = promises._default_manager.select_for_update(no_key=True, of=("self",))
    found = locking.select_related("variant").get(pk=pk)
    found.session = LiveSession.objects.get(pk=found.session_id)
    return found


def running_session(session: LiveSession) -> LiveSession:
    session = locked(session.code)
    if not session.clock_runs:
        raise NotOnAir
    return session


def variant_shown(session: LiveSession, variant_id: int) -> Variant:
    variant = variants_shown(session).filter(pk=variant_id).first()
    if variant is None:
        raise NotShown
    return variant


def make(promise: Made) -> Made:
    """Record it and keep its units apart. Raises AlreadyOne, or the catalogue's NotEnoughLeft."""
    try:
        with transaction.atomic():
            promise.save(force_insert=True)
    except IntegrityError as refusal:
        raise AlreadyOne from refusal
    set_aside(promise.variant_id, units=promise.units)
    live.stock_changed([promise.variant_id])
    return promise


def call_off(promise: Promise, *, now: datetime) -> None:
    """End it without a winner: everything goes back on the stall. The caller has it locked."""
    promise.closed_at = now
    _release(promise, promise.units - promise.released)
    promise.save(update_fields=["closed_at", "released"])


def settle(
    promise: Promise, *, source: Award.Source, queue: Iterator[Offer], within: timedelta, now: datetime
) -> list[Award]:
    """Give each free unit to whoever comes next; without anybody it goes back on the stall.

    The caller has it locked. Called again, it only acts on what has changed. Returns the new awards.
    """
    awards = _rights(promise, source, now)
    waiting = [award for award in awards if not award.order_id and not award.lapsed_at]
    used = [award for award in awards if award.order_id]
    free = promise.units - promise.released - len(used) - len(waiting)
    granted = [
        _grant(promise, offer, source, now + within) for _, offer in zip(range(free), queue, strict=False)
    ]
    _release(promise, max(0, free) - len(granted))
    promise.look_at = min((award.expires_at for award in [*waiting, *granted]), default=None)
    promise.save(update_fields=["released", "look_at"])
    return granted


def _rights(promise: Promise, source: Award.Source, now: datetime) -> list[Award]:
    """All that were given, locked against orders; those whose time is over lapse."""
    awards = Award.objects.filter(source_kind=source, source_id=promise.pk).order_by("pk")
    rights = list(awards.select_for_update(no_key=True))
    for award in rights:
        if not award.order_id and not award.lapsed_at and award.expires_at <= now:
            award.lapsed_at = now
            award.save(update_fields=["lapsed_at"])
    return rights


def _grant(promise: Promise, offer: Offer, source: Award.Source, expires_at: datetime) -> Award:
    return grant_award(
        offer.buyer,
        variant=promise.variant,
        session=promise.session,
        price=offer.price,
        source_kind=source,
        source_id=promise.pk,
        expires_at=expires_at,
    )


def _release(promise: Promise, units: int) -> None:
    if units:
        promise.released += units
        put_back(promise.variant_id, units=units)
        live.stock_changed([promise.variant_id])
