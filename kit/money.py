"""Rupiah and counts as people in Indonesia write them."""

from __future__ import annotations

from django.utils.translation import get_language

MINUS = "\u2212"
STEPS = ((1_000_000_000, "M", "B"), (1_000_000, "jt", "M"), (1_000, "rb", "k"))


def rupiah(amount: int) -> str:
    """12500 is `Rp12.500` in every language: no space, no cents."""
    sign = MINUS if amount < 0 else ""
    return f"{sign}Rp{grouped(abs(amount), separator='.')}"


def number(amount: int) -> str:
    """12500 is `12.500`, or `12,500` in English."""
    sign = MINUS if amount < 0 else ""
    return sign + grouped(abs(amount), separator="," if is_english() else ".")


def compact(amount: int) -> str:
    """12540 is `12,5 rb`: cut, never rounded up, so that it does not boast."""
    for step, indonesian, english in STEPS:
        if abs(amount) >= step:
            tenths = abs(amount) * 10 // step
            sign = MINUS if amount < 0 else ""
            return sign + (_english(tenths, english) if is_english() else _indonesian(tenths, indonesian))
    return number(amount)


def grouped(amount: int, *, separator: str) -> str:
    return f"{amount:,}".replace(",", separator)


def is_english() -> bool:
    return (get_language() or "").startswith("en")


def _indonesian(tenths: int, unit: str) -> str:
    return f"{_shortened(tenths, point=',', separator='.')}\u00a0{unit}"


def _english(tenths: int, unit: str) -> str:
    return f"{_shortened(tenths, point='.', separator=',')}{unit}"


def _shortened(tenths: int, *, point: str, separator: str) -> str:
    """One decimal, left away when it is nought or says nothing next to three digits."""
    whole, tenth = divmod(tenths, 10)
    if tenth == 0 or whole >= 100:
        return grouped(whole, separator=separator)
    return f"{whole}{point}{tenth}"
