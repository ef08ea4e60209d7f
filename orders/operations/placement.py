"""Placing an order: one call of one SQL function, in one round trip."""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from psycopg.types.json import Jsonb

from accounts.models import User
from deals.operations.turns import turns_taken
from deals.queries.turns import units_held
from orders.models import Order, new_number
from orders.operations.refusals import (
    BasketRefused,
    Busy,
    CodNotAccepted,
    DealMoved,
    KeyReused,
    NoLongerSold,
    OutOfStock,
    OwnGoods,
    PriceChanged,
    QuoteGone,
    Refused,
)
from orders.operations.stock import Units, move_units

MOST_LINES = 20
MOST_UNITS_PER_LINE = 99
OTHER_PRICES = 4  # how often a deal may slip away in the moment it is taken
# All of the order but its address, which the caller knows.
COLUMNS = [field.attname for field in Order._meta.concrete_fields if field.attname != "address"]
PLACE = f"SELECT {', '.join(COLUMNS)} FROM orders_place({', '.join(['%s'] * 16)})"  # noqa: S608 - names of our own
LOCK_TIMEOUT, STATEMENT_TIMEOUT, DEADLOCK = "55P03", "57014", "40P01"
WORTH_A_RETRY = {LOCK_TIMEOUT, STATEMENT_TIMEOUT, DEADLOCK}


def place_order(
    *,
    buyer: User,
    shop_id: int,
    basket: Mapping[int, int],
    method: str,
    address: dict[str, str],
    idempotency_key: UUID,
    session_id: int | None = None,
    session_ms: int | None = None,
    attribution: Mapping[int, dict[str, Any]] | None = None,
    expected_total: int | None = None,
    shipping_quote: UUID | None = None,
) -> Order:
    """Take the units and record the order, or change nothing at all.

    `basket` maps variant ids to quantities. The same key with the same content gives the same order
    again; `expected_total` is what the buyer was shown, and the most that is charged. Without a
    `shipping_quote` of `shipping.operations.offer_ways` the shop's flat fee holds; an order of the same show
    that goes to the same door before the first is packed rides along, for the weight that it adds.
    """
    _check(basket)
    wish = _Wish(
        buyer_id=buyer.pk,
        shop_id=shop_id,
        basket=dict(sorted(basket.items())),
        method=Order.Method(method),
        address=address,
        key=idempotency_key,
        session_id=session_id,
        session_ms=session_ms,
        attribution=attribution or {},
        expected_total=expected_total,
        shipping_quote=shipping_quote,
    )
    try:
        return _place_with_patience(wish)
    except OutOfStock:
        if not units_held(buyer, basket):
            raise
    return _place_in_turn(buyer, wish)


def _place_in_turn(buyer: User, wish: _Wish) -> Order:
    """With the units that are held for this buyer, who waited for them in line."""
    with turns_taken(buyer, wish.basket) as turns:
        order = _place_with_patience(wish)
        for turn in turns:
            turn.order_id = order.pk
        if turns and order.is_new and not order.holds_units:
            _hold_units(order, wish.basket)
    return order


def _hold_units(order: Order, basket: Mapping[int, int]) -> None:
    """Whoever's turn it is need not be the first to pay."""
    order.holds_units = True
    order.save(update_fields=["holds_units"])
    units: Units = {(variant_id, "available"): quantity for variant_id, quantity in basket.items()}
    move_units(units, source="home", target="reserved")


def _check(basket: Mapping[int, int]) -> None:
    if not 1 <= len(basket) <= MOST_LINES:
        raise BasketRefused(len(basket))
    for quantity in basket.values():
        if not 1 <= quantity <= MOST_UNITS_PER_LINE:
            raise BasketRefused(quantity)


@dataclass(frozen=True)
class _Wish:
    """All that one call of the function is given."""

    buyer_id: int
    shop_id: int
    basket: dict[int, int]
    method: Order.Method
    address: dict[str, str]
    key: UUID
    session_id: int | None
    session_ms: int | None
    attribution: Mapping[int, dict[str, Any]]
    expected_total: int | None
    shipping_quote: UUID | None

    def content_hash(self) -> str:
        """Tells a repeated request from another one that reuses its key."""
        content = [self.buyer_id, self.shop_id, self.basket, self.method, self.address, self.session_id]
        if self.shipping_quote:
            content.append(str(self.shipping_quote))
        text = json.dumps(content, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()

    def arguments(self, number: str) -> list[Any]:
        now = timezone.now()
        return [
            self.key,
            self.content_hash(),
            number,
            self.buyer_id,
            self.shop_id,
            self.method.value,
            Jsonb(self.address),
            list(self.basket),
            list(self.basket.values()),
            self.expected_total,
            now,
            now + timedelta(seconds=self._patience()),
            self.session_id,
            self.session_ms,
            Jsonb({str(variant_id): fact for variant_id, fact in self.attribution.items()}),
            self.shipping_quote,
        ]

    def _patience(self) -> int:
        """How long the units wait: people need longer where people, not machines, look after the money."""
        return settings.HOLD_SECONDS.get(self.method.value, settings.RESERVATION_SECONDS)


def _place(wish: _Wish) -> Order:
    number = new_number()
    try:
        with _savepoint_if_needed(), connection.cursor() as cursor:
            cursor.execute(PLACE, wish.arguments(number))
            order = Order.from_db(connection.alias, COLUMNS, cursor.fetchone())
    except DatabaseError as problem:
        raise _refusal(problem) from problem
    order.is_new = order.number == number
    return order


def _place_with_patience(wish: _Wish) -> Order:
    """Try again where that may help: the key makes it safe even if a call before did its work."""
    try:
        return _place(wish)
    except (Busy, DealMoved):
        pass
    for _ in range(OTHER_PRICES):
        try:
            return _place(wish)
        except DealMoved as moved:
            refusal = moved
    raise PriceChanged(refusal.total) from refusal


def _savepoint_if_needed() -> contextlib.AbstractContextManager[None]:
    """Inside a transaction a refusal must not spoil it; outside, BEGIN and COMMIT would be two more trips."""
    return transaction.atomic() if connection.in_atomic_block else contextlib.nullcontext()


def _refusal(problem: DatabaseError) -> Exception:
    """The function's own error codes as exceptions; anything else stays what it was."""
    cause = problem.__cause__
    code = getattr(cause, "sqlstate", None)
    detail = getattr(getattr(cause, "diag", None), "message_detail", None) or ""
    if code in WORTH_A_RETRY:
        return Busy()
    if code == "P0S01":
        variant_id, _, available = detail.partition(":")
        return OutOfStock(int(variant_id), int(available))
    if code in PRICE_REFUSALS:
        return PRICE_REFUSALS[code](int(detail))
    return PLAIN_REFUSALS.get(code or "", lambda: problem)()


PRICE_REFUSALS: dict[str, type[PriceChanged]] = {"P0S06": PriceChanged, "P0S07": DealMoved}
PLAIN_REFUSALS: dict[str, type[Refused]] = {
    "P0S02": NoLongerSold,
    "P0S03": KeyReused,
    "P0S04": OwnGoods,
    "P0S05": CodNotAccepted,
    "P0S08": QuoteGone,
}
