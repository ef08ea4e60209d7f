"""Commission in whole rupiah. The database function `affiliates_due` says the same."""

from __future__ import annotations


def commission(base: int, rate_bp: int) -> int:
    """Never rounded up."""
    return base * rate_bp // 10_000


def returned_base(base: int, quantity: int, units: int) -> int:
    """What the units returned so far take away: the same whichever way they came back."""
    return base * min(units, quantity) // quantity


def remaining_base(base: int, quantity: int, units: int, refunded: int) -> int:
    return max(0, base - returned_base(base, quantity, units) - refunded)


def due(
    *, base: int, quantity: int, rate_bp: int, units: int = 0, refunded: int = 0, is_void: bool = False
) -> int:
    """Computed anew from the base that is left: a rounded number is never pro-rated."""
    return 0 if is_void else commission(remaining_base(base, quantity, units, refunded), rate_bp)
