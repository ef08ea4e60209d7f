"""Everything the report of one show says. It runs while the show does, and stays true afterwards:
orders are read as they are now, so that what is called off or given back leaves the money."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, Sum

from catalog.models import Product
from catalog.queries import first_photo
from insights.queries import people, timeline
from insights.queries.orders import GOODS, KEPT, LINE_GOODS, kept, lines_on_air, orders_off_air, orders_on_air
from insights.queries.people import People
from insights.queries.timeline import Sample, Timeline
from insights.reckoning import Outcome, Sale, Stretch, by_product, by_stretch
from kit.pictures import Picture
from livestream.models import LiveSession, PinInterval
from orders.models import Order


@dataclass(frozen=True)
class Totals:
    """Orders of the show by what became of them; money without shipping, after discounts."""

    orders: int
    kept: int
    waiting: int
    units: int
    goods: int
    shipping: int  # of the kept orders
    off_air_orders: int  # kept ones, from the page before and the replay after
    off_air_goods: int
    peak_viewers: int
    likes: int

    @property
    def lost(self) -> int:
        """Called off, run out of time, or given back."""
        return self.orders - self.kept - self.waiting

    @property
    def average(self) -> int:
        return self.goods // self.kept if self.kept else 0


@dataclass(frozen=True)
class ProductRow:
    product_id: int
    name: str
    photo: Picture | None
    shown_ms: int
    outcome: Outcome

    @property
    def shown_seconds(self) -> int:
        return self.shown_ms // 1000


@dataclass(frozen=True)
class PinRow:
    product_id: int
    name: str
    photo: Picture | None
    from_ms: int
    to_ms: int
    viewers: int  # the most at once
    outcome: Outcome

    @property
    def from_seconds(self) -> int:
        return self.from_ms // 1000

    @property
    def seconds(self) -> int:
        return (self.to_ms - self.from_ms) // 1000


@dataclass(frozen=True)
class Report:
    timeline: Timeline
    people: People
    totals: Totals
    products: Sequence[ProductRow]
    pins: Sequence[PinRow]
    unpinned: Outcome  # what happened while the product was not pinned


def report_of(session: LiveSession) -> Report:
    samples, taps, sales = timeline.samples_of(session), people.taps_of(session), sales_of(session)
    pins = timeline.pins_of(session)
    length = timeline.length_of(session)
    stretches = [_stretch(pin, length) for pin in pins]
    outcomes, rest = by_stretch(stretches, taps, sales)
    return Report(
        timeline=timeline.timeline_of(session, samples=samples, taps=taps, sales=sales),
        people=people.people_of(session, samples=samples),
        totals=_totals(session, samples),
        products=_product_rows(by_product(taps, sales), pins, stretches),
        pins=[
            _pin_row(pin, stretch, outcome, samples)
            for pin, stretch, outcome in zip(pins, stretches, outcomes, strict=True)
        ],
        unpinned=rest,
    )


def sales_of(session: LiveSession) -> list[Sale]:
    """Every line that was ordered during the show."""
    rows = lines_on_air(session).annotate(goods=LINE_GOODS)
    columns = ("variant__product_id", "order__session_ms", "order_id", "quantity", "goods", "order__state")
    return [
        Sale(product_id, at_ms or 0, order_id, units, goods, is_kept=state in KEPT)
        for product_id, at_ms, order_id, units, goods, state in rows.values_list(*columns)
    ]


def _stretch(pin: PinInterval, length: int) -> Stretch:
    return Stretch(pin.product_id, pin.from_ms, length if pin.to_ms is None else pin.to_ms)


def _totals(session: LiveSession, samples: Sequence[Sample]) -> Totals:
    on_air = orders_on_air(session).aggregate(
        orders=Count("pk"),
        kept=Count("pk", filter=kept()),
        waiting=Count("pk", filter=Q(state=Order.State.PENDING)),
        goods=Sum(GOODS, filter=kept()),
        shipping=Sum("shipping_fee", filter=kept()),
    )
    units = lines_on_air(session).filter(kept("order__")).aggregate(units=Sum("quantity"))
    off_air = orders_off_air(session).filter(kept()).aggregate(orders=Count("pk"), goods=Sum(GOODS))
    return Totals(
        orders=on_air["orders"],
        kept=on_air["kept"],
        waiting=on_air["waiting"],
        units=units["units"] or 0,
        goods=on_air["goods"] or 0,
        shipping=on_air["shipping"] or 0,
        off_air_orders=off_air["orders"],
        off_air_goods=off_air["goods"] or 0,
        peak_viewers=max([session.peak_viewers, *(sample.viewers for sample in samples)]),
        likes=session.likes,
    )


def _product_rows(
    outcomes: Mapping[int, Outcome], pins: Sequence[PinInterval], stretches: Sequence[Stretch]
) -> list[ProductRow]:
    """The best sold first; what was shown and brought nothing is said too."""
    shown = {pin.product_id: 0 for pin in pins}
    for stretch in stretches:
        shown[stretch.product_id] += stretch.to_ms - stretch.from_ms
    products = Product.objects.filter(pk__in={*outcomes, *shown}).prefetch_related(first_photo())
    rows = [
        ProductRow(
            product_id=product.pk,
            name=product.name,
            photo=product.cover,
            shown_ms=shown.get(product.pk, 0),
            outcome=outcomes.get(product.pk) or Outcome(),
        )
        for product in products
    ]
    return sorted(rows, key=lambda row: (-row.outcome.goods, -row.outcome.taps, -row.shown_ms, row.name))


def _pin_row(pin: PinInterval, stretch: Stretch, outcome: Outcome, samples: Sequence[Sample]) -> PinRow:
    during = [sample.viewers for sample in samples if stretch.from_ms <= sample.at_ms <= stretch.to_ms]
    return PinRow(
        product_id=pin.product_id,
        name=pin.product.name,
        photo=pin.product.cover,
        from_ms=stretch.from_ms,
        to_ms=stretch.to_ms,
        viewers=max(during, default=0),
        outcome=outcome,
    )
