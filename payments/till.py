"""A shop's own QRIS sticker and bank account, spoken to like a gateway that cannot answer by itself."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date

from payments import sticker
from payments.gateway import ChargeWish, GatewayAnswer, GatewayRefused, ReportLine
from payments.models import Charge, ShopTill

NOT_SET_UP, BY_HAND = "till", "by_hand"


class Till:
    """Speaks `payments.gateway.Gateway`. Only a person at the shop knows whether money came."""

    def charge(self, wish: ChargeWish) -> GatewayAnswer:
        till = ShopTill.objects.filter(pk=wish.shop_id).first()
        if wish.method == "shop_qris" and till and till.has_qris:
            payload = sticker.for_payment(till.qris_payload, amount=wish.amount, reference=wish.reference)
            return GatewayAnswer.waiting(wish, qr_string=payload)
        if wish.method == "transfer" and till and till.has_account:
            code = _free_code(wish) if till.uses_unique_code else 0
            return GatewayAnswer.waiting(wish, va_number=till.account_number, unique_code=code)
        raise GatewayRefused(NOT_SET_UP, "the shop has no such till")

    def status(self, reference: str) -> GatewayAnswer | None:
        return None

    def cancel(self, reference: str) -> None:
        """Nobody can stop a buyer from paying a sticker."""

    def refund(self, reference: str, *, amount: int, key: str, reason: str) -> None:
        raise GatewayRefused(BY_HAND, "the shop sends it back itself")

    def report(self, day: date) -> Sequence[ReportLine] | None:
        return None


def _free_code(wish: ChargeWish) -> int:
    """Three digits that make the sum differ from all others this shop waits for."""
    waiting = Charge.objects.filter(
        parts__order__shop_id=wish.shop_id, method="transfer", state=Charge.State.PENDING
    )
    sums = {charge.sum_to_send for charge in waiting}
    free = [code for code in range(1, 1000) if wish.amount + code not in sums]
    return random.choice(free) if free else 0  # noqa: S311  # a mark, not a secret
