"""Every write of the catalogue."""

from catalog.operations.photos import MOST_PHOTOS, TooManyPhotos, add_photos, move_photo, remove_photo
from catalog.operations.prices import note_charged
from catalog.operations.products import create_product, edit_product, restore_product, withdraw_product
from catalog.operations.shops import AlreadyHasShop, SlugTaken, close_shop, edit_shop, open_shop
from catalog.operations.stock import NotEnoughLeft, StockMoved, put_back, restock, set_aside, set_stock
from catalog.operations.variants import (
    LiveCodeTaken,
    SkuTaken,
    add_variant,
    edit_variant,
    restore_variant,
    withdraw_variant,
)

__all__ = [
    "MOST_PHOTOS",
    "AlreadyHasShop",
    "LiveCodeTaken",
    "NotEnoughLeft",
    "SkuTaken",
    "SlugTaken",
    "StockMoved",
    "TooManyPhotos",
    "add_photos",
    "add_variant",
    "close_shop",
    "create_product",
    "edit_product",
    "edit_shop",
    "edit_variant",
    "move_photo",
    "note_charged",
    "open_shop",
    "put_back",
    "remove_photo",
    "restock",
    "restore_product",
    "restore_variant",
    "set_aside",
    "set_stock",
    "withdraw_product",
    "withdraw_variant",
]
