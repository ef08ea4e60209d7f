"""Orders are settled with their shops: planned when they are certain, posted when they are due."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from affiliates.models import CommissionAdjustment
from fees import queries as fees
from fees.models import Declaration
from ledger.models import AccountKind, TransactionKind
from ledger.operations import Leg, account, post
from orders.models import Order
from payments.models import Refund, Ticket
from payouts.models import Hold, Settlement, SettlementPosting, Speed
from payouts.queries.books import AMOUNTS, Target, is_held, posted_of, still_in_hand, target_of
from payouts.queries.standing import speed_of

State = Order.State
CERTAIN = (State.CONFIRMED, State.PACKED, State.SHIPPED, State.RECEIVED)
AT_ONCE = 300
LATELY = timedelta(days=2)
Amounts = dict[str, int]


def plan_settlements(limit: int = AT_ONCE) -> int:
    """Write down the terms of orders that are certain, and when the received ones are due; how many."""
    unplanned = Order.objects.filter(state__in=CERTAIN, settlement__isnull=True)
    speeds: dict[int, Speed] = {}
    planned = [_plan(order, speeds) for order in unplanned.order_by("pk")[:limit]]
    arrived = Settlement.objects.filter(
        next_at__isnull=True, settled_at__isnull=True, order__received_at__isnull=False
    ).select_related("order")
    for settlement in arrived.order_by("pk")[:limit]:
        _set_date(settlement)
    return len(planned)


def settle_due(now: datetime, limit: int = AT_ONCE) -> int:
    """Post what is due by now, each order for itself; how many steps were posted.

    Safe however often and by however many at once: whoever holds an order's row is left alone.
    """
    due = Settlement.objects.filter(next_at__lte=now).exclude(order_id__in=_held_orders())
    order_ids = list(due.order_by("next_at", "pk").values_list("order_id", flat=True)[:limit])
    return sum(settle_order(order_id, now=now) is not None for order_id in order_ids)


def correct_settlements(now: datetime, limit: int = AT_ONCE) -> int:
    """Look again at settled orders whose money moved lately; how many steps were posted."""
    since = now - LATELY
    lowered = CommissionAdjustment.objects.filter(
        made_at__gt=since, commission__line__order=OuterRef("order")
    )
    refunds = Refund.objects.filter(Q(wanted_at__gt=since) | Q(sent_at__gt=since), order=OuterRef("order"))
    tickets = Ticket.objects.filter(closed_at__gt=since, order=OuterRef("order"))
    touched = Settlement.objects.filter(settled_at__isnull=False).filter(
        Exists(lowered) | Exists(refunds) | Exists(tickets)
    )
    order_ids = list(touched.order_by("pk").values_list("order_id", flat=True)[:limit])
    return sum(settle_order(order_id, now=now) is not None for order_id in order_ids)


@transaction.atomic
def settle_order(order_id: int, *, now: datetime) -> SettlementPosting | None:
    """Bring the books of one order to what is due; nothing when they are there, or it is not time.

    The order's row is locked first, as refunds do.
    """
    order = Order.objects.select_for_update(no_key=True, skip_locked=True).filter(pk=order_id).first()
    settlement = Settlement.objects.select_related("schedule").filter(order_id=order_id).first()
    if order is None or settlement is None or not _is_time(settlement, order, now):
        return None
    last = settlement.postings.order_by("-seq").first()
    target, posted = target_of(settlement, order, now), posted_of(last)
    posting = None
    if last is None or target != posted:
        posting = _post(settlement, order, target, posted, seq=last.seq + 1 if last else 1, now=now)
    _look_again(settlement, order, target, now)
    return posting


def hold_settlement(order: Order, *, source: str, reason: str) -> Hold:
    """Wait with this order's settlement until the same source releases it; again changes nothing."""
    hold, _ = Hold.objects.get_or_create(source=source, defaults={"order": order, "reason": reason})
    return hold


def release_settlement(source: str) -> None:
    """What this source waited for is over."""
    Hold.objects.filter(source=source, closed_at__isnull=True).update(closed_at=timezone.now())


def _plan(order: Order, speeds: dict[int, Speed]) -> Settlement:
    speed = speeds.get(order.shop_id)
    if speed is None:
        speed = speeds[order.shop_id] = speed_of(order.shop_id, timezone.now())
    declared = fees.declared(order.shop_id, order.placed_at)
    terms = {
        "shop_id": order.shop_id,
        "schedule": fees.schedule_at(order.placed_at),
        "speed": speed,
        "is_micro": Declaration.Kind.MICRO in declared,
        "is_exempt": Declaration.Kind.SMALL_TURNOVER in declared,
    }
    return Settlement.objects.get_or_create(order=order, defaults=terms)[0]


def _set_date(settlement: Settlement) -> None:
    received_at = settlement.order.received_at
    if received_at:
        Settlement.objects.filter(pk=settlement.pk, settled_at__isnull=True).update(
            next_at=settlement.first_at(received_at)
        )


def _held_orders() -> QuerySet[Hold, int]:
    return Hold.objects.filter(closed_at__isnull=True).values_list("order_id", flat=True)


def _is_time(settlement: Settlement, order: Order, now: datetime) -> bool:
    """A first step waits for its date and for no hold; what was settled may be corrected at any time."""
    if settlement.settled_at:
        return True
    if order.received_at is None or settlement.first_at(order.received_at) > now:
        return False
    return not is_held(order)


def _post(
    settlement: Settlement, order: Order, target: Target, posted: Target, *, seq: int, now: datetime
) -> SettlementPosting:
    posting = SettlementPosting.objects.create(
        settlement=settlement,
        shop_id=settlement.shop_id,
        seq=seq,
        posted_at=now,
        change=target.of_shop - posted.of_shop,
        **asdict(target),
    )
    legs = _legs(order, {name: getattr(target, name) - getattr(posted, name) for name in AMOUNTS})
    if legs:
        post(TransactionKind.SELLER_SETTLED, posting.pk, legs)
    return posting


def _legs(order: Order, change: Amounts) -> list[Leg]:
    """Out of escrow, and back into it where less is due than before."""
    escrow, payable = account(AccountKind.ESCROW), account(AccountKind.SELLER_PAYABLE, order.shop_id)
    moves = [
        (escrow, payable, change["payable"]),
        (escrow, account(AccountKind.SELLER_HELD_BACK, order.shop_id), change["held_back"]),
        (escrow, account(AccountKind.PLATFORM_FEE), change["platform"] + change["processing"]),
        (escrow, account(AccountKind.GATEWAY_FEE), change["payment"]),
        (escrow, account(AccountKind.TAX_WITHHELD), change["tax"]),
    ]
    # What its buyers paid the shop itself, it has: set off against what it is owed.
    moves += [(payable, account(kind, order.shop_id), left) for kind, left in still_in_hand(order).items()]
    return [
        Leg(source, target, amount) if amount > 0 else Leg(target, source, -amount)
        for source, target, amount in moves
        if amount
    ]


def _look_again(settlement: Settlement, order: Order, target: Target, now: datetime) -> None:
    """What is kept back is released when the return window is over."""
    later = settlement.final_at(order.received_at) if target.held_back and order.received_at else None
    Settlement.objects.filter(pk=settlement.pk).update(
        next_at=later, settled_at=F("settled_at") if settlement.settled_at else now
    )
