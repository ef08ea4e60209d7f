"""What the clock has made due: looked at every second, by whoever comes first."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

import structlog
from django.db.models import Count
from django.utils import timezone

from deals import broadcasts
from deals.models import Auction, Draw
from deals.operations.auctions import close_auction, has_run_out, settle_auction
from deals.operations.draws import hold_draw, is_over, settle_draw
from deals.operations.turns import lapse_turn, tell_called
from deals.queries.turns import turns_over

SAY_AGAIN_EVERY = 3  # seconds: a word about a running auction may have been lost
log = structlog.get_logger(__name__)


def run_due() -> None:
    """Hold draws, end auctions and turns whose time is up, call whoever is next. It may run twice at once."""
    now = timezone.now()
    _each(hold_draw, _draws_to_hold())
    _each(settle_draw, Draw.objects.filter(look_at__lte=now).values_list("pk", flat=True))
    _each(close_auction, _auctions_to_close(now))
    _each(settle_auction, Auction.objects.filter(look_at__lte=now).values_list("pk", flat=True))
    _each(lapse_turn, turns_over(now))
    tell_called()
    say_how_it_goes(now)


def say_how_it_goes(now: datetime) -> None:
    """How many have entered, and once in a while how an auction stands."""
    for draw in Draw.objects.filter(closed_at__isnull=True).annotate(entered=Count("entries")):
        broadcasts.entrants_counted(draw, draw.entered)
    if int(now.timestamp()) % SAY_AGAIN_EVERY == 0:
        running = Auction.objects.filter(closed_at__isnull=True, starts_ms__isnull=False)
        for auction in running.select_related("leader"):
            broadcasts.auction_moved(auction)


def _draws_to_hold() -> list[int]:
    """Looked at without a lock, so that nobody who enters waits for it; the drawing looks again."""
    draws = Draw.objects.filter(closed_at__isnull=True).select_related("session")
    return [draw.pk for draw in draws if is_over(draw, draw.session)]


def _auctions_to_close(now: datetime) -> list[int]:
    """The same for those who bid."""
    auctions = Auction.objects.filter(closed_at__isnull=True).select_related("session")
    return [auction.pk for auction in auctions if has_run_out(auction, now)]


def _each(act: Callable[[int], None], ids: Iterable[int]) -> None:
    """One that fails must not hold up the others; it is tried again a second later."""
    for pk in list(ids):
        try:
            act(pk)
        except Exception:
            log.exception("deal_not_brought_on", act=act.__name__, deal=pk)
