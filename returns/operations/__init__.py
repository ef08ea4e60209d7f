"""Every write to returns and disputes."""

from returns.operations.answering import approve, refuse
from returns.operations.asking import Wanted, ask, withdraw
from returns.operations.clock import lapse_due
from returns.operations.disputing import Decision, decide, dispute, object_to
from returns.operations.evidence import add_evidence
from returns.operations.money import refund_due
from returns.operations.refusals import (
    NotAllUnits,
    NothingAsked,
    NotPossible,
    Refused,
    TooLate,
    TooManyDisputes,
    TooManyPhotos,
    TooManyUnits,
)
from returns.operations.sending import confirm, send_back

__all__ = [
    "Decision",
    "NotAllUnits",
    "NotPossible",
    "NothingAsked",
    "Refused",
    "TooLate",
    "TooManyDisputes",
    "TooManyPhotos",
    "TooManyUnits",
    "Wanted",
    "add_evidence",
    "approve",
    "ask",
    "confirm",
    "decide",
    "dispute",
    "lapse_due",
    "object_to",
    "refund_due",
    "refuse",
    "send_back",
    "withdraw",
]
