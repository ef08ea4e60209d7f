"""How little a piece may really be sold for in a room: a flash price and a voucher come together."""

from __future__ import annotations

from collections.abc import Iterable

from deals.models import Voucher
from deals.queries.flash import open_deals
from deals.queries.vouchers import open_vouchers
from livestream.models import LiveSession


def after_vouchers(price: int, vouchers: Iterable[Voucher]) -> int:
    """With the best one of them; only one applies."""
    return price - max((_off_a_piece(voucher, price) for voucher in vouchers), default=0)


def with_open_vouchers(session: LiveSession, price: int) -> int:
    return after_vouchers(price, open_vouchers(session))


def flash_prices(session: LiveSession) -> dict[int, int]:
    return dict(open_deals(session).values_list("variant_id", "price"))


def _off_a_piece(voucher: Voucher, price: int) -> int:
    """In the smallest basket that it is good for, rounded up."""
    pieces = max(1, -(-voucher.min_purchase // max(price, 1)))
    goods = price * pieces
    wished = goods * voucher.percent // 100 if voucher.kind == Voucher.Kind.PERCENT else voucher.most_discount
    return -(-min(wished, voucher.most_discount, goods) // pieces)
