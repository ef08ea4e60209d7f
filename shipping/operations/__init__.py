"""Every write to ways of sending, quotes, parcels and tracking."""

from shipping.operations.forgetting import forget_buyer
from shipping.operations.notices import apply_notice, ask_about_parcels, record_notice
from shipping.operations.parcels import (
    CannotBeCalledOff,
    book_courier,
    call_off,
    is_awaited,
    is_called_off,
    note_delivery,
    open_again,
    open_parcel,
    write_waybill,
)
from shipping.operations.quotes import forget_old_quotes, offer_ways
from shipping.operations.setups import drop_tariff, save_setup, set_tariff

__all__ = [
    "CannotBeCalledOff",
    "apply_notice",
    "ask_about_parcels",
    "book_courier",
    "call_off",
    "drop_tariff",
    "forget_buyer",
    "forget_old_quotes",
    "is_awaited",
    "is_called_off",
    "note_delivery",
    "offer_ways",
    "open_again",
    "open_parcel",
    "record_notice",
    "save_setup",
    "set_tariff",
    "write_waybill",
]
