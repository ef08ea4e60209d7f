"""The shop's shows before this one, to compare with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Max, Sum

from insights.queries.orders import GOODS, kept, placed_in_any
from insights.queries.people import entered_in
from livestream.models import AudienceSample, LiveSession
from orders.models import Order

MOST = 5


@dataclass(frozen=True)
class PastShow:
    session: LiveSession
    minutes: int
    entered: int
    peak_viewers: int
    orders: int  # kept
    goods: int


def shows_before(session: LiveSession) -> list[PastShow]:
    """The newest first; as many queries for five as for one."""
    if session.went_live_at is None:
        return []
    ended = (
        LiveSession.objects.public()
        .ended()
        .filter(shop=session.shop_id, went_live_at__lt=session.went_live_at)
    )
    before = list(ended.order_by("-went_live_at", "-pk")[:MOST])
    entered, peaks, sold = entered_in(before), _peaks(before), _sold(before)
    return [
        PastShow(
            session=show,
            minutes=round(show.clock_ms() / 60_000),
            entered=entered.get(show.pk, 0),
            peak_viewers=max(show.peak_viewers, peaks.get(show.pk, 0)),
            orders=sold.get(show.pk, (0, 0))[0],
            goods=sold.get(show.pk, (0, 0))[1],
        )
        for show in before
    ]


def _peaks(shows: Sequence[LiveSession]) -> dict[int, int]:
    samples = AudienceSample.objects.filter(session__in=shows).values("session_id")
    return dict(samples.annotate(peak=Max("viewers")).values_list("session_id", "peak"))


def _sold(shows: Sequence[LiveSession]) -> dict[int, tuple[int, int]]:
    during = Order.objects.filter(kept(), placed_in_any(shows))
    counted = during.values("session_id").annotate(orders=Count("pk"), goods=Sum(GOODS))
    return {row["session_id"]: (row["orders"], row["goods"] or 0) for row in counted}
