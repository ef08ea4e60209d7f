"""What a shop may want to write to its buyer, ready to be sent by hand."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext as _

from kit.phones import whatsapp
from orders.models import Order

register = template.Library()
State = Order.State


@register.simple_tag
def whatsapp_to_buyer(order: Order) -> str:
    """A chat with whoever gets the parcel, the words already written; empty while there are none."""
    said = {
        "name": order.address["recipient"],
        "number": order.number,
        "shop": order.shop.name,
        "courier": order.courier,
        "waybill": order.waybill,
    }
    words = {
        State.CONFIRMED: _("Halo %(name)s, pesananmu %(number)s di %(shop)s sedang kami siapkan."),
        State.PACKED: _("Halo %(name)s, pesananmu %(number)s di %(shop)s sudah dikemas, tinggal dikirim."),
        State.SHIPPED: _(
            "Halo %(name)s, pesananmu %(number)s sudah dikirim lewat %(courier)s, resi %(waybill)s."
        ),
        State.RECEIVED: _("Halo %(name)s, pesananmu %(number)s dari %(shop)s sudah sampai. Semoga cocok!"),
    }.get(State(order.state))
    return whatsapp(order.address["phone"], words % said) if words else ""
