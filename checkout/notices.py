"""What people are told of an order: the shop when there is something to do, the buyer when it moves."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from inbox.models import Kind
from inbox.operations import Message, tell
from kit.money import rupiah
from orders.models import Order


def tell_shop_to_pack(order_id: int) -> None:
    order = _order(order_id)
    _tell_shop(order, "confirmed", lambda: _at_desk(order, _new_order(order), "confirmed"))


def ask_buyer_to_confirm(order_id: int) -> None:
    """What is paid at the door is packed when its buyer stands by it."""
    order = _order(order_id)
    if order.is_cod and order.state == Order.State.PENDING:
        pay = reverse("payments:pay", args=[order.number])
        _tell_buyer(order, "placed", lambda: _message(order, _to_confirm(order), pay, ""))


def tell_buyer_it_is_held(order_id: int) -> None:
    """Asked for in a chat, and kept: here is where it is paid."""
    order = _order(order_id)
    pay = reverse("payments:pay", args=[order.number])
    _tell_buyer(order, "held", lambda: _message(order, _held(order), pay, ""))


def tell_buyer_it_was_sent(order_id: int) -> None:
    order = _order(order_id)
    _tell_buyer(order, "shipped", lambda: _at_order(order, _sent(order), "shipped"))


def tell_buyer_money_comes_back(order_id: int) -> None:
    order = _order(order_id)
    _tell_buyer(order, "refund_due", lambda: _at_order(order, _money_comes(order), "refund_due"))
    if order.shipped_at:  # the courier lost it, or brought it back
        _tell_shop(order, "given_up", lambda: _at_desk(order, _called_off(order)))


def tell_buyer_money_is_back(order_id: int) -> None:
    order = _order(order_id)
    _tell_buyer(order, "refunded", lambda: _at_order(order, _money_is_back(order)))


def tell_both_it_is_off(order_id: int) -> None:
    """Nothing was paid, or it was to be paid at the door."""
    order = _order(order_id)
    _tell_buyer(order, "cancelled", lambda: _at_order(order, _called_off(order)))
    if order.packed_at or order.paid_at:
        _tell_shop(order, "cancelled", lambda: _at_desk(order, _called_off(order)))


def tell_buyer_it_lapsed(order_id: int) -> None:
    order = _order(order_id)
    _tell_buyer(order, "expired", lambda: _at_order(order, _lapsed(order)))


def tell_buyer_it_is_theirs(order_id: int) -> None:
    """It arrived: now they can say how it is, and send it back."""
    order = _order(order_id)
    _tell_buyer(order, "received", lambda: _at_order(order, _arrived(order)))


# ---- words -----------------------------------------------------------------------------------------

Words = tuple[str, str]  # title, text


def _new_order(order: Order) -> Words:
    said = {"number": order.number, "shop": order.shop.name, "total": rupiah(order.total)}
    return _("Pesanan baru %(number)s") % said, _("%(total)s untuk %(shop)s. Tinggal dikemas.") % said


def _held(order: Order) -> Words:
    said = {"number": order.number, "total": rupiah(order.total), "shop": order.shop.name}
    text = _("Bayar %(total)s sebelum waktunya habis, supaya %(shop)s bisa mengemasnya.") % said
    if order.is_unclaimed:
        return _("Belum dipesan untukmu"), _(
            "Siapa yang bayar duluan, dia yang dapat. Totalnya %(total)s."
        ) % said
    return _("Pesananmu dari obrolan sudah disimpan"), text


def _to_confirm(order: Order) -> Words:
    minutes = settings.HOLD_SECONDS["cod"] // 60
    said = {"number": order.number, "shop": order.shop.name, "minutes": minutes}
    text = (
        _("Pastikan dalam %(minutes)s menit, supaya %(shop)s mengemasnya. Kalau tidak, batal sendiri.") % said
    )
    return _("Pastikan pesanan COD %(number)s") % said, text


def _sent(order: Order) -> Words:
    said = {"number": order.number, "courier": order.courier, "waybill": order.waybill}
    return _("Pesanan %(number)s dikirim") % said, _("Lewat %(courier)s, resi %(waybill)s.") % said


def _money_comes(order: Order) -> Words:
    said = {"number": order.number, "total": rupiah(order.total)}
    return _("Uang pesanan %(number)s dikembalikan") % said, _(
        "%(total)s dalam perjalanan kembali kepadamu."
    ) % said


def _money_is_back(order: Order) -> Words:
    said = {"number": order.number, "total": rupiah(order.total)}
    return _("Uang pesanan %(number)s sudah kembali") % said, _("%(total)s sudah kami kembalikan.") % said


def _called_off(order: Order) -> Words:
    said = {"number": order.number, "reason": order.cancel_reason}
    return _("Pesanan %(number)s dibatalkan") % said, _("Alasan: %(reason)s") % said


def _lapsed(order: Order) -> Words:
    said = {"number": order.number, "shop": order.shop.name}
    text = _("Tidak dibayar sampai batas waktunya. Barangnya kembali ke %(shop)s.") % said
    return _("Pesanan %(number)s kedaluwarsa") % said, text


def _arrived(order: Order) -> Words:
    said = {"number": order.number, "shop": order.shop.name}
    text = _("Bagaimana barangnya? Ceritakan lewat ulasan. Kalau ada yang salah, ajukan retur.")
    return _("Pesanan %(number)s sudah diterima") % said, text


# ---- parts -----------------------------------------------------------------------------------------


def _order(order_id: int) -> Order:
    orders = Order.objects.select_related("shop__owner", "buyer").prefetch_related("lines")
    return orders.get(pk=order_id)


def _tell_buyer(order: Order, topic: str, compose: Callable[[], Message]) -> None:
    _tell(order.buyer, order, topic, compose)


def _tell_shop(order: Order, topic: str, compose: Callable[[], Message]) -> None:
    _tell(order.shop.owner, order, topic, compose)


def _tell(person: User, order: Order, topic: str, compose: Callable[[], Message]) -> None:
    tell(person, kind=Kind.ORDER, key=f"order:{order.pk}:{topic}", compose=compose, shop_id=order.shop_id)


def _at_order(order: Order, words: Words, letter: str = "") -> Message:
    return _message(order, words, reverse("orders:order", args=[order.number]), letter)


def _at_desk(order: Order, words: Words, letter: str = "") -> Message:
    return _message(order, words, reverse("orders:desk_order", args=[order.number]), letter)


def _message(order: Order, words: Words, path: str, letter: str) -> Message:
    """With what only a letter has room for, if there is any."""
    title, text = words
    more = render_to_string(f"checkout/mail/{letter}.txt", {"order": order}).strip() if letter else ""
    return Message(title=title, text=text, path=path, letter=more)
