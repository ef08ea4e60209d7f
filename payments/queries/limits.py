"""What speaks against one more order, asked in one question on the way to placing it."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.db import connection


@dataclass(frozen=True)
class Standing:
    """`offers_for` in short, for the moment in which the order comes."""

    method: str
    is_open: bool
    unpaid: int  # orders of the buyer that wait for their money
    at_the_door: int  # parcels of the buyer on their way, to be paid when they come

    @property
    def is_offered(self) -> bool:
        return self.is_open and self.method in settings.PAYMENT_METHODS

    @property
    def owes_too_much(self) -> bool:
        is_cod = self.method == "cod"
        return self.unpaid >= settings.MOST_UNPAID_ORDERS or (
            is_cod and self.at_the_door >= settings.MOST_PARCELS_UNPAID
        )


def standing(*, method: str, shop_id: int, buyer_id: int) -> Standing:
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM payments_standing(%s, %s, %s)", [method, shop_id, buyer_id])
        return Standing(method, *cursor.fetchone())
