"""The room's deals for its page, which stands in an app below."""

from __future__ import annotations

from typing import Any

from django import template

from deals.queries.strip import strip_of
from livestream.models import LiveSession

register = template.Library()


@register.inclusion_tag("deals/_strip.html", takes_context=True)
def deal_strip(context: template.Context, session: LiveSession) -> dict[str, Any]:
    return strip_of(session, context["request"].user)
