"""The ways to pay: who takes the money, and how it looks to the buyer."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from orders.models import Order
from payments.gateway import Gateway
from payments.midtrans import MidtransGateway
from payments.till import Till

Method = Order.Method


class Taker(StrEnum):
    """Whose hands the money comes into first."""

    GATEWAY = "gateway"
    SHOP = "shop"
    COURIER = "courier"


@dataclass(frozen=True)
class Way:
    method: Order.Method
    taker: Taker
    icon: str
    hint: str | Promise

    @property
    def label(self) -> str:
        return str(self.method.label)


_APPS = _("GoPay, OVO, DANA, bank apa saja")
_BANK = _("Lewat m-banking atau ATM")
WAYS: dict[str, Way] = {
    way.method.value: way
    for way in (
        Way(Method.QRIS, Taker.GATEWAY, "qr-code", _APPS),
        Way(Method.GOPAY, Taker.GATEWAY, "wallet", _("Buka aplikasi Gojek")),
        Way(Method.SHOPEEPAY, Taker.GATEWAY, "wallet", _("Buka aplikasi Shopee")),
        Way(Method.VA_BCA, Taker.GATEWAY, "landmark", _BANK),
        Way(Method.VA_BNI, Taker.GATEWAY, "landmark", _BANK),
        Way(Method.VA_BRI, Taker.GATEWAY, "landmark", _BANK),
        Way(Method.VA_PERMATA, Taker.GATEWAY, "landmark", _("Dari bank apa saja")),
        Way(Method.CARD, Taker.GATEWAY, "credit-card", _("Di halaman aman Midtrans")),
        Way(Method.SHOP_QRIS, Taker.SHOP, "qr-code", _("Langsung ke lapak, lalu unggah buktinya")),
        Way(Method.TRANSFER, Taker.SHOP, "landmark", _("Langsung ke lapak, lalu unggah buktinya")),
        Way(Method.COD, Taker.COURIER, "banknote", _("Siapkan uang pas")),
    )
}


def gateway_of(method: str) -> Gateway:
    """Who is asked about a payment by this method."""
    return MidtransGateway() if is_by_gateway(method) else Till()


def is_by_gateway(method: str) -> bool:
    return WAYS[method].taker == Taker.GATEWAY


def is_at_shop(method: str) -> bool:
    """Whether the shop takes the money itself, and so must say that it came."""
    return WAYS[method].taker == Taker.SHOP


def configured() -> list[Way]:
    """What this market was set up for, in the order in which it is offered."""
    return [way for way in WAYS.values() if way.method.value in settings.PAYMENT_METHODS]
