"""Mails about an order: to the shop when there is something to pack, to the buyer when it moves."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse

from orders.models import Order


def tell_shop_to_pack(order_id: int) -> None:
    order = _order(order_id)
    _send(order, "confirmed", to=order.shop.owner.email, subject=f"Pesanan baru {order.number}")


def tell_buyer_it_was_sent(order_id: int) -> None:
    order = _order(order_id)
    _send(order, "shipped", to=order.buyer.email, subject=f"Pesanan {order.number} dikirim")


def tell_buyer_money_comes_back(order_id: int) -> None:
    order = _order(order_id)
    _send(order, "refund_due", to=order.buyer.email, subject=f"Uang pesanan {order.number} dikembalikan")


def _order(order_id: int) -> Order:
    orders = Order.objects.select_related("shop__owner", "buyer").prefetch_related("lines")
    return orders.get(pk=order_id)


def _send(order: Order, letter: str, *, to: str, subject: str) -> None:
    words = {
        "order": order,
        "desk_url": settings.SITE_URL + reverse("orders:desk_order", args=[order.number]),
        "order_url": settings.SITE_URL + reverse("orders:order", args=[order.number]),
    }
    text = render_to_string(f"checkout/mail/{letter}.txt", words)
    send_mail(f"Pasar Malam · {subject}", text, None, [to])
