"""Settlements with shops, bank accounts of people, payouts, and what the proof found."""

from payouts.models.accounts import BANKS, BankAccount
from payouts.models.findings import Finding
from payouts.models.payouts import Payee, Payout, PayoutBatch
from payouts.models.settlements import Hold, Settlement, SettlementPosting, Speed

__all__ = [
    "BANKS",
    "BankAccount",
    "Finding",
    "Hold",
    "Payee",
    "Payout",
    "PayoutBatch",
    "Settlement",
    "SettlementPosting",
    "Speed",
]
