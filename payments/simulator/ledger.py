"""The simulator's payments: kept in Valkey, moved along one legal path."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, cast
from zoneinfo import ZoneInfo

import redis

JAKARTA = ZoneInfo("Asia/Jakarta")
KEPT_SECONDS = 7 * 24 * 3600
WHEN = "%Y-%m-%d %H:%M:%S"
# What may follow what.
PATHS: dict[str, set[str]] = {
    # A page for cards was opened: the gateway knows of no transaction before a card is entered.
    "intent": {"capture", "deny", "expire"},
    "pending": {"settlement", "deny", "cancel", "expire"},
    "capture": {"settlement", "cancel"},
    "settlement": {"partial_refund", "refund", "partial_chargeback", "chargeback"},
    "partial_refund": {"partial_refund", "refund", "chargeback"},
    "partial_chargeback": {"chargeback"},
}
OPEN = ("intent", "pending")


class Conflict(Exception):
    """The payment cannot go there from where it is."""


class Unknown(Exception):
    """There is no such payment."""


class Duplicate(Exception):
    """This order already has a payment."""


@dataclass(frozen=True)
class Payment:
    order_id: str
    transaction_id: str
    amount: str  # with two decimals, as the wire has it
    payment_type: str
    bank: str
    va_number: str
    qr_string: str
    notice_url: str
    status: str
    made_at: str
    expires_at: str
    key: str = ""  # the idempotency key it was made under
    paid_at: str = ""
    issuer: str = "simulator"  # whose app it was paid with
    return_url: str = ""  # where the buyer came from
    refunds: dict[str, int] = field(default_factory=dict)  # rupiah by key, charged back ones too

    @property
    def rupiah(self) -> int:
        return int(float(self.amount))

    @property
    def returned(self) -> int:
        return sum(self.refunds.values())

    def is_overdue(self, now: datetime) -> bool:
        return self.status in OPEN and self.expires_at <= stamp(now)


def stamp(moment: datetime) -> str:
    return moment.astimezone(JAKARTA).strftime(WHEN)


def now() -> datetime:
    return datetime.now(JAKARTA)


def new_transaction_id() -> str:
    return str(uuid.uuid4())


def va_number(bank: str, order_id: str) -> str:
    """Eleven to eighteen digits behind the bank's prefix, the same for the same order."""
    prefix = {"bca": "70012", "bni": "98812", "bri": "26215", "permata": "85620"}[bank]
    digits = int(hashlib.sha256(order_id.encode()).hexdigest(), 16) % 10**11
    return f"{prefix}{digits:011d}"


class Book:
    """All payments. Several processes may share it."""

    def __init__(self, store: redis.Redis, prefix: str = "simulator") -> None:
        self.store, self.prefix = store, prefix

    def add(self, payment: Payment) -> None:
        """Raises Duplicate when the order has a payment."""
        if not self.store.set(self._key(payment.order_id), _pack(payment), nx=True, ex=KEPT_SECONDS):
            raise Duplicate(payment.order_id)
        self.store.zadd(self._due, {payment.order_id: _epoch(payment.expires_at)})
        self.store.lpush(self._made, payment.order_id)
        self.store.ltrim(self._made, 0, 99)

    def get(self, order_id: str) -> Payment:
        packed = cast("str | None", self.store.get(self._key(order_id)))
        if packed is None:
            raise Unknown(order_id)
        return Payment(**json.loads(packed))

    def move(self, order_id: str, status: str, **facts: Any) -> Payment:
        """To `status` if there is a way, all at once; raises Conflict otherwise."""

        def step(payment: Payment) -> Payment:
            if status not in PATHS.get(payment.status, set()):
                raise Conflict(payment.status)
            return replace(payment, status=status, **facts)

        return self._change(order_id, step)

    def note_day(self, order_id: str, day: str) -> None:
        """Money moved on this day: the report of the day has a line for it."""
        self.store.sadd(self._day(day), order_id)
        self.store.expire(self._day(day), KEPT_SECONDS)

    def moved_on(self, day: str) -> list[Payment]:
        orders = sorted(cast("set[str]", self.store.smembers(self._day(day))))
        return [self.get(order_id) for order_id in orders if self.store.exists(self._key(order_id))]

    def overdue(self, at: datetime) -> list[str]:
        """Orders whose time is up; each is given to one caller only."""
        found = cast("list[str]", self.store.zrangebyscore(self._due, 0, at.timestamp(), start=0, num=50))
        return [order_id for order_id in found if self.store.zrem(self._due, order_id)]

    def recent(self, count: int) -> list[Payment]:
        orders = cast("list[str]", self.store.lrange(self._made, 0, count - 1))
        return [self.get(order_id) for order_id in orders if self.store.exists(self._key(order_id))]

    def _change(self, order_id: str, step: Callable[[Payment], Payment]) -> Payment:
        key = self._key(order_id)
        with self.store.pipeline() as pipe:
            while True:
                try:
                    pipe.watch(key)  # type: ignore[no-untyped-call]
                    changed = step(self.get(order_id))
                    pipe.multi()
                    pipe.set(key, _pack(changed), ex=KEPT_SECONDS)
                    pipe.execute()
                except redis.WatchError:
                    continue
                return changed

    def _key(self, order_id: str) -> str:
        return f"{self.prefix}:payment:{order_id}"

    def _day(self, day: str) -> str:
        return f"{self.prefix}:day:{day}"

    @property
    def _due(self) -> str:
        return f"{self.prefix}:due"

    @property
    def _made(self) -> str:
        return f"{self.prefix}:made"


def _pack(payment: Payment) -> str:
    return json.dumps(asdict(payment))


def _epoch(text: str) -> float:
    return datetime.strptime(text, WHEN).replace(tzinfo=JAKARTA).timestamp()


def lifetime(expiry: dict[str, Any], begun: datetime) -> datetime:
    """Midtrans' `custom_expiry`, or a day."""
    if not expiry:
        return begun + timedelta(days=1)
    start = datetime.strptime(expiry["order_time"], f"{WHEN} %z") if expiry.get("order_time") else begun
    unit = {"second": 1, "minute": 60, "hour": 3600, "day": 86_400}[expiry.get("unit", "minute")]
    return start + timedelta(seconds=int(expiry["expiry_duration"]) * unit)
