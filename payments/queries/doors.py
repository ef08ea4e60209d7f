"""What a buyer is trusted with at the door."""

from __future__ import annotations

from django.conf import settings

from orders.models import Order
from payments import trust
from payments.models import DoorStory


def level_of(buyer_id: int) -> int:
    stories = DoorStory.objects.filter(buyer=buyer_id)
    return trust.level(stories.values_list("was_accepted", "told_at"))


def deposit_of(order: Order) -> int:
    """Rupiah that this buyer pays ahead for a parcel to be paid at the door."""
    return trust.deposit(
        level=level_of(order.buyer_id),
        total=order.total,
        shipping_fee=order.shipping_fee,
        free_up_to=settings.COD_FREE_UP_TO,
        least=settings.COD_LEAST_DEPOSIT,
    )
