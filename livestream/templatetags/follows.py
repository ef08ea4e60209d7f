"""Whether a reader follows a shop."""

from __future__ import annotations

from django import template

from accounts.models import User
from catalog.models import Shop
from livestream.queries.follows import is_following

register = template.Library()


@register.simple_tag
def is_followed(shop: Shop, user: User) -> bool:
    return is_following(shop, user)
