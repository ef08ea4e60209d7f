"""Every write of settlements and payouts, by subject."""

from payouts.operations.accounts import (
    WrongLink,
    add_account,
    confirm_account,
    forget_unused_accounts,
    remember_new_account,
)
from payouts.operations.batches import (
    NothingToPay,
    NotUnderWay,
    fail_payout,
    make_batch,
    pay_payout,
    return_payout,
)
from payouts.operations.findings import prove_books
from payouts.operations.results import ResultProblem, take_in_results
from payouts.operations.settling import (
    correct_settlements,
    hold_settlement,
    plan_settlements,
    release_settlement,
    settle_due,
    settle_order,
)

__all__ = [
    "NotUnderWay",
    "NothingToPay",
    "ResultProblem",
    "WrongLink",
    "add_account",
    "confirm_account",
    "correct_settlements",
    "fail_payout",
    "forget_unused_accounts",
    "hold_settlement",
    "make_batch",
    "pay_payout",
    "plan_settlements",
    "prove_books",
    "release_settlement",
    "remember_new_account",
    "return_payout",
    "settle_due",
    "settle_order",
    "take_in_results",
]
