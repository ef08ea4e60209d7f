"""The market's own list of blocked words, in editions: a later edition never changes an earlier one."""

from __future__ import annotations

from pathlib import Path

EDITIONS = Path(__file__).parent.parent / "data"


def blocked_words(edition: int) -> list[str]:
    lines = (EDITIONS / f"blocked_words_{edition}.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]
