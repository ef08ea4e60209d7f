"""What the books hold for one order, and what has to become of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from fees import queries as fees
from fees.arithmetic import Breakdown, Goods, Sale, breakdown, spread
from ledger.models import AccountKind, TransactionKind
from orders.models import Order, OrderLine
from payouts.models import Settlement, SettlementPosting, Speed

Accounts = AccountKind
Moves = TransactionKind
COMMISSION = (Moves.COMMISSION_RESERVED, Moves.COMMISSION_RELEASED)
# Where an order's money lies that its shop has in hand already.
IN_HAND: tuple[int, ...] = (Accounts.SHOP_COLLECTED,)
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


@dataclass(frozen=True)
class OrderBooks:
    """In rupiah, from the ledger, before anything was settled with the shop."""

    paid: int
    refunded: int
    commission: int  # reserved and not released
    in_hand: int  # of what was paid, the shop holds so much itself

    @property
    def held(self) -> int:
        return self.paid - self.refunded - self.commission


EMPTY = OrderBooks(paid=0, refunded=0, commission=0, in_hand=0)


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
        "in_hand": list(IN_HAND),
        "orders": list(order_ids),
        "settled": Moves.SELLER_SETTLED,
    }
    with connection.cursor() as cursor:
        cursor.execute(ORDER_BOOKS, asked)
        found = {row[0]: OrderBooks(*map(int, row[1:])) for row in cursor.fetchall()}
    return {order_id: found.get(order_id, EMPTY) for order_id in order_ids}


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
    """What went back is taken off the goods first, line by line, then off the shipping."""
    lines = lines_of(order)
    *on_goods, on_shipping = spread(refunded, [*(line.paid_amount for line in lines), order.shipping_fee])
    return Sale(
        shop_id=order.shop_id,
        goods=tuple(
            Goods(line.variant.product.category_id, line.amount, line.discount, back)
            for line, back in zip(lines, on_goods, strict=True)
        ),
        shipping=order.shipping_fee,
        shipping_refunded=on_shipping,
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
