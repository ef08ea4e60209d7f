"""Where everything in the drawing of a show lies, so that a template only has to write it down.

Along the time everything is in percent of the width and down the page in pixels: the drawing fits every
screen, while letters, pictures and strokes keep their size. Lines lie in boxes of 1000 by 100 that stretch.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from django.utils.translation import gettext as _

from insights.queries.report import PinRow
from insights.queries.timeline import Step, Timeline
from kit import moments, money
from kit.pictures import Picture

STRIP = 44  # pixels: the pictures of what was pinned
LABEL = 22
AXIS = 24
TALL, LOW = 76, 48
BOX_WIDTH, BOX_HEIGHT = 1000, 100
COLORS = 6
THUMBNAIL = 160
TICKS = (0, 25, 50, 75, 100)


@dataclass(frozen=True)
class Bar:
    x: str
    y: str
    width: str
    height: str


@dataclass(frozen=True)
class Track:
    """One row of the drawing."""

    key: str
    label: str
    top_label: str
    top_shown: str
    y: int
    height: int
    line: str  # points, where it is a line
    area: str
    bars: Sequence[Bar]

    @property
    def label_y(self) -> int:
        return self.y - 7

    @property
    def base(self) -> int:
        return self.y + self.height


@dataclass(frozen=True)
class Band:
    """A stretch in which one product was pinned."""

    x: str
    width: str
    color: int
    picture_url: str
    name: str
    from_seconds: int


@dataclass(frozen=True)
class Tick:
    x: str
    anchor: str
    label: str


@dataclass(frozen=True)
class Row:
    """One step, as the table says it and the read-out repeats it."""

    from_seconds: int
    values: Sequence[str]


@dataclass(frozen=True)
class Plot:
    tracks: Sequence[Track]
    bands: Sequence[Band]
    ticks: Sequence[Tick]
    rows: Sequence[Row]
    height: int
    summary: str

    @property
    def base(self) -> int:
        return self.height - AXIS

    @property
    def tick_y(self) -> int:
        return self.height - 8

    @property
    def columns(self) -> list[str]:
        return [track.label for track in self.tracks]

    @property
    def last(self) -> int:
        return len(self.rows) - 1


@dataclass(frozen=True)
class _Series:
    key: str
    label: str
    values: Sequence[int]
    show: Callable[[int], str]
    is_line: bool = False
    is_sum: bool = False  # of everything until then


def draw(timeline: Timeline, pins: Sequence[PinRow], *, with_money: bool) -> Plot:
    series = list(_series(timeline.steps, with_money=with_money))
    tracks, height = _tracks(series)
    return Plot(
        tracks=tracks,
        bands=list(_bands(pins, timeline)),
        ticks=[_tick(percent, timeline.length_ms) for percent in TICKS],
        rows=list(_rows(timeline.steps, series)),
        height=height,
        summary=_summary(timeline),
    )


def colors_of(pins: Iterable[PinRow]) -> dict[int, int]:
    """Each product keeps its colour through the whole report, in the order in which they were shown."""
    products = dict.fromkeys(pin.product_id for pin in pins)
    return {product_id: number % COLORS for number, product_id in enumerate(products)}


def _series(steps: Sequence[Step], *, with_money: bool) -> Iterator[_Series]:
    yield _Series("viewers", _("Penonton"), [step.viewers for step in steps], money.number, is_line=True)
    yield _Series("chat", _("Obrolan"), [step.chat for step in steps], money.number)
    yield _Series("taps", _("Lihat beli"), [step.taps for step in steps], money.number)
    yield _Series("orders", _("Pesanan"), [step.orders for step in steps], money.number)
    if with_money:
        earned = list(accumulate(step.goods for step in steps))
        yield _Series("goods", _("Omzet sejauh ini"), earned, money.rupiah, is_line=True, is_sum=True)


def _tracks(series: Sequence[_Series]) -> tuple[list[Track], int]:
    """The rows from the top down, and the height of the whole drawing."""
    tracks, y = [], STRIP
    for each in series:
        height = TALL if each.is_line else LOW
        tracks.append(_track(each, y + LABEL, height))
        y += LABEL + height
    return tracks, y + AXIS


def _track(series: _Series, y: int, height: int) -> Track:
    top = max(series.values, default=0)
    line = _line(series.values, top) if series.is_line else ""
    return Track(
        key=series.key,
        label=series.label,
        top_label=_("jumlah") if series.is_sum else _("puncak"),
        top_shown=series.show(top),
        y=y,
        height=height,
        line=line,
        area=f"0,{BOX_HEIGHT} {line} {BOX_WIDTH},{BOX_HEIGHT}" if line else "",
        bars=[] if series.is_line else list(_bars(series.values, top)),
    )


def _line(values: Sequence[int], top: int) -> str:
    """Each value holds for its whole step."""
    width = BOX_WIDTH / max(1, len(values))
    corners = []
    for place, value in enumerate(values):
        y = f"{_down(value, top):.1f}"
        corners += [f"{place * width:.1f},{y}", f"{(place + 1) * width:.1f},{y}"]
    return " ".join(corners)


def _bars(values: Sequence[int], top: int) -> Iterator[Bar]:
    width = BOX_WIDTH / max(1, len(values))
    for place, value in enumerate(values):
        if value:
            y = _down(value, top)
            yield Bar(
                x=f"{(place + 0.14) * width:.1f}",
                y=f"{y:.1f}",
                width=f"{0.72 * width:.1f}",
                height=f"{BOX_HEIGHT - y:.1f}",
            )


def _down(value: int, top: int) -> float:
    """How far from the upper edge; the highest value keeps clear of it for its stroke."""
    return BOX_HEIGHT - (BOX_HEIGHT - 4) * value / top if top else BOX_HEIGHT


def _bands(pins: Sequence[PinRow], timeline: Timeline) -> Iterator[Band]:
    colors = colors_of(pins)
    length = max(1, timeline.length_ms)
    for pin in pins:
        yield Band(
            x=_percent(pin.from_ms / length),
            width=_percent(max(0.002, (pin.to_ms - pin.from_ms) / length)),
            color=colors[pin.product_id],
            picture_url=_picture_url(pin.photo),
            name=pin.name,
            from_seconds=pin.from_seconds,
        )


def _picture_url(photo: Picture | None) -> str:
    return photo.url(THUMBNAIL) if photo else ""


def _percent(share: float) -> str:
    return f"{100 * min(share, 1):.2f}%"


def _tick(percent: int, length_ms: int) -> Tick:
    anchor = "start" if percent == 0 else "end" if percent == 100 else "middle"
    return Tick(f"{percent}%", anchor, moments.stopwatch(length_ms * percent // 100_000))


def _rows(steps: Sequence[Step], series: Sequence[_Series]) -> Iterator[Row]:
    for place, step in enumerate(steps):
        values = [each.show(each.values[place]) for each in series]
        yield Row(from_seconds=step.from_ms // 1000, values=values)


def _summary(timeline: Timeline) -> str:
    busiest = max(timeline.steps, key=lambda step: step.viewers)
    return _("Jalannya live selama %(length)s. Penonton terbanyak %(viewers)s, pada %(at)s.") % {
        "length": moments.stopwatch(timeline.length_ms // 1000),
        "viewers": money.number(busiest.viewers),
        "at": moments.stopwatch(busiest.from_ms // 1000),
    }
