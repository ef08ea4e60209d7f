"""How an order may be sent, as the buy sheet offers it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from accounts.forms import AddressForm
from accounts.models import Address, User
from catalog.models import Shop, Variant
from shipping.models import Quote
from shipping.operations import offer_ways

Snapshot = dict[str, str]


@dataclass(frozen=True)
class Ways:
    """Empty where the shop asks its flat fee, or nobody knows yet where it goes."""

    destination: Snapshot | None = None
    quotes: list[Quote] = field(default_factory=list)
    chosen: Quote | None = None

    @property
    def chosen_id(self) -> UUID | None:
        return self.chosen.pk if self.chosen else None


def ways_to(
    destination: Snapshot | None, *, buyer: User, variant: Variant, quantity: int, wanted: str
) -> Ways:
    basket = {variant.pk: quantity}
    return ways_for(
        destination, buyer=buyer, shop=variant.shop, variants=[variant], basket=basket, wanted=wanted
    )


def ways_for(
    destination: Snapshot | None,
    *,
    buyer: User,
    shop: Shop,
    variants: Sequence[Variant],
    basket: Mapping[int, int],
    wanted: str,
) -> Ways:
    """What was chosen stays chosen while it is offered; else the cheapest is."""
    if destination is None or not shop.offers_ways:
        return Ways(destination)
    quotes = offer_ways(
        buyer,
        shop=shop,
        variants=variants,
        basket=basket,
        area=destination["area"],
        postal_code=destination["postal_code"],
    )
    return Ways(destination, quotes, _chosen(quotes, wanted))


def _chosen(quotes: list[Quote], wanted: str) -> Quote | None:
    """Another number of pieces has other quotes; the service is the same."""
    if not quotes:
        return None
    before = Quote.objects.filter(pk=wanted).first() if _is_uuid(wanted) else None
    service = (before.way, before.courier, before.service) if before else None
    same = (each for each in quotes if (each.way, each.courier, each.service) == service)
    return next(same, quotes[0])


def _is_uuid(text: str) -> bool:
    try:
        return str(UUID(text)) == text.lower()
    except ValueError:
        return False


def destination_of(chosen: Address | None, typed: Mapping[str, str]) -> Snapshot | None:
    """A known address, or one that is being written and already says where it is."""
    if chosen:
        return chosen.as_snapshot()
    known = {"recipient": "-", "phone": "081234567890", "street": "-"}
    form = AddressForm({**known, **{name: typed.get(name, "") for name in PLACE}})
    return Address(**form.cleaned_data).as_snapshot() if form.is_valid() else None


PLACE = ("regency", "district", "village", "postal_code")
