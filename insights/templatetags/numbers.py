"""Shares and changes as the report says them."""

from __future__ import annotations

from collections.abc import Mapping

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from kit.money import MINUS

register = template.Library()
MOST_TOLD = 999  # percent; beyond it a change says nothing any more


@register.filter
def share(part: int, whole: int) -> str:
    """`42%`; nothing of nothing."""
    return f"{round(100 * part / whole)}%" if whole else "–"


@register.filter
def change(now: int, usual: int) -> str:
    """`+12%` against what was usual; nothing when there is nothing to compare with."""
    if not usual:
        return ""
    percent = round(100 * (now - usual) / usual)
    sign = "+" if percent > 0 else MINUS if percent < 0 else "±"
    return f"{sign}{min(abs(percent), MOST_TOLD)}%"


@register.simple_tag
def share_bar(part: int, whole: int) -> SafeString:
    """A bar as long as the share; the words beside it say how long."""
    width = f"{100 * min(part / whole, 1):.1f}%" if whole else "0%"
    return format_html(
        '<svg class="share-bar" width="100%" height="10" aria-hidden="true">'
        '<rect class="share-bar__whole" width="100%" height="10" rx="5"/>'
        '<rect class="share-bar__part" width="{}" height="10" rx="5"/></svg>',
        width,
    )


@register.simple_tag
def swatch(colors: Mapping[int, int], product_id: int) -> str:
    """The class of the colour that a product has in the whole report."""
    return f"band-{colors[product_id]}"
