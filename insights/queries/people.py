"""How many people went how far, and how they found the room. People are marks that lead to nobody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count

from insights.models import ShowSummary
from insights.queries.orders import KEPT, orders_on_air, placed_in_any
from insights.queries.timeline import Sample
from insights.reckoning import Taps
from livestream.models import LiveSession, ProductTap, Visit, VisitSource
from livestream.room import seats
from orders.models import Order


@dataclass(frozen=True)
class Funnel:
    """People, not visits: a member once, a stranger once for each page they opened."""

    entered: int  # who was seen in the room, by their socket or by what they did there
    stayed: int  # half a minute or longer
    tapped: int  # opened a buy sheet
    ordered: int
    paid: int  # or COD; and not called off


@dataclass(frozen=True)
class SourceRow:
    source: VisitSource
    entered: int
    tapped: int
    ordered: int
    goods: int  # rupiah of kept orders


@dataclass(frozen=True)
class Buyer:
    mark: int
    is_kept: bool
    goods: int


@dataclass(frozen=True)
class People:
    funnel: Funnel
    sources: Sequence[SourceRow]


def taps_of(session: LiveSession) -> list[Taps]:
    rows = ProductTap.objects.filter(session=session).values_list("product_id", "at_ms")
    return [Taps(product_id, at_ms) for product_id, at_ms in rows]


def people_of(session: LiveSession, *, samples: Sequence[Sample]) -> People:
    buyers = _buyers(session)
    summary = ShowSummary.objects.filter(session=session).first()
    if summary is not None:
        return _remembered(summary, buyers, samples)
    bought = {buyer.mark for buyer in buyers}
    tapped = set(ProductTap.objects.filter(session=session).values_list("seat", flat=True))
    came = dict(Visit.objects.filter(session=session, seat__in=bought | tapped).values_list("seat", "source"))
    entered = _entered(session)
    unseen = len((bought | tapped) - came.keys())
    funnel = Funnel(
        entered=entered.total() + unseen,
        stayed=sum(sample.stayed for sample in samples),
        tapped=len(tapped | bought),
        ordered=len(bought),
        paid=len({buyer.mark for buyer in buyers if buyer.is_kept}),
    )
    return People(funnel, _sources(entered, came, tapped | bought, buyers))


def entered_in(shows: Sequence[LiveSession]) -> dict[int, int]:
    """Who entered each of these shows, counted as `people_of` counts; as many queries for one as for ten."""
    entered = Counter(Visit.objects.filter(session__in=shows).values_list("session_id", flat=True))
    acted = set(ProductTap.objects.filter(session__in=shows).values_list("session_id", "seat"))
    buyers = Order.objects.filter(placed_in_any(shows)).values_list("session_id", "buyer_id").distinct()
    acted |= {(pk, seats.mark(pk, seats.of_person(buyer_id))) for pk, buyer_id in buyers}
    came = Visit.objects.filter(session__in=shows, seat__in={seat for _, seat in acted})
    entered.update(pk for pk, _ in acted - set(came.values_list("session_id", "seat")))
    thinned = ShowSummary.objects.filter(session__in=shows).values_list("session_id", "entered")
    return {**entered, **dict(thinned)}


def _remembered(summary: ShowSummary, buyers: Sequence[Buyer], samples: Sequence[Sample]) -> People:
    """Of an old show: who came is a sum, what became of their orders is still read."""
    funnel = Funnel(
        entered=summary.entered,
        stayed=sum(sample.stayed for sample in samples),
        tapped=summary.tapped,
        ordered=len({buyer.mark for buyer in buyers}),
        paid=len({buyer.mark for buyer in buyers if buyer.is_kept}),
    )
    rows = [SourceRow(**{**row, "source": VisitSource(row["source"])}) for row in summary.sources]
    return People(funnel, rows)


def _entered(session: LiveSession) -> Counter[str]:
    rows = Visit.objects.filter(session=session).values("source").annotate(people=Count("pk"))
    return Counter(dict(rows.values_list("source", "people")))


def _buyers(session: LiveSession) -> list[Buyer]:
    """One for each order."""
    rows = orders_on_air(session).values_list("state", "buyer_id", "total", "shipping_fee")
    return [
        Buyer(
            mark=seats.mark(session.pk, seats.of_person(buyer_id)),
            is_kept=state in KEPT,
            goods=total - shipping_fee,
        )
        for state, buyer_id, total, shipping_fee in rows
    ]


def _sources(
    entered: Counter[str], came: dict[int, str], tapped: set[int], buyers: Sequence[Buyer]
) -> list[SourceRow]:
    """The most travelled first; those who were never seen coming are left out."""
    looked = Counter(came[mark] for mark in tapped if mark in came)
    bought = Counter(came[mark] for mark in {buyer.mark for buyer in buyers} if mark in came)
    goods: Counter[str] = Counter()
    for buyer in buyers:
        if buyer.is_kept and buyer.mark in came:
            goods[came[buyer.mark]] += buyer.goods
    return [
        SourceRow(VisitSource(source), people, looked[source], bought[source], goods[source])
        for source, people in sorted(entered.items(), key=lambda each: (-each[1], each[0]))
    ]
