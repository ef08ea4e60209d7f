"""What whoever looks at a seller's page may do in the shop they work at."""

from __future__ import annotations

from django import template

from accounts.models import User
from catalog.models import Shop
from catalog.queries import parts_of, work_of

register = template.Library()


@register.simple_tag(takes_context=True)
def duties(context: template.Context) -> dict[str, bool]:
    """`may.orders`, `may.money` …"""
    user = context["request"].user
    return work_of(user).may if isinstance(user, User) else {}


@register.simple_tag
def shop_worked_in(user: User) -> Shop | None:
    """Where somebody without a shop of their own helps."""
    part = parts_of(user).first()
    return part.shop if part else None
