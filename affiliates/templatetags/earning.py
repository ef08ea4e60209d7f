"""A reader's own link to a session: whoever brings people earns by it, also from before the camera."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils import timezone

from affiliates import queries
from affiliates.addresses import address_of_link
from affiliates.models import Affiliate
from affiliates.queries import Target
from livestream.models import LiveSession

register = template.Library()


@register.inclusion_tag("affiliates/_session_link.html", takes_context=True)
def session_link(context: template.Context, session: LiveSession) -> dict[str, Any]:
    """To copy, to make, or to join for; nothing where no sale would pay."""
    affiliate = Affiliate.objects.filter(user=context["request"].user).first()
    known = queries.link_to(affiliate, Target(session.shop, session=session)) if affiliate else None
    is_offered = queries.is_offered(shop=session.shop, product=None, at=timezone.now())
    return {
        "session": session,
        "affiliate": affiliate,
        "address": address_of_link(known) if known else "",
        "is_offered": is_offered and not session.is_rehearsal,
        "csrf_token": context["csrf_token"],
    }
