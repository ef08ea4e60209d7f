"""Double-entry books in whole rupiah. Rows are only ever added; a balance is the sum of transfers.

A transfer names one account debited and one credited and an amount above zero, so that the sum over
all accounts is zero by construction. `Balance` is a cache of those sums, written in the same
transaction. Triggers refuse UPDATE, DELETE and TRUNCATE on transactions and transfers.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q


class AccountKind(models.IntegerChoices):
    """What an account stands for. Owner 0 is the market itself; else a shop or affiliate id."""

    GATEWAY_CLEARING = 1, "money the payment gateway owes us"
    ESCROW = 2, "buyers' money held for orders"
    SELLER_RESERVE = 3, "commission reserved out of a shop's orders"
    SELLER_PAYABLE = 4, "what the market owes a shop"
    AFFILIATE_AVAILABLE = 5, "what the market owes an affiliate"
    AFFILIATE_IN_TRANSIT = 6, "payout under way"
    BANK_CLEARING = 7, "money at the bank"
    PLATFORM_FEE = 8, "the market's own income"
    SETTLEMENT_CLEARING = 9, "passes through a settlement batch, zero after it"
    CLAWBACK_RECEIVABLE = 10, "to be offset against later commission"
    WRITE_OFF = 11, "given up"
    SHOP_COLLECTED = 12, "order money that buyers paid a shop directly, at its own QRIS or bank"
    DOOR_CASH = 13, "order money that couriers of a shop's parcels took at the door"
    GATEWAY_UNEXPLAINED = 14, "left the gateway without our asking, until a person says why"
    SELLER_HELD_BACK = 15, "settled early, kept until the return window is over"
    GATEWAY_FEE = 16, "what orders pay for the gateway's work"
    TAX_WITHHELD = 17, "tax kept for the state"
    SELLER_IN_TRANSIT = 18, "payout to a shop under way"


class TransactionKind(models.IntegerChoices):
    ORDER_PAID = 1
    COMMISSION_RESERVED = 2
    COMMISSION_RELEASED = 3
    COMMISSION_SETTLED = 4
    ORDER_REFUNDED = 5
    SELLER_SETTLED = 6  # the source is the posting of a settlement
    DEPOSIT_PAID = 7  # ahead of a COD parcel; the source is the part of the charge
    REFUND_SENT = 8  # all or some of an order's money is with its buyer again; the source is the refund
    DEPOSIT_KEPT = 9  # the parcel was refused, and the deposit pays the shop its way; the source is the part
    GATEWAY_TOOK_BACK = 10  # unasked refunds and chargebacks; the source is the ticket
    UNEXPLAINED_SETTLED = 11  # a person said whose money that was; the source is the ticket
    PAYOUT_SENT = 12  # the source of these four is the payout
    PAYOUT_PAID = 13
    PAYOUT_FAILED = 14
    PAYOUT_RETURNED = 15
    PAID_TWICE = 16  # money for an order that another payment had paid; the source is the part of the charge


class Account(models.Model):
    kind = models.PositiveSmallIntegerField(choices=AccountKind.choices)
    owner_id = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="ledger_one_account_per_kind_and_owner", fields=["kind", "owner_id"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} #{self.owner_id}"


class Transaction(models.Model):
    """One thing that happened, posted once: (kind, source_id) is its idempotency key."""

    kind = models.PositiveSmallIntegerField(choices=TransactionKind.choices)
    source_id = models.BigIntegerField()
    posted_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="ledger_a_source_is_posted_once", fields=["kind", "source_id"]),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.source_id}"


class Transfer(models.Model):
    """One leg. Hot: written by the ten thousand, so the reconciler proves what foreign keys would."""

    transaction = models.ForeignKey(
        Transaction, models.PROTECT, related_name="transfers", db_constraint=False, db_index=False
    )
    leg = models.PositiveIntegerField()
    debit = models.ForeignKey(Account, models.PROTECT, related_name="+", db_constraint=False, db_index=False)
    credit = models.ForeignKey(Account, models.PROTECT, related_name="+", db_constraint=False, db_index=False)
    amount = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="ledger_a_leg_is_posted_once", fields=["transaction", "leg"]),
            models.CheckConstraint(name="ledger_a_transfer_moves_money", condition=Q(amount__gt=0)),
            models.CheckConstraint(name="ledger_a_transfer_has_two_sides", condition=~Q(debit=F("credit"))),
        ]

    def __str__(self) -> str:
        return f"{self.debit_id} -> {self.credit_id}: {self.amount}"


class Balance(models.Model):
    """Credits minus debits of one account: a cache that the reconciler compares with the transfers."""

    account = models.OneToOneField(Account, models.PROTECT, primary_key=True, db_constraint=False)
    amount = models.BigIntegerField(default=0)
    entries = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.account}: {self.amount}"
