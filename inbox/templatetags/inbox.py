"""The bell in the header, and the link that stops a kind of notice."""

from __future__ import annotations

from django import template
from django.urls import reverse

from accounts.models import User
from inbox.models import Notice
from inbox.queries import unread_count
from inbox.tokens import off_token

register = template.Library()
MOST_SHOWN = 99


@register.simple_tag
def unread_notices(user: User) -> str:
    """How many wait, as it fits on a bell; empty when none does."""
    count = unread_count(user.pk)
    return f"{MOST_SHOWN}+" if count > MOST_SHOWN else str(count or "")


@register.filter
def off_address(notice: Notice) -> str:
    return reverse("inbox:off", args=[off_token(notice)])
