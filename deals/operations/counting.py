"""What orders hold of deals, given back and taken again. The first taking is a part of placing an order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db import connection
from django.db.models import F
from django.utils import timezone

from deals import broadcasts
from deals.models import Auction, Award, Draw, FlashDeal, FlashTake, VoucherClaim

PROMISES: dict[Award.Source, type[Auction] | type[Draw]] = {
    Award.Source.AUCTION: Auction,
    Award.Source.GIVEAWAY: Draw,
    Award.Source.DRAW: Draw,
}
GIVE_TAKES_BACK = """
    UPDATE deals_flashtake AS take SET units = take.units - back.units
    FROM unnest(%s::bigint[], %s::int[]) AS back(id, units) WHERE take.id = back.id
"""


class DealGone(Exception):
    """What the order was promised belongs to somebody else now."""


@dataclass(frozen=True)
class Held:
    """What one order holds: units of flash deals, awards, and a voucher with what it takes off."""

    order_id: int
    buyer_id: int
    claim_id: int | None = None
    discount: int = 0
    awards: Sequence[int] = ()
    flash: dict[int, int] = field(default_factory=dict)  # units of each deal


def give_back(orders: Iterable[Held]) -> None:
    """These orders came to nothing. Belongs into the transaction that says so, before stock is moved."""
    orders = list(orders)
    ids = [order.order_id for order in orders]
    if any(order.claim_id for order in orders):
        VoucherClaim.objects.filter(order_id__in=ids).update(order_id=None, discount=0)
    if any(order.awards for order in orders):
        _give_awards_back(ids)
    _give_units_back(orders)


def take_again(order: Held) -> None:
    """An order that came to nothing is paid after all: it gets what it was promised, or raises DealGone.

    The deal itself may be over by now; what counts is that nobody else has it. The caller's savepoint
    undoes a part.
    """
    if order.claim_id:
        unused = VoucherClaim.objects.filter(pk=order.claim_id, order_id__isnull=True)
        _require(unused.update(order_id=order.order_id, discount=order.discount))
    for award_id in sorted(order.awards):
        unused_award = Award.objects.filter(pk=award_id, order_id__isnull=True)
        _require(unused_award.update(order_id=order.order_id))
    for deal_id, units in sorted(order.flash.items()):
        room = FlashTake.objects.filter(deal=deal_id, buyer=order.buyer_id, units__lte=F("most") - units)
        _require(room.update(units=F("units") + units))
    for deal_id, units in sorted(order.flash.items()):
        left = FlashDeal.objects.filter(pk=deal_id, taken__lte=F("units") - units)
        _require(left.update(taken=F("taken") + units))
    broadcasts.flash_left_changed(order.flash)


def _require(rows: int) -> None:
    if not rows:
        raise DealGone


def _give_awards_back(order_ids: Sequence[int]) -> None:
    """Their winners may use them again in time; what they come from is looked at again."""
    awards = list(Award.objects.filter(order_id__in=order_ids).order_by("source_kind", "source_id", "pk"))
    for award in awards:  # locked before its awards, as everywhere
        promises = PROMISES[Award.Source(award.source_kind)].objects.filter(pk=award.source_id)
        promises.filter(closed_at__isnull=False).update(look_at=timezone.now())
    Award.objects.filter(pk__in=[award.pk for award in awards]).update(order_id=None)


def _give_units_back(orders: Sequence[Held]) -> None:
    """The buyers' counters first, then the deals', each in order: two givers never wait for each other."""
    by_buyer: Counter[tuple[int, int]] = Counter()
    by_deal: Counter[int] = Counter()
    for order in orders:
        for deal_id, units in order.flash.items():
            by_buyer[deal_id, order.buyer_id] += units
            by_deal[deal_id] += units
    if not by_deal:
        return
    _lower_takes(by_buyer)
    for deal_id in sorted(by_deal):
        FlashDeal.objects.filter(pk=deal_id).update(taken=F("taken") - by_deal[deal_id])
    broadcasts.flash_left_changed(by_deal)


def _lower_takes(units: Counter[tuple[int, int]]) -> None:
    pairs = FlashTake.objects.filter(
        deal__in={deal_id for deal_id, _ in units}, buyer__in={buyer_id for _, buyer_id in units}
    )
    locked = pairs.order_by("deal", "buyer").select_for_update(no_key=True)
    found = [take for take in locked if (take.deal_id, take.buyer_id) in units]
    with connection.cursor() as cursor:
        amounts = [units[take.deal_id, take.buyer_id] for take in found]
        cursor.execute(GIVE_TAKES_BACK, [[take.pk for take in found], amounts])
