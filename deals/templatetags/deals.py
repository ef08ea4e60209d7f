"""The room's deals for its page, which stands in an app below."""

from __future__ import annotations

from typing import Any

from django import template

from accounts.models import User
from catalog.models import Variant
from deals.queries import turns
from deals.queries.strip import strip_of
from livestream.models import LiveSession

register = template.Library()


@register.inclusion_tag("deals/_strip.html", takes_context=True)
def deal_strip(context: template.Context, session: LiveSession) -> dict[str, Any]:
    return strip_of(session, context["request"].user)


@register.inclusion_tag("deals/_line.html", takes_context=True)
def line_place(context: template.Context, variant: Variant, code: str = "") -> dict[str, Any]:
    """The line for a variant, for a page above or below that is about the variant."""
    user = context["request"].user
    line = turns.line_of(variant, user if isinstance(user, User) else None)
    return {"line": line, "code": code, "csrf_token": context.get("csrf_token")}


@register.simple_tag
def lines_waiting(session: LiveSession) -> dict[int, list[tuple[str, int]]]:
    """Whom the crew keeps waiting, by product."""
    return turns.lines_in(session)


@register.filter
def of_product(lines: dict[int, list[tuple[str, int]]], product_id: int) -> list[tuple[str, int]]:
    return lines.get(product_id, [])
