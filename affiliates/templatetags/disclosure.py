"""The label that a page may earn somebody a commission. Nobody can switch it off."""

from __future__ import annotations

from typing import Any

from django import template

from affiliates.queries import earns_a_guest
from affiliates.visitors import shops_referred
from catalog.models import Shop
from livestream.models import LiveSession

register = template.Library()


@register.inclusion_tag("affiliates/_disclosure.html", takes_context=True)
def disclosure(context: template.Context, shop: Shop) -> dict[str, Any]:
    """The whole sentence, for whoever came through a link to this shop."""
    return {"is_shown": _came_through_link(context, shop)}


@register.inclusion_tag("affiliates/_disclosure_badge.html", takes_context=True)
def disclosure_badge(context: template.Context, shop: Shop, session: LiveSession) -> dict[str, Any]:
    """Two words over the picture; in a session of a creator, or with one, for everyone."""
    is_creators = session.host_id != shop.owner_id or earns_a_guest(session)
    return {"is_shown": is_creators or _came_through_link(context, shop)}


def _came_through_link(context: template.Context, shop: Shop) -> bool:
    return shop.pk in shops_referred(context["request"])
