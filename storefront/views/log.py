"""Who did what to money, goods and rights: for a shop's owner, and for staff of the market."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.requests import MemberRequest
from audit import queries
from audit.models import Act
from catalog.models import Duty, Shop
from kit.numbers import whole_number

PER_PAGE = 30


@login_required
@require_safe
def of_shop(request: MemberRequest) -> HttpResponse:
    shop = get_object_or_404(Shop.objects.at_desk(request.user, Duty.OWNER))
    found = queries.entries_of_shop(shop.pk, **_wish(request))
    return _show(request, found, shop=shop, actors=queries.actors_in(shop.pk))


@login_required
@require_safe
def of_market(request: MemberRequest) -> HttpResponse:
    """Everything, to staff who may read it; for everybody else it is not there."""
    if not (request.user.is_staff and request.user.has_perm("audit.view_entry")):
        raise Http404
    shop_id = whole_number(request.GET.get("lapak", ""))
    wish = _wish(request)
    found = queries.entries_of_shop(shop_id, **wish) if shop_id else queries.entries(**wish)
    return _show(request, found, shop=None, actors=[])


def _wish(request: MemberRequest) -> dict[str, Any]:
    return {"act": request.GET.get("apa", ""), "actor_id": whole_number(request.GET.get("siapa", ""))}


def _show(request: MemberRequest, found: Any, **context: Any) -> HttpResponse:
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    wanted = {"acts": Act.choices, **_wish(request)}
    return render(request, "storefront/log.html", {"page": page, "wanted": wanted, **context})
