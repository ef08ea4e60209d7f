"""The form in which every bench answers."""

from __future__ import annotations

import json
from typing import TypedDict


class Figure(TypedDict):
    """One measured value; `baseline` and `ratio` (ours / baseline) are None where there is none."""

    value: float
    unit: str
    baseline: float | None
    ratio: float | None


Figures = dict[str, Figure]


def figure(value: float, unit: str, baseline: float | None = None) -> Figure:
    ratio = None if not baseline else round(value / baseline, 4)
    return {
        "value": round(value, 3),
        "unit": unit,
        "baseline": None if baseline is None else round(baseline, 3),
        "ratio": ratio,
    }


def as_json(bench: str, figures: Figures) -> str:
    return json.dumps({"bench": bench, "figures": figures})


def as_table(bench: str, figures: Figures) -> str:
    lines = [bench]
    for key, row in figures.items():
        against = "" if row["ratio"] is None else f"   {row['ratio']:g} of {row['baseline']:g}"
        lines.append(f"  {key:28} {row['value']:>12g} {row['unit']}{against}")
    return "\n".join(lines)
