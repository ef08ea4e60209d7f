"""Whether a price leaves a shop less of a piece than the piece cost it (its HPP).

What is left of a price is worked out by fees and commission, which stand above: the settings say by whom.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django.conf import settings
from django.utils.module_loading import import_string

from catalog.models import Variant


@dataclass(frozen=True)
class Loss:
    """In rupiah, of one piece, where its buyer pays in the dearest way."""

    variant: Variant
    price: int
    net: int
    cost: int

    @property
    def amount(self) -> int:
        return self.cost - self.net

    def is_confirmed(self, posted: Mapping[str, str]) -> bool:
        """By who saw this very sum: a yes to a small loss is none to a larger one."""
        return posted.get("at_a_loss") == str(self.amount)


def worst_loss(
    variants: Iterable[Variant], *, price_of: Callable[[Variant], int], rate_bp: int | None = None
) -> Loss | None:
    """Of those whose cost is known; nothing where all of them bring what they cost.

    `rate_bp` is a creator's commission that is only asked about.
    """
    losses = [_loss(variant, price_of(variant), rate_bp) for variant in variants if variant.cost]
    return max((loss for loss in losses if loss.amount > 0), key=lambda loss: loss.amount, default=None)


def _loss(variant: Variant, price: int, rate_bp: int | None) -> Loss:
    least_net = import_string(settings.NET_OF_PIECE)
    net = least_net(variant, price=max(price, 0), rate_bp=rate_bp)
    return Loss(variant, price, net, variant.cost or 0)
