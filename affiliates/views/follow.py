"""Where a referral link leads."""

from __future__ import annotations

import logging

from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.models import User
from affiliates import networks, operations, queries, visitors
from affiliates.codes import read_code
from affiliates.models import ReferralLink
from livestream import sources
from livestream.models import VisitSource

logger = logging.getLogger(__name__)


@require_safe
def follow(request: HttpRequest, code: str) -> HttpResponse:
    """On to what the link names, never to an address from outside; a person's visit is counted."""
    link = queries.link_by_code(read_code(code))
    if link is None:
        raise Http404
    response = HttpResponseRedirect(_path_of(link))
    response.headers["Cache-Control"] = "no-store"
    if link.is_active and networks.is_visit(request):
        _count(request, response, link)
    return response


def _path_of(link: ReferralLink) -> str:
    if link.session:
        return sources.marked(reverse("livestream:room", args=[link.session.code]), VisitSource.AFFILIATE)
    if link.product and link.product.withdrawn_at is None:
        return reverse("catalog:product", args=[link.product.slug, link.product.pk])
    return reverse("catalog:shop", args=[link.shop.slug])


def _count(request: HttpRequest, response: HttpResponse, link: ReferralLink) -> None:
    """A market that cannot write still leads on."""
    user = request.user if isinstance(request.user, User) else None
    if user and user.pk == link.affiliate.user_id:
        return
    try:
        visitor = operations.record_click(
            link,
            visitor=visitors.visitor_of(request),
            user=user,
            address=networks.address_of(request),
            browser=request.headers.get("User-Agent", ""),
            at=timezone.now(),
        )
    except DatabaseError:
        logger.exception("a click on %s was not recorded", link.code)
        return
    visitors.remember_visitor(response, visitor)
    visitors.remember_referral(request, response, link.shop_id)
