"""Buyers' money in the ledger."""

from __future__ import annotations

from ledger.models import AccountKind, TransactionKind
from ledger.operations import Leg, account, post
from orders.models import Order


def post_payment(order: Order) -> None:
    """The gateway, or the courier of a COD parcel, owes us what the buyer paid; we hold it for the order."""
    clearing, escrow = account(AccountKind.GATEWAY_CLEARING), account(AccountKind.ESCROW)
    post(TransactionKind.ORDER_PAID, order.pk, [Leg(debit=clearing, credit=escrow, amount=order.total)])


def post_refund(order: Order) -> None:
    """What was held for the order is with the buyer again."""
    clearing, escrow = account(AccountKind.GATEWAY_CLEARING), account(AccountKind.ESCROW)
    post(TransactionKind.ORDER_REFUNDED, order.pk, [Leg(debit=escrow, credit=clearing, amount=order.total)])
