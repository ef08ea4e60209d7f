"""What went back of an order's money, beside what was paid for it."""

from __future__ import annotations

from django import template
from django.db.models import Sum

from orders.models import Order
from payments.models import Refund

register = template.Library()


@register.simple_tag
def gone_back(order: Order) -> int:
    """Rupiah that are with the buyer again; what is only promised is not."""
    sent = Refund.objects.filter(order=order, state=Refund.State.SENT)
    return sent.aggregate(sum=Sum("amount"))["sum"] or 0
