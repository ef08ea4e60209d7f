"""Whether a reader follows a shop."""

from __future__ import annotations

from django import template

from accounts.models import User
from catalog.models import Shop
from livestream.models import Follow

register = template.Library()


@register.simple_tag
def is_followed(shop: Shop, user: User) -> bool:
    return Follow.objects.filter(shop=shop, user=user).exists()
