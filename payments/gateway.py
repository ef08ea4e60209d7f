"""What the market needs of whoever takes its buyers' money, and the words both sides use."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol

CURRENCY = "IDR"

# How far a payment's story has come. Only a higher rank changes anything, so that messages may come
# twice and in any order. A challenged capture is not money yet.
RANKS: dict[str, int] = {
    "authorize": 10,
    "pending": 10,
    "deny": 20,
    "failure": 20,
    "expire": 25,
    "cancel": 25,
    "capture": 30,
    "settlement": 40,
    "partial_refund": 50,
    "partial_chargeback": 50,
    "chargeback": 55,
    "refund": 60,
}
PAID = frozenset({"capture", "settlement"})
# The money had come, and some of it has gone again.
TAKEN_BACK = frozenset({"partial_refund", "refund", "partial_chargeback", "chargeback"})
CHARGED_BACK = frozenset({"partial_chargeback", "chargeback"})


class GatewayProblem(Exception):
    """The gateway did not do what was asked."""


class GatewayUnavailable(GatewayProblem):
    """No usable answer: it may have happened or not. Asking again is safe."""


class GatewayRefused(GatewayProblem):
    """A clear no."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(code, reason)
        self.code, self.reason = code, reason


@dataclass(frozen=True)
class ChargeWish:
    """A wish to be paid. Its reference makes it happen once."""

    reference: str
    amount: int  # rupiah
    method: str
    ordered_at: datetime
    lives_seconds: int
    notice_url: str
    return_url: str  # where the gateway's own pages send the buyer back to
    shop_id: int  # whose till it is, where the money goes to a shop directly


@dataclass(frozen=True)
class GatewayAnswer:
    """How the gateway sees one payment at this moment."""

    reference: str
    status: str
    amount: int  # rupiah
    currency: str
    transaction_id: str
    is_accepted: bool  # not held back by fraud screening
    qr_string: str = ""
    va_number: str = ""
    pay_url: str = ""
    unique_code: int = 0
    expires_at: datetime | None = None
    returned: int = 0  # rupiah: refunded or charged back so far
    refunds: Mapping[str, int] = field(default_factory=dict)  # rupiah by the key each was asked with

    @classmethod
    def waiting(cls, wish: ChargeWish, **shown: Any) -> GatewayAnswer:
        """Nothing is paid yet; `shown` is what the buyer needs for it."""
        return cls(wish.reference, "pending", wish.amount, CURRENCY, "", is_accepted=True, **shown)

    @property
    def rank(self) -> int:
        if self.status == "capture" and not self.is_accepted:
            return RANKS["pending"]
        return RANKS.get(self.status, 0)

    @property
    def is_paid(self) -> bool:
        return self.status in PAID and self.is_accepted


@dataclass(frozen=True)
class ReportLine:
    """One payment in the gateway's own list of a day."""

    reference: str
    status: str
    amount: int  # rupiah
    returned: int | None = 0  # nothing when the list does not say how much


class Gateway(Protocol):
    """Every call may raise GatewayUnavailable or GatewayRefused, and none is made in a transaction."""

    def charge(self, wish: ChargeWish) -> GatewayAnswer:
        """Open a payment; the same reference again gives the same payment."""

    def status(self, reference: str) -> GatewayAnswer | None:
        """The gateway's own word on a payment; nothing when it knows of none."""

    def cancel(self, reference: str) -> None:
        """Make sure that an unpaid payment is not paid any more."""

    def refund(self, reference: str, *, amount: int, key: str, reason: str) -> None:
        """Send money back, once for each key."""

    def report(self, day: date) -> Sequence[ReportLine] | None:
        """The gateway's list of what was paid or sent back that day; nothing where it keeps none."""
