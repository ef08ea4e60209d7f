"""What the market needs of a payment gateway, and the words both sides use."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

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
    """One order's wish to be paid. The order's number makes it happen once."""

    order_number: str
    amount: int  # rupiah
    method: str
    ordered_at: datetime
    lives_seconds: int
    notice_url: str


@dataclass(frozen=True)
class GatewayAnswer:
    """How the gateway sees one payment at this moment."""

    order_number: str
    status: str
    amount: int  # rupiah
    currency: str
    transaction_id: str
    is_accepted: bool  # not held back by fraud screening
    qr_string: str = ""
    va_number: str = ""
    expires_at: datetime | None = None

    @property
    def rank(self) -> int:
        if self.status == "capture" and not self.is_accepted:
            return RANKS["pending"]
        return RANKS.get(self.status, 0)

    @property
    def is_paid(self) -> bool:
        return self.status in ("capture", "settlement") and self.is_accepted


class Gateway(Protocol):
    """Every call may raise GatewayUnavailable or GatewayRefused, and none is made in a transaction."""

    def charge(self, wish: ChargeWish) -> GatewayAnswer:
        """Open a payment; the same order again gives the same payment."""

    def status(self, order_number: str) -> GatewayAnswer | None:
        """The gateway's own word on a payment; nothing when it knows of none."""

    def cancel(self, order_number: str) -> None:
        """Make sure that an unpaid payment is not paid any more."""

    def refund(self, order_number: str, *, amount: int, reason: str) -> None:
        """Send the money back, once."""
