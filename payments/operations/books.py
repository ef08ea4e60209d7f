"""Buyers' money in the ledger."""

from __future__ import annotations

from ledger.models import Account, AccountKind, TransactionKind
from ledger.operations import Leg, account, post
from payments.methods import WAYS, Taker
from payments.models import BankRefund, ChargePart, Purpose, Refund, Ticket

POSTED_AS = {
    Purpose.PRICE: TransactionKind.ORDER_PAID,
    Purpose.DOOR: TransactionKind.ORDER_PAID,
    Purpose.DEPOSIT: TransactionKind.DEPOSIT_PAID,
    Purpose.EXTRA: TransactionKind.PAID_TWICE,
}
OF_THE_PART = (Purpose.DEPOSIT, Purpose.EXTRA)


def posting_of(part: ChargePart) -> tuple[TransactionKind, int]:
    """Under which kind and source the payment of this part stands in the books."""
    source = part.pk if part.purpose in OF_THE_PART else part.order_id
    return POSTED_AS[Purpose(part.purpose)], source


def post_payment(part: ChargePart) -> None:
    """Whoever took the buyer's money owes it to us; we hold it for the order."""
    kind, source = posting_of(part)
    leg = Leg(debit=taker_account(part), credit=account(AccountKind.ESCROW), amount=part.amount)
    post(kind, source, [leg])


def post_refund(refund: Refund) -> None:
    """What was held for the order is with the buyer again."""
    leg = Leg(debit=account(AccountKind.ESCROW), credit=_giver_account(refund), amount=refund.amount)
    post(TransactionKind.REFUND_SENT, refund.pk, [leg])


def post_kept_deposit(part: ChargePart) -> None:
    """The parcel went and came back for nothing: its way is the shop's."""
    shop = account(AccountKind.SELLER_PAYABLE, part.order.shop_id)
    leg = Leg(debit=account(AccountKind.ESCROW), credit=shop, amount=part.amount)
    post(TransactionKind.DEPOSIT_KEPT, part.pk, [leg])


def post_taken_back(ticket: Ticket) -> None:
    """The gateway returned money that we had not asked it to: whose loss it is, a person decides."""
    unexplained = account(AccountKind.GATEWAY_UNEXPLAINED)
    clearing = account(AccountKind.GATEWAY_CLEARING)
    post(TransactionKind.GATEWAY_TOOK_BACK, ticket.pk, [Leg(unexplained, clearing, ticket.amount)])


def post_explained(ticket: Ticket, *, borne_by: AccountKind) -> None:
    """Out of what is held for the order, or out of the market's own pocket."""
    leg = Leg(account(borne_by), account(AccountKind.GATEWAY_UNEXPLAINED), ticket.amount)
    post(TransactionKind.UNEXPLAINED_SETTLED, ticket.pk, [leg])


def taker_account(part: ChargePart) -> Account:
    """Who holds the money after the buyer paid."""
    taker = WAYS[part.charge.method].taker
    if taker == Taker.GATEWAY:
        return account(AccountKind.GATEWAY_CLEARING)
    kind = AccountKind.SHOP_COLLECTED if taker == Taker.SHOP else AccountKind.DOOR_CASH
    return account(kind, part.order.shop_id)


def _giver_account(refund: Refund) -> Account:
    """A transfer by hand leaves the market's bank, or the shop that had taken the money itself."""
    by_hand = BankRefund.objects.filter(refund=refund).first()
    if by_hand is None:
        return account(AccountKind.GATEWAY_CLEARING)
    if by_hand.payer == BankRefund.Payer.SHOP:
        return account(AccountKind.SHOP_COLLECTED, refund.order.shop_id)
    return account(AccountKind.BANK_CLEARING)
