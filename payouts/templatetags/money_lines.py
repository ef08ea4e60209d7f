"""Lines about a seller's money, for pages of apps below."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils import timezone

from catalog.models import Product, Shop
from orders.models import Order
from payouts.bars import parts_of
from payouts.queries.money import money_of_order
from payouts.queries.nets import net_of_piece

register = template.Library()


@register.inclusion_tag("payouts/_order_line.html")
def order_money(order: Order) -> dict[str, Any]:
    """What it brings the shop, and when."""
    return {"statement": money_of_order(order), "order": order}


@register.inclusion_tag("payouts/_net.html")
def net_line(
    price: Any,
    shop: Shop,
    product: Product | None = None,
    category: Any = None,
    usual: int | None = None,
    cost: Any = None,
) -> dict[str, Any]:
    """What one piece would bring; nothing while no price is typed."""
    typed = _typed(price)
    if not typed:
        return {"net": None}
    return net_context(shop, price=typed, product=product, category=category, usual=usual, cost=_typed(cost))


def _typed(sum_: Any) -> int:
    """Rupiah as sellers write them; nought for what is none."""
    text = str(sum_ or "").casefold().removeprefix("rp").replace(".", "").replace(" ", "")
    is_sum = text.isascii() and text.isdigit() and int(text[:10]) <= 100_000_000
    return int(text[:10]) if is_sum else 0


@register.simple_tag
def money_parts(money: Any) -> Any:
    return parts_of(money)


def net_context(
    shop: Shop,
    *,
    price: int,
    product: Product | None,
    category: Any = None,
    usual: int | None = None,
    cost: int | None = None,
) -> dict[str, Any]:
    now = timezone.now()
    category_id = int(category) if str(category or "").isdigit() else 0
    net = net_of_piece(shop, price=price, at=now, product=product, category_id=category_id)
    less = 0
    if usual and usual > price:
        less = net_of_piece(shop, price=usual, at=now, product=product).of_goods - net.of_goods
    return {"net": net, "less": less, "loss": max(0, (cost or 0) - net.least) if cost else 0}
