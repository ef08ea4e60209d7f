"""What must be true of orders and stock but is too dear to ask at every order: looked at every night."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection

# What came back and cannot be sold again stays counted as sold.
MISCOUNTED = """
    WITH held AS (
        SELECT line.variant_id, line.quantity, line.returned_quantity,
            placed.state = 'pending' AND placed.holds_units AS waits,
            placed.state IN ('confirmed', 'packed', 'shipped', 'received') AS is_sold
        FROM orders_orderline line JOIN orders_order placed ON placed.id = line.order_id
    ), summed AS (
        SELECT variant_id, sum(quantity) FILTER (WHERE waits) AS reserved,
            sum(quantity) FILTER (WHERE is_sold) AS sold,
            sum(quantity - returned_quantity) FILTER (WHERE is_sold) AS kept
        FROM held GROUP BY variant_id
    )
    SELECT stock.variant_id FROM catalog_stock stock LEFT JOIN summed ON summed.variant_id = stock.variant_id
    WHERE stock.reserved <> coalesce(summed.reserved, 0)
        OR stock.sold NOT BETWEEN coalesce(summed.kept, 0) AND coalesce(summed.sold, 0)
    ORDER BY 1
"""
STRAYED = """
    SELECT placed.number FROM orders_order placed
    LEFT JOIN catalog_shop shop ON shop.id = placed.shop_id
    LEFT JOIN livestream_livesession session ON session.id = placed.session_id
    WHERE shop.id IS NULL OR (placed.session_id IS NOT NULL AND session.id IS NULL) OR EXISTS (
        SELECT FROM orders_orderline line LEFT JOIN catalog_variant variant ON variant.id = line.variant_id
        WHERE line.order_id = placed.id AND variant.id IS NULL
    )
    ORDER BY placed.id
"""


@dataclass(frozen=True)
class Findings:
    miscounted: list[int]  # variants whose counters are not what their orders say
    strayed: list[str]  # orders of a shop, from a session or for goods that do not exist

    @property
    def is_clean(self) -> bool:
        return not (self.miscounted or self.strayed)


def look_through() -> Findings:
    with connection.cursor() as cursor:
        cursor.execute(MISCOUNTED)
        miscounted = [variant_id for (variant_id,) in cursor.fetchall()]
        cursor.execute(STRAYED)
        return Findings(miscounted, [number for (number,) in cursor.fetchall()])
