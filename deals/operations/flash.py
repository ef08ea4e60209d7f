"""Flash deals: started and stopped by whoever runs the session, ended by its clock."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from catalog.models import Variant
from catalog.operations import NotEnoughLeft
from catalog.queries import stock_of
from deals import broadcasts
from deals.models import FlashDeal
from deals.operations.promises import running_session, variant_shown
from deals.operations.refusals import AlreadyOne, NotCheapEnough, TooFarBehind, TooManyAtOnce
from deals.queries.flash import FASTEST_GLASS_MS, PriceLimits, open_deals, price_limits
from livestream import queries as live
from livestream.models import LiveSession

MOST_AT_ONCE = 3  # what a phone can show


@transaction.atomic
def start_flash_deal(
    session: LiveSession,
    *,
    variant_id: int,
    price: int,
    units: int,
    per_buyer: int,
    countdown_seconds: int,
    minutes: int,
    started_by: User,
) -> FlashDeal:
    """Announce a lower price that begins after a countdown and ends by the session's clock.

    Raises refusals of deals, or the catalogue's NotEnoughLeft.
    """
    session = running_session(session)
    variant = variant_shown(session, variant_id)
    limits = price_limits(variant)
    _refuse_unless_possible(session, variant, limits, price=price, units=units)
    starts_ms = session.clock_ms() + countdown_seconds * 1000
    deal = FlashDeal.objects.create(
        session=session,
        variant=variant,
        price=price,
        list_price=variant.price,
        struck_price=limits.struck,
        units=units,
        per_buyer=min(per_buyer, units),
        starts_ms=starts_ms,
        ends_ms=starts_ms + minutes * 60_000,
        started_by=started_by,
    )
    broadcasts.flash_deals_changed(session)
    return deal


def _refuse_unless_possible(
    session: LiveSession, variant: Variant, limits: PriceLimits, *, price: int, units: int
) -> None:
    if live.glass_delay_ms(session) > FASTEST_GLASS_MS:
        raise TooFarBehind
    _close_finished(session)
    running = list(open_deals(session))
    if any(deal.variant_id == variant.pk for deal in running):
        raise AlreadyOne
    if len(running) >= MOST_AT_ONCE:
        raise TooManyAtOnce
    if units > (available := stock_of([variant.pk]).get(variant.pk, 0)):
        raise NotEnoughLeft(available)
    if price > limits.most:
        raise NotCheapEnough(limits.most)


@transaction.atomic
def stop_flash_deal(session: LiveSession, *, deal_id: int) -> None:
    """End a deal before its time; nothing happens when it is over, or is not this session's."""
    open_deal = FlashDeal.objects.filter(pk=deal_id, session=session, closed_at__isnull=True)
    if open_deal.update(closed_at=timezone.now()):
        broadcasts.flash_deals_changed(session)


def close_finished_deals() -> int:
    """Put away the deals whose time has run out; how many. Prices went back by the clock before this."""
    sessions = LiveSession.objects.filter(flash_deals__closed_at__isnull=True, flash_deals__isnull=False)
    return sum(_put_away(session) for session in sessions.distinct())


@transaction.atomic
def _put_away(session: LiveSession) -> int:
    closed = _close_finished(session)
    if closed:
        broadcasts.flash_deals_changed(session)
    return closed


def _close_finished(session: LiveSession) -> int:
    """Mark as closed what is over by the session's clock, or with the session."""
    unfinished = FlashDeal.objects.filter(session=session, closed_at__isnull=True)
    if not session.ended_at:
        unfinished = unfinished.filter(ends_ms__lte=session.clock_ms())
    return unfinished.update(closed_at=timezone.now())
