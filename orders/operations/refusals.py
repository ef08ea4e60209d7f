"""Why an order, or a step of one, is refused."""

from __future__ import annotations

from orders.models import Order
from orders.transitions import Event


class Refused(Exception):
    """Nothing was changed."""


class OutOfStock(Refused):
    """Fewer units are left than were asked for."""

    def __init__(self, variant_id: int, available: int) -> None:
        super().__init__(variant_id, available)
        self.variant_id, self.available = variant_id, available


class NoLongerSold(Refused):
    """Something in the basket, or the whole shop, is not for sale."""


class KeyReused(Refused):
    """The idempotency key belongs to a request with other content."""


class OwnGoods(Refused):
    """People do not buy from themselves."""


class CodNotAccepted(Refused):
    """This shop wants to be paid before it sends."""


class QuoteGone(Refused):
    """The fee for sending was for something else, or for another time: ask again."""


class PriceChanged(Refused):
    """The buyer was shown another total than the one that holds now."""

    def __init__(self, total: int) -> None:
        super().__init__(total)
        self.total = total


class DealMoved(PriceChanged):
    """Somebody took the last unit of a deal, or the voucher was used, in the same moment."""


class BasketRefused(Refused):
    """Empty, too many lines, or a quantity out of bounds."""


class Busy(Refused):
    """Too many are buying the same thing right now; the same key may be sent again."""


class NotPossible(Refused):
    """The order has gone too far, or not far enough, for this step."""

    def __init__(self, order: Order, event: Event) -> None:
        super().__init__(order.number, order.state, event)
        self.order, self.event = order, event


class CarriesOthers(NotPossible):
    """Paid orders travel in its parcel, for its fee: whoever cancels them first may cancel it."""


class AlreadyWithCourier(NotPossible):
    """The courier has fetched the parcel: it is on its way, whatever is written here."""
