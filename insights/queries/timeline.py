"""A show in steps of time: who was there, what was said, looked at and bought."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import BigIntegerField, Count, ExpressionWrapper, F, Prefetch

from catalog.models import Product
from catalog.queries import first_photo
from insights.reckoning import Sale, Taps
from livestream import queries as live
from livestream.models import LiveSession, PinInterval, RoomEvent

STEPS_MS = (5_000, 10_000, 15_000, 30_000, 60_000, 120_000, 300_000, 600_000, 1_800_000)
MOST_STEPS = 96


@dataclass(frozen=True, slots=True)
class Step:
    """What happened from one moment of the show until the next step."""

    from_ms: int
    viewers: int = 0  # the most at once
    entered: int = 0
    chat: int = 0
    taps: int = 0
    orders: int = 0  # placed, however they went
    goods: int = 0  # rupiah of the kept ones


@dataclass(frozen=True)
class Timeline:
    length_ms: int
    step_ms: int
    steps: Sequence[Step]

    @property
    def is_empty(self) -> bool:
        return not any(step.viewers or step.chat or step.taps or step.orders for step in self.steps)


@dataclass(frozen=True, slots=True)
class Sample:
    at_ms: int
    viewers: int
    entered: int
    stayed: int


def length_of(session: LiveSession) -> int:
    """How long the show is on its own clock: of the recording, when that is longer."""
    return max(session.clock_ms(), session.media_ms, session.recorded_ms)


def samples_of(session: LiveSession) -> list[Sample]:
    rows = live.audience_samples(session).values_list("at_ms", "viewers", "entered", "stayed")
    return [Sample(*row) for row in rows]


def timeline_of(
    session: LiveSession, *, samples: Iterable[Sample], taps: Iterable[Taps], sales: Iterable[Sale]
) -> Timeline:
    length = length_of(session)
    step_ms = next((step for step in STEPS_MS if length <= step * MOST_STEPS), STEPS_MS[-1])
    last = max(0, length - 1) // step_ms
    found = _Gathering(step_ms, last)
    found.take_samples(samples)
    found.take_chat(_said(session, step_ms))
    found.take_taps(taps)
    found.take_sales(sales)
    return Timeline(length, step_ms, found.steps())


def _said(session: LiveSession, step_ms: int) -> Iterable[tuple[int, int]]:
    """How much was said in each step, of the chat while on air."""
    if session.went_live_at is None:
        return []
    said = RoomEvent.objects.filter(
        session=session, kind=RoomEvent.Kind.CHAT, created_at__gte=session.went_live_at
    )
    step = ExpressionWrapper(F("media_ms") / step_ms, output_field=BigIntegerField())
    counted = said.annotate(step=step).values("step").annotate(lines=Count("pk"))
    return counted.values_list("step", "lines")


class _Gathering:
    """Sorts what happened into steps; what lies behind the end belongs to the last one."""

    def __init__(self, step_ms: int, last: int) -> None:
        self._step_ms, self._last = step_ms, last
        self._sums: dict[str, dict[int, int]] = defaultdict(lambda: defaultdict(int))
        self._orders: dict[int, set[int]] = defaultdict(set)

    def take_samples(self, samples: Iterable[Sample]) -> None:
        viewers, entered = self._sums["viewers"], self._sums["entered"]
        for sample in samples:
            step = self._step_at(sample.at_ms)
            viewers[step] = max(viewers[step], sample.viewers)
            entered[step] += sample.entered

    def take_chat(self, said: Iterable[tuple[int, int]]) -> None:
        for step, lines in said:
            self._sums["chat"][min(step, self._last)] += lines

    def take_taps(self, taps: Iterable[Taps]) -> None:
        for tap in taps:
            self._sums["taps"][self._step_at(tap.at_ms)] += tap.people

    def take_sales(self, sales: Iterable[Sale]) -> None:
        for sale in sales:
            step = self._step_at(sale.at_ms)
            self._orders[step].add(sale.order_id)
            self._sums["goods"][step] += sale.goods if sale.is_kept else 0

    def steps(self) -> list[Step]:
        names = ("viewers", "entered", "chat", "taps", "goods")
        return [
            Step(
                from_ms=step * self._step_ms,
                orders=len(self._orders.get(step, ())),
                **{name: self._sums[name].get(step, 0) for name in names},
            )
            for step in range(self._last + 1)
        ]

    def _step_at(self, ms: int) -> int:
        return min(ms // self._step_ms, self._last)


def pins_of(session: LiveSession) -> list[PinInterval]:
    products = Prefetch("product", Product.objects.prefetch_related(first_photo()))
    return list(
        PinInterval.objects.filter(session=session).prefetch_related(products).order_by("from_ms", "pk")
    )
