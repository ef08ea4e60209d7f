"""What an order brings its shop and when: from the first day on, and what is to come by date."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from affiliates.arithmetic import commission
from catalog.models import Duty, Shop
from fees import queries as fees
from fees.arithmetic import Breakdown
from fees.models import Declaration
from ledger.models import AccountKind
from ledger.queries import balance
from orders.models import Order
from payments.methods import WAYS, Taker
from payouts.models import Settlement, SettlementPosting, Speed
from payouts.queries.books import OrderBooks, books_of_orders, is_held, money_of
from payouts.queries.standing import speed_of

State = Order.State
SHIP_WITHIN = timedelta(days=7)
OVER = (State.CANCELLED, State.EXPIRED, State.REFUND_DUE, State.REFUNDED)
MOST_COMING = 300


@dataclass(frozen=True)
class OrderMoney:
    """The statement of one order."""

    order: Order
    terms: Settlement
    money: Breakdown
    in_hand: int  # of the net, the shop was paid so much by the buyer or the courier itself
    first_at: datetime  # when the shop gets it, or the larger part; at the latest, while it is under way
    final_at: datetime
    is_promised: bool  # received, so that the date stands
    is_over: bool  # cancelled, expired or returned: nothing comes
    is_held: bool
    steps: Sequence[SettlementPosting]

    @property
    def is_settled(self) -> bool:
        return bool(self.steps)

    @property
    def to_come(self) -> int:
        """What the shop's balance changes by: below nothing where it owes the fees of what it took itself."""
        return self.money.net - self.in_hand

    @property
    def is_express(self) -> bool:
        return self.terms.speed == Speed.EXPRESS

    @property
    def held_back(self) -> int:
        return self.steps[-1].held_back if self.steps else 0


@dataclass(frozen=True)
class Coming:
    """What becomes available on one day."""

    day: date
    amount: int
    orders: Sequence[OrderMoney]

    @property
    def at(self) -> datetime:
        return self.orders[0].first_at


@dataclass(frozen=True)
class Balances:
    """Of one shop, in rupiah, from the ledger."""

    payable: int
    in_transit: int
    held_back: int


def money_of_order(order: Order) -> OrderMoney:
    return next(iter(money_of_orders([order])))


def money_of_orders(orders: Sequence[Order]) -> Iterable[OrderMoney]:
    """The books of all of them are asked for once."""
    books = books_of_orders([order.pk for order in orders])
    speeds: dict[int, Speed] = {}
    for order in orders:
        terms = _terms(order, speeds)
        yield _statement(order, terms, _expected(order, books[order.pk]))


def balances_of(shop: Shop) -> Balances:
    kinds = (AccountKind.SELLER_PAYABLE, AccountKind.SELLER_IN_TRANSIT, AccountKind.SELLER_HELD_BACK)
    return Balances(*(balance(kind, shop.pk) for kind in kinds))


def coming(shop: Shop) -> list[Coming]:
    """Orders that are certain and not settled, by the day on which they are at the latest."""
    under_way = _with_lines(
        Order.objects.filter(
            shop=shop, state__in=(State.CONFIRMED, State.PACKED, State.SHIPPED, State.RECEIVED)
        )
    ).filter(settlement__settled_at__isnull=True)
    by_day: dict[date, list[OrderMoney]] = defaultdict(list)
    for money in money_of_orders(list(under_way.order_by("-pk")[:MOST_COMING])):
        by_day[timezone.localdate(money.first_at)].append(money)
    return [Coming(day, sum(one.to_come for one in by_day[day]), by_day[day]) for day in sorted(by_day)]


def orders_with_money(user: User) -> QuerySet[Order]:
    """Of the seller's shop, with all that a statement reads."""
    return _with_lines(Order.objects.filter(shop__in=Shop.objects.run_by(user, Duty.MONEY)))


def _with_lines(orders: QuerySet[Order]) -> QuerySet[Order]:
    return orders.select_related("shop", "settlement__schedule").prefetch_related(
        "lines__variant__product",
        "lines__refund_lines",
        "refunds",
        "settlement__postings",
        "settlement_holds",
    )


def _terms(order: Order, speeds: dict[int, Speed]) -> Settlement:
    """As written down; before that as they would be written now."""
    known: Settlement | None = getattr(order, "settlement", None)
    if known:
        return known
    if order.shop_id not in speeds:
        speeds[order.shop_id] = speed_of(order.shop_id, timezone.now())
    declared = fees.declared(order.shop_id, order.placed_at)
    return Settlement(
        order=order,
        shop_id=order.shop_id,
        schedule=fees.schedule_at(order.placed_at),
        speed=speeds[order.shop_id],
        is_micro=Declaration.Kind.MICRO in declared,
        is_exempt=Declaration.Kind.SMALL_TURNOVER in declared,
    )


def _expected(order: Order, books: OrderBooks) -> OrderBooks:
    """Before anything was paid: as if it were, with the commission that its lines promise."""
    if books.paid or order.state in OVER:
        return books
    rates = [(line, (line.attribution or {}).get("rate_bp", 0)) for line in order.lines.all()]
    promised = sum(commission(line.paid_amount, rate) for line, rate in rates if line.credited_to)
    in_hand = 0 if WAYS[order.method].taker == Taker.GATEWAY else order.total
    return OrderBooks(paid=order.total, sent_back=0, commission=promised, in_hand=in_hand)


def _statement(order: Order, terms: Settlement, books: OrderBooks) -> OrderMoney:
    received_at = order.received_at or _latest_receipt(order)
    steps = sorted(terms.postings.all(), key=lambda step: step.seq) if terms.pk else []
    return OrderMoney(
        order=order,
        terms=terms,
        money=money_of(terms, order, books),
        in_hand=books.in_hand,
        first_at=terms.first_at(received_at),
        final_at=terms.final_at(received_at),
        is_promised=order.received_at is not None,
        is_over=order.state in OVER and not steps,
        is_held=is_held(order),
        steps=steps,
    )


def _latest_receipt(order: Order) -> datetime:
    """As if each step still took as long as it may."""
    shipped_at = order.shipped_at or (order.paid_at or order.placed_at) + SHIP_WITHIN
    return shipped_at + timedelta(seconds=settings.AUTO_RECEIVE_SECONDS)
