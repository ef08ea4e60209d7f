"""What the books hold for one order, and what has to become of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import connection
from django.db.models import Sum

from fees import queries as fees
from fees.arithmetic import Breakdown, Goods, Sale, breakdown, spread
from ledger.models import AccountKind, TransactionKind
from orders.models import Order, OrderLine
from payments.models import Refund
from payouts.models import Settlement, SettlementPosting, Speed

Accounts = AccountKind
Moves = TransactionKind
COMMISSION = (Moves.COMMISSION_RESERVED, Moves.COMMISSION_RELEASED)
# Where an order's money lies that never came to the market: at the shop's own till, or with the couriers whom
# the shop sends, who bring it the cash.
IN_HAND: tuple[AccountKind, ...] = (Accounts.SHOP_COLLECTED, Accounts.DOOR_CASH)
HELD_BACK_PERCENT = 20
AMOUNTS = ("payable", "held_back", "platform", "processing", "payment", "tax", "collected")

ORDER_BOOKS = """
    SELECT order_id,
        coalesce(sum(amount) FILTER (WHERE credit_kind = %(escrow)s AND kind <> ALL(%(commission)s)), 0),
        coalesce(sum(amount) FILTER (WHERE debit_kind = %(escrow)s AND kind <> ALL(%(commission)s)), 0),
        coalesce(sum(CASE WHEN debit_kind = %(escrow)s THEN amount ELSE -amount END)
            FILTER (WHERE kind = ANY(%(commission)s)), 0),
        coalesce(sum(CASE WHEN debit_kind = ANY(%(in_hand)s) THEN amount ELSE 0 END
            - CASE WHEN credit_kind = ANY(%(in_hand)s) THEN amount ELSE 0 END), 0)
    FROM payouts_order_move WHERE order_id = ANY(%(orders)s) AND kind <> %(settled)s GROUP BY order_id
"""
STILL_IN_HAND = """
    SELECT account.kind, sum(CASE WHEN debit_kind = account.kind THEN amount ELSE -amount END)
    FROM payouts_order_move, unnest(%(in_hand)s::int[]) AS account(kind)
    WHERE order_id = %(order)s AND account.kind IN (debit_kind, credit_kind)
    GROUP BY account.kind ORDER BY account.kind
"""


@dataclass(frozen=True)
class OrderBooks:
    """In rupiah, from the ledger, before anything was settled with the shop."""

    paid: int
    sent_back: int
    commission: int  # reserved and not released
    in_hand: int  # of what was paid, the shop holds so much itself
    promised: int = 0  # to the buyer, and not sent yet: kept for it

    @property
    def refunded(self) -> int:
        return self.sent_back + self.promised

    @property
    def held(self) -> int:
        return self.paid - self.refunded - self.commission


EMPTY = OrderBooks(paid=0, sent_back=0, commission=0, in_hand=0)


@dataclass(frozen=True)
class Target:
    """What must have been posted by now, in sums."""

    payable: int
    held_back: int
    platform: int
    processing: int
    payment: int
    tax: int
    collected: int

    @property
    def of_shop(self) -> int:
        """What the shop's balance has changed by, in all."""
        return self.payable - self.collected


def books_of(order: Order) -> OrderBooks:
    return books_of_orders([order.pk])[order.pk]


def books_of_orders(order_ids: Sequence[int]) -> dict[int, OrderBooks]:
    """One question for all of them; an order that moved nothing yet has empty books."""
    asked: dict[str, int | list[int]] = {
        "escrow": Accounts.ESCROW,
        "commission": [int(kind) for kind in COMMISSION],
        "in_hand": [int(kind) for kind in IN_HAND],
        "orders": list(order_ids),
        "settled": Moves.SELLER_SETTLED,
    }
    with connection.cursor() as cursor:
        cursor.execute(ORDER_BOOKS, asked)
        found = {row[0]: OrderBooks(*map(int, row[1:])) for row in cursor.fetchall()}
    unsent = Refund.objects.filter(order__in=order_ids).exclude(state=Refund.State.SENT).order_by()
    promised = dict(unsent.values("order").annotate(sum=Sum("amount")).values_list("order", "sum"))
    return {
        order_id: replace(found.get(order_id, EMPTY), promised=int(promised.get(order_id, 0)))
        for order_id in order_ids
    }


def still_in_hand(order: Order) -> dict[AccountKind, int]:
    """What was not set off yet of the money that the shop took itself, by where it lies."""
    with connection.cursor() as cursor:
        cursor.execute(STILL_IN_HAND, {"in_hand": [int(kind) for kind in IN_HAND], "order": order.pk})
        return {AccountKind(kind): int(amount) for kind, amount in cursor.fetchall() if amount}


def target_of(settlement: Settlement, order: Order, now: datetime) -> Target:
    """What is due by now: level-triggered, so that it is no matter in which order things happened."""
    books = books_of(order)
    money = money_of(settlement, order, books)
    payable = books.held - money.fees
    held_back = _held_back(settlement, order, books, payable, now)
    return Target(
        payable=payable - held_back,
        held_back=held_back,
        platform=money.platform,
        processing=money.processing,
        payment=money.payment,
        tax=money.tax,
        collected=books.in_hand,
    )


def posted_of(posting: SettlementPosting | None) -> Target:
    """What the last step left; nothing before the first."""
    return Target(**{name: getattr(posting, name) if posting else 0 for name in AMOUNTS})


def money_of(settlement: Settlement, order: Order, books: OrderBooks) -> Breakdown:
    """Every line of the order's money, by the version that held when it was placed."""
    sale = sale_of(
        order,
        commission=books.commission,
        refunded=books.refunded,
        is_micro=settlement.is_micro,
        is_exempt=settlement.is_exempt,
    )
    return breakdown(fees.rules_of(settlement.schedule), sale)


def sale_of(order: Order, *, commission: int, refunded: int, is_micro: bool, is_exempt: bool) -> Sale:
    """What went back for units is taken off their lines; the rest off the goods, then off the shipping."""
    lines = lines_of(order)
    named = [sum(part.amount for part in line.refund_lines.all()) for line in lines]
    way = min(sum(refund.shipping_amount for refund in order.refunds.all()), refunded)
    rest = max(0, refunded - sum(named) - way)
    left = [max(0, line.paid_amount - back) for line, back in zip(lines, named, strict=True)]
    *on_goods, on_shipping = spread(rest, [*left, max(0, order.shipping_fee - way)])
    return Sale(
        shop_id=order.shop_id,
        goods=tuple(
            Goods(line.variant.product.category_id, line.amount, line.discount, back + more)
            for line, back, more in zip(lines, named, on_goods, strict=True)
        ),
        shipping=order.shipping_fee,
        shipping_refunded=on_shipping + way,
        method=order.method,
        at=order.placed_at,
        commission=commission,
        is_micro=is_micro,
        is_exempt=is_exempt,
    )


def is_held(order: Order) -> bool:
    return any(hold.closed_at is None for hold in order.settlement_holds.all())


def lines_of(order: Order) -> list[OrderLine]:
    """In the order of their numbers; asked for once where they were loaded with the order."""
    return sorted(order.lines.all(), key=lambda line: line.pk)


def _held_back(settlement: Settlement, order: Order, books: OrderBooks, payable: int, now: datetime) -> int:
    """A fifth of what is paid early, rounded up, until the buyer can return nothing any more."""
    if settlement.speed == Speed.STANDARD or order.received_at is None or books.in_hand:
        return 0
    if payable <= 0 or (now >= settlement.final_at(order.received_at) and not is_held(order)):
        return 0
    return -(-payable * HELD_BACK_PERCENT // 100)
