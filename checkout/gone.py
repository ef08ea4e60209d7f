"""What was sold out a moment ago: of many who press at once most come too late, and one question says so.

Whoever was refused leaves word here, in this process and for two seconds. The word alone decides nothing: the
database is asked whether it is still so, and whether this very key has its order already.
"""

from __future__ import annotations

import time
from uuid import UUID

from django.db import connection
from django.http import QueryDict

from kit.numbers import uuid_in, whole_number

FRESH_SECONDS = 2.0
MOST_KNOWN = 1_000
ASK = """
    SELECT stock.available = 0 AND stock.set_aside = 0
        AND NOT EXISTS (SELECT FROM orders_order placed WHERE placed.idempotency_key = %s)
    FROM catalog_stock stock WHERE stock.variant_id = %s
"""

_known: dict[int, float] = {}


def remember(variant_id: int) -> None:
    if len(_known) >= MOST_KNOWN:
        _known.clear()
    _known[variant_id] = time.monotonic()


def is_gone(typed: QueryDict) -> bool:
    """Whether what was chosen is still sold out; a winner who asks again is not told so."""
    variant_id, key = whole_number(typed.get("variant", "")), uuid_in(typed.get("key", ""))
    if (
        variant_id is None
        or key is None
        or time.monotonic() - _known.get(variant_id, -FRESH_SECONDS) > FRESH_SECONDS
    ):
        return False
    return _still(variant_id, key)


def _still(variant_id: int, key: UUID) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(ASK, [key, variant_id])
        row = cursor.fetchone()
    return bool(row and row[0])
