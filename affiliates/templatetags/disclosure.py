"""The label that a page may earn somebody a commission. Nobody can switch it off."""

from __future__ import annotations

from typing import Any

from django import template

from affiliates.visitors import shops_referred
from catalog.models import Shop
from livestream.models import LiveSession

register = template.Library()


@register.inclusion_tag("affiliates/_disclosure.html", takes_context=True)
def disclosure(context: template.Context, shop: Shop, session: LiveSession | None = None) -> dict[str, Any]:
    """Shown to whoever came through a link to this shop, and in every session of a creator."""
    is_creators = session is not None and session.host_id != shop.owner_id
    return {"is_shown": is_creators or shop.pk in shops_referred(context["request"])}
