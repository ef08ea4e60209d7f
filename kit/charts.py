"""Where the bars and lines of a small chart lie, so that a template only has to draw them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

WIDTH = 340
HEIGHT = 132
TOP = 16
BASE = 112
GAP = 0.34
MOST_LABELS = 7


@dataclass(frozen=True)
class Mark:
    """One value: its bar, the middle of the bar, and what is written there."""

    label: str
    shown: str
    x: float
    y: float
    width: float
    height: float
    is_labelled: bool
    is_last: bool

    @property
    def middle(self) -> float:
        return round(self.x + self.width / 2, 1)


@dataclass(frozen=True)
class Chart:
    marks: Sequence[Mark]
    top_shown: str

    width = WIDTH
    height = HEIGHT
    top = TOP
    base = BASE

    @property
    def line(self) -> str:
        return " ".join(f"{mark.middle},{mark.y}" for mark in self.marks)

    @property
    def area(self) -> str:
        if not self.marks:
            return ""
        return f"{self.marks[0].middle},{BASE} {self.line} {self.marks[-1].middle},{BASE}"

    @property
    def last(self) -> Mark | None:
        return self.marks[-1] if self.marks else None


def draw(points: Sequence[tuple[str, int]], *, show: Callable[[int], str]) -> Chart:
    """Scale the values to the drawing; nothing below zero is expected."""
    top = max((value for _, value in points), default=0)
    step = WIDTH / max(1, len(points))
    every = -(-len(points) // MOST_LABELS)
    marks = [
        Mark(
            label=label,
            shown=show(value),
            x=round(place * step + step * GAP / 2, 1),
            y=round(BASE - _height(value, top), 1),
            width=round(step * (1 - GAP), 1),
            height=_height(value, top),
            is_labelled=(len(points) - 1 - place) % max(1, every) == 0,
            is_last=place == len(points) - 1,
        )
        for place, (label, value) in enumerate(points)
    ]
    return Chart(marks=marks, top_shown=show(top))


def _height(value: int, top: int) -> float:
    """Nought is a hair above the line, so that a day without sales is still seen."""
    return max(1.0, round((BASE - TOP) * value / top, 1)) if top else 1.0
