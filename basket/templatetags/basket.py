"""How much lies in a basket, for the badge on every page."""

from __future__ import annotations

from django import template
from django.http import HttpRequest

from basket.keepers import keeper_of

register = template.Library()
MOST_SHOWN = 99


@register.simple_tag
def basket_count(request: HttpRequest | None) -> str:
    """As it fits on a badge; empty when nothing is in there."""
    is_whole = hasattr(request, "session") and hasattr(request, "user")  # pages of errors may lack them
    count = _counted_once(request) if request and is_whole else 0
    return f"{MOST_SHOWN}+" if count > MOST_SHOWN else str(count or "")


def _counted_once(request: HttpRequest) -> int:
    """A page shows it in its header and in its bottom bar."""
    known = vars(request)
    if "_basket_count" not in known:
        known["_basket_count"] = keeper_of(request).count()
    return int(known["_basket_count"])
