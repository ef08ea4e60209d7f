"""Putting in, changing and taking out. Nothing is held: stock belongs to whoever orders."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db import transaction

from accounts.models import User
from basket.models import MOST_OF_ONE, BasketItem

MOST_ITEMS = 40


class Full(Exception):
    """More kinds of things than one basket is for."""


@dataclass(frozen=True)
class Kept:
    """One thing in a basket, whoever's it is."""

    variant_id: int
    quantity: int
    price_seen: int  # rupiah each
    session_id: int | None = None
    session_ms: int | None = None

    def beside(self, before: Kept | None) -> Kept:
        """Together with what was in there; the newest show is where it is from."""
        if before is None:
            return self
        both = replace(self, quantity=min(self.quantity + before.quantity, MOST_OF_ONE))
        if self.session_id:
            return both
        return replace(both, session_id=before.session_id, session_ms=before.session_ms)


def most_is_reached(count: int) -> bool:
    return count >= MOST_ITEMS


@transaction.atomic
def put(buyer: User, item: Kept) -> None:
    """Beside what is in it already. Raises Full. Two at once are both in there afterwards."""
    fields = _fields(item)
    _found, is_new = BasketItem.objects.get_or_create(
        buyer=buyer, variant_id=item.variant_id, defaults=fields
    )
    if not is_new:
        locked = BasketItem.objects.select_for_update().filter(buyer=buyer, variant=item.variant_id)
        both = item.beside(kept(locked[0])) if locked else item
        BasketItem.objects.update_or_create(buyer=buyer, variant_id=item.variant_id, defaults=_fields(both))
    elif most_is_reached(BasketItem.objects.filter(buyer=buyer).count() - 1):
        raise Full


def kept(item: BasketItem) -> Kept:
    return Kept(item.variant_id, item.quantity, item.price_seen, item.session_id, item.session_ms)


def _fields(item: Kept) -> dict[str, int | None]:
    return {
        "quantity": item.quantity,
        "price_seen": item.price_seen,
        "session_id": item.session_id,
        "session_ms": item.session_ms,
    }


def change(buyer: User, item: Kept) -> None:
    """So many, and no longer what was said before; nothing when it is not in there."""
    own = BasketItem.objects.filter(buyer=buyer, variant=item.variant_id)
    own.update(quantity=item.quantity, price_seen=item.price_seen)


@transaction.atomic
def remove(buyer: User, variant_id: int) -> Kept | None:
    own = BasketItem.objects.select_for_update().filter(buyer=buyer, variant=variant_id)
    found = own.first()
    if found is None:
        return None
    found.delete()
    return kept(found)


def take_over(buyer: User, items: Iterable[Kept]) -> None:
    """What was put in before the log-in; a full basket takes no more."""
    for item in items:
        try:
            put(buyer, item)
        except Full:
            return


def forget_buyer(user: User) -> None:
    """They have left and buy nothing more."""
    BasketItem.objects.filter(buyer=user).delete()
