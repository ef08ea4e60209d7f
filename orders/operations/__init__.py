"""Every write to orders and to the counters of what is for sale."""

from orders.operations.batches import (
    RowsMoved,
    forget_old_labels,
    import_waybills,
    pack_orders,
    print_labels,
    want_labels,
)
from orders.operations.calling import call_courier, call_off_courier
from orders.operations.cancellation import cancel_order, record_refund
from orders.operations.expiry import expire_unpaid
from orders.operations.forgetting import forget_buyer
from orders.operations.fulfilment import (
    follow_parcels,
    give_up_parcel,
    pack_order,
    receive_order,
    record_cash,
    refuse_parcel,
    ship_order,
)
from orders.operations.payment import PaymentOutcome, confirm_cod, extend_hold, mark_paid
from orders.operations.placement import (
    MOST_LINES,
    MOST_UNITS_PER_LINE,
    place_order,
)
from orders.operations.refusals import (
    AlreadyWithCourier,
    BasketRefused,
    Busy,
    CarriesOthers,
    CodNotAccepted,
    KeyReused,
    NoLongerSold,
    NotPossible,
    OutOfStock,
    OwnGoods,
    PriceChanged,
    QuoteGone,
    Refused,
)
from orders.operations.reservation import hold_for, hold_on_claim, let_pay_first, serve_first_paid
from orders.operations.returns import take_back

__all__ = [
    "MOST_LINES",
    "MOST_UNITS_PER_LINE",
    "AlreadyWithCourier",
    "BasketRefused",
    "Busy",
    "CarriesOthers",
    "CodNotAccepted",
    "KeyReused",
    "NoLongerSold",
    "NotPossible",
    "OutOfStock",
    "OwnGoods",
    "PaymentOutcome",
    "PriceChanged",
    "QuoteGone",
    "Refused",
    "RowsMoved",
    "call_courier",
    "call_off_courier",
    "cancel_order",
    "confirm_cod",
    "expire_unpaid",
    "extend_hold",
    "follow_parcels",
    "forget_buyer",
    "forget_old_labels",
    "give_up_parcel",
    "hold_for",
    "hold_on_claim",
    "import_waybills",
    "let_pay_first",
    "mark_paid",
    "pack_order",
    "pack_orders",
    "place_order",
    "print_labels",
    "receive_order",
    "record_cash",
    "record_refund",
    "refuse_parcel",
    "serve_first_paid",
    "ship_order",
    "take_back",
    "want_labels",
]
